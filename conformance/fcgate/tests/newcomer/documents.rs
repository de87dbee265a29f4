//! Runs the commands of the documents one after another and compares their output.
//!
//! They run in a folder with the plain Python adapter. The files of a command exist for the next commands.

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::required_program::{PYTHON3, trial_with};
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial_with(
            &[PYTHON3],
            "commands_of_the_documents_print_the_shown_output",
            commands,
        ),
        trial(
            "shell_blocks_of_the_documents_contain_only_cargo_commands",
            cargo,
        ),
    ]
}

/// The documents whose console blocks are run.
const DOCUMENTS: [&str; 6] = [
    "README.md",
    "docs/gate.md",
    "docs/first-red-case.md",
    "docs/known-failures.md",
    "docs/ci.md",
    "docs/rust.md",
];

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn commands() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Path::new(env!("CARGO_BIN_EXE_fcgate"));
    let cases = trycmd::TestCases::new();
    cases
        .register_bin("fcgate", gate)
        .env("PATH", path_with(gate))
        .env("GITHUB_ACTIONS", "");
    for document in DOCUMENTS {
        let copy = folder.path().join(document);
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(root().join(document), &copy).unwrap();
        // trycmd runs the commands of `x.md` in the folder `x.in`.
        let project = copy.with_extension("in");
        fs::create_dir(&project).unwrap();
        copy_adapter(&project);
        cases.case(&copy);
    }
    cases.run();
    if overwrite() {
        for document in DOCUMENTS {
            fs::copy(folder.path().join(document), root().join(document)).unwrap();
        }
    }
}

/// Whether `TRYCMD=overwrite` asks to write the printed output into the documents.
pub(crate) fn overwrite() -> bool {
    #[expect(
        clippy::disallowed_methods,
        reason = "trycmd reads the same variable to decide whether it rewrites its files"
    )]
    let action = std::env::var_os("TRYCMD");
    action.is_some_and(|action| action == "overwrite")
}

/// Copies the adapter in plain Python into a folder.
fn copy_adapter(folder: &Path) {
    for file in fs::read_dir(root().join("conformance/adapters/python-plain")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "py") {
            fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
        }
    }
}

/// The search path with the folder of the gate in front.
pub(crate) fn path_with(gate: &Path) -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "the folder of the gate is added to the search path"
    )]
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(gate.parent().unwrap().to_owned());
    let path = std::env::join_paths(folders.chain(std::env::split_paths(&path))).unwrap();
    path.into_string().unwrap()
}

/// The repository's own checks run the examples.
fn cargo() {
    for document in DOCUMENTS {
        check_blocks(
            document,
            &fs::read_to_string(root().join(document)).unwrap(),
            &[],
        );
    }
}

/// Checks the languages of the code blocks of a document: those of every document, and `others`.
pub(crate) fn check_blocks(document: &str, text: &str, others: &[&str]) {
    for (language, text) in blocks(text) {
        check_block(document, &language, &text, others);
    }
}

fn check_block(document: &str, language: &str, text: &str, others: &[&str]) {
    match language {
        "sh" => assert!(
            text.lines().all(|line| line.starts_with("cargo ")),
            "{document}: {text}"
        ),
        "console" => assert!(
            text.lines()
                .all(|line| !line.starts_with("$ ") || line.starts_with("$ fcgate ")),
            "{document}: {text}"
        ),
        other => assert!(
            ["rust", "rust,no_run", "rust,ignore", "toml", "yaml", "text"].contains(&other)
                || others.contains(&other),
            "{document}: {other}: {text}"
        ),
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
