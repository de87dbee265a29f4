//! The pages `docs/start/LANGUAGE.md`: a reader who follows one gets the printed output.
//!
//! A page consists of commands and of changes to files: "In `FILE`, replace", a code block, "with", a code block. The test
//! applies the changes and runs the commands in the order of the page, in one folder.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::documents::{check_blocks, overwrite, path_with, root};
use crate::project::Project;
use crate::required_program::{DOTNET, GO, JAVAC, NODE, PHP, PYTHON3, Program, RUBY, trial_with};
use crate::trial;
use crate::workflow::LANGUAGES;

pub(crate) fn trials() -> Vec<Trial> {
    let of = |language: &'static str, programs: &[Program], test: fn()| {
        let name = format!("commands_of_the_page_for_{language}_print_the_shown_output");
        trial_with(programs, &name, test)
    };
    vec![
        trial("every_language_has_a_page_of_its_own", languages),
        of("python", &[PYTHON3], || follow("python")),
        of("node", &[NODE], || follow("node")),
        of("go", &[GO], || follow("go")),
        of("java", &[JAVAC], || follow("java")),
        of("php", &[PHP], || follow("php")),
        of("ruby", &[RUBY], || follow("ruby")),
        of("csharp", &[DOTNET], || follow("csharp")),
        // Its commands for cargo need the network; `rust_page` compiles and judges its changes.
        of("rust", &[], || follow("rust")),
    ]
}

/// One change of a page.
struct Change {
    file: String,
    old: String,
    new: String,
    /// Where its last code block ends.
    end: usize,
}

fn page(language: &str) -> PathBuf {
    root().join(format!("docs/start/{language}.md"))
}

fn languages() {
    for language in LANGUAGES {
        let text = fs::read_to_string(page(language)).unwrap();
        assert!(text.contains(&format!("\n$ fcgate init {language}\n")));
        assert!(changes(&text).len() >= 2, "{language}");
        check_blocks(
            language,
            &text,
            &["python", "js", "go", "java", "php", "ruby", "csharp"],
        );
    }
}

/// The folder of a language after `fcgate init` and the changes of its page.
pub(crate) fn changed_project(language: &str) -> Project {
    let project = Project::of(language);
    for change in changes(&fs::read_to_string(page(language)).unwrap()) {
        apply(&change, &project.path("."));
    }
    project
}

/// Runs the commands of a page and applies its changes.
fn follow(language: &str) {
    let page = page(language);
    let text = fs::read_to_string(&page).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("project");
    fs::create_dir(&project).unwrap();
    let (mut start, mut written) = (0, String::new());
    for (number, change) in changes(&text).iter().enumerate() {
        written += &run_part(&text[start..change.end], number, &project);
        apply(change, &project);
        start = change.end;
    }
    written += &run_part(&text[start..], usize::MAX, &project);
    if overwrite() {
        fs::write(page, written).unwrap();
    }
}

/// Runs the commands of a part of a page, and returns the part, with the printed output if that is to be written.
fn run_part(text: &str, number: usize, project: &Path) -> String {
    if !text.contains("```console\n") {
        return text.to_owned();
    }
    // trycmd runs the commands of `x.md` in the folder `x.in`.
    let part = project.with_file_name(format!("{number}.md"));
    let folder = part.with_extension("in");
    fs::write(&part, text).unwrap();
    fs::rename(project, &folder).unwrap();
    let gate = program();
    // A compiler or a virtual machine may be slower than the usual limits if the machine is busy.
    trycmd::TestCases::new()
        .register_bin("fcgate", &gate)
        .env("PATH", path_with(&gate))
        .env("GITHUB_ACTIONS", "")
        .env("FCGATE_HELLO_TIMEOUT", "300")
        .env("FCGATE_TIMEOUT", "300")
        .env("FCGATE_PREPARE_TIMEOUT", "3600")
        .case(&part)
        .run();
    fs::rename(&folder, project).unwrap();
    fs::read_to_string(part).unwrap()
}

/// The program of this build, or an installed one: `cargo xtask dist --check` follows the pages with each package.
fn program() -> PathBuf {
    #[expect(
        clippy::disallowed_methods,
        reason = "the check of the packages names the program"
    )]
    let installed = std::env::var_os("FCGATE_INSTALLED");
    installed.map_or_else(|| env!("CARGO_BIN_EXE_fcgate").into(), PathBuf::from)
}

fn apply(change: &Change, project: &Path) {
    let path = project.join(&change.file);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(&change.old).count(), 1, "{}", change.old);
    fs::write(path, text.replacen(&change.old, &change.new, 1)).unwrap();
}

/// The changes of a page in their order.
fn changes(page: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut events = Parser::new(page).into_offset_iter();
    while let Some((event, _)) = events.next() {
        if !matches!(event, Event::Text(text) if text.as_ref() == "In ") {
            continue;
        }
        let Some((Event::Code(file), _)) = events.next() else {
            continue;
        };
        if !matches!(events.next(), Some((Event::Text(text), _)) if text.as_ref() == ", replace") {
            continue;
        }
        let (old, _) = next_block(&mut events);
        let (new, place) = next_block(&mut events);
        changes.push(Change {
            file: file.into_string(),
            old,
            new,
            end: place.end,
        });
    }
    changes
}

/// The text of the next code block, without its last line feed, and where the block is.
fn next_block<'a, I>(events: &mut I) -> (String, Range<usize>)
where
    I: Iterator<Item = (Event<'a>, Range<usize>)>,
{
    let mut block: Option<String> = None;
    for (event, place) in events {
        match (event, &mut block) {
            (Event::Start(Tag::CodeBlock(_)), _) => block = Some(String::new()),
            (Event::Text(text), Some(block)) => block.push_str(&text),
            (Event::End(TagEnd::CodeBlock), Some(block)) => {
                return (block.trim_end_matches('\n').to_owned(), place);
            }
            _ => {}
        }
    }
    panic!("a change without two code blocks")
}
