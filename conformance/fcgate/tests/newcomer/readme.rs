//! Every command of the README and what it prints, as somebody types them one after another.
//!
//! The folder in which they run holds the adapter in plain Python; what the first commands write is there
//! for the next ones.

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::tool::is_missing;
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("the_commands_of_the_readme_print_what_it_says", commands)
            .with_ignored_flag(is_missing("python3", true)),
        trial("what_is_no_console_in_the_readme_is_cargo", cargo),
    ]
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn commands() {
    let folder = tempfile::tempdir().unwrap();
    let readme = folder.path().join("README.md");
    fs::copy(root().join("README.md"), &readme).unwrap();
    // By its name, it is the folder in which the commands run.
    let project = folder.path().join("README.in");
    fs::create_dir(&project).unwrap();
    for file in fs::read_dir(root().join("conformance/adapters/python-plain")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "py") {
            fs::copy(&path, project.join(path.file_name().unwrap())).unwrap();
        }
    }
    let gate = Path::new(env!("CARGO_BIN_EXE_fcgate"));
    #[expect(
        clippy::disallowed_methods,
        reason = "the gate is put before what is there"
    )]
    let path = std::env::var_os("PATH").unwrap_or_default();
    let places = std::iter::once(gate.parent().unwrap().to_owned());
    let places = std::env::join_paths(places.chain(std::env::split_paths(&path))).unwrap();
    let cases = trycmd::TestCases::new();
    cases
        .register_bin("fcgate", gate)
        .env("PATH", places.into_string().unwrap())
        .env("GITHUB_ACTIONS", "")
        .case(&readme)
        .run();
}

/// The examples are run by the repository's own checks.
fn cargo() {
    for (language, text) in blocks(&fs::read_to_string(root().join("README.md")).unwrap()) {
        match language.as_str() {
            "sh" => assert!(
                text.lines().all(|line| line.starts_with("cargo ")),
                "{text}"
            ),
            "console" => assert!(
                text.lines()
                    .all(|line| !line.starts_with("$ ") || line.starts_with("$ fcgate ")),
                "{text}"
            ),
            other => assert!(
                ["rust", "rust,ignore", "toml", "yaml"].contains(&other),
                "{other}: {text}"
            ),
        }
    }
}

/// The code blocks of a document, each with its language.
fn blocks(document: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut block: Option<(String, String)> = None;
    for event in Parser::new(document) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                block = Some((language.to_string(), String::new()));
            }
            Event::Text(text) => {
                if let Some((_, block)) = &mut block {
                    block.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(block.take()),
            _ => {}
        }
    }
    blocks
}
