//! What a change must hold beside its tests.

use crate::{shell, tidy};

/// A step's name, its command, and what it sets in the environment.
type Step = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

const STEPS: &[Step] = &[
    ("format", "cargo fmt --all --check", &[]),
    (
        "lints",
        "cargo clippy --workspace --all-targets --all-features --locked -- -D warnings",
        &[],
    ),
    (
        "documents",
        "cargo doc --workspace --no-deps --all-features --document-private-items --locked",
        &[("RUSTDOCFLAGS", "-D warnings")],
    ),
    (
        "what is told of an invocation",
        "cargo test -p fc-invoke --all-features --test tracing --locked",
        &[],
    ),
    (
        "the gate judges the reference",
        "cargo run --release --locked -p fc-conformance --bin fcgate -- run",
        &[],
    ),
];

#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
pub(crate) fn run() -> Result<(), String> {
    println!("== rules");
    tidy::run()?;
    for (name, command, environment) in STEPS {
        println!("== {name}: {command}");
        let words: Vec<&str> = command.split_whitespace().collect();
        shell::run(&words, environment)?;
    }
    println!("== all of it holds");
    Ok(())
}
