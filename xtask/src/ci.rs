//! What a change must hold beside its tests.

use crate::{shell, tidy};

/// A step's name, its command, and what it sets in the environment.
type Step = (
    &'static str,
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
);

const STEPS: [Step; 4] = [
    ("format", &["cargo", "fmt", "--all", "--check"], &[]),
    (
        "lints",
        &[
            "cargo",
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ],
        &[],
    ),
    (
        "documents",
        &[
            "cargo",
            "doc",
            "--workspace",
            "--no-deps",
            "--document-private-items",
            "--locked",
        ],
        &[("RUSTDOCFLAGS", "-D warnings")],
    ),
    (
        "the gate judges the reference",
        &[
            "cargo",
            "run",
            "--release",
            "--locked",
            "-p",
            "fc-conformance",
            "--bin",
            "fcgate",
            "--",
            "run",
        ],
        &[],
    ),
];

#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
pub(crate) fn run() -> Result<(), String> {
    println!("== rules");
    tidy::run()?;
    for (name, words, environment) in STEPS {
        println!("== {name}: {}", words.join(" "));
        shell::run(words, environment)?;
    }
    println!("== all of it holds");
    Ok(())
}
