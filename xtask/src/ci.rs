//! What a change must hold beside its tests.

use crate::{identical, programs, selftest, subjects, tidy};

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

/// The examples that need no network and prove themselves: the fake endpoint verifies every signature.
const EXAMPLES: [&str; 4] = [
    "invoke_sync",
    "invoke_async",
    "invoke_streaming",
    "own_transport",
];

#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
pub(crate) fn run() -> Result<(), String> {
    println!("== rules");
    tidy::run()?;
    for (name, command, environment) in STEPS {
        step(name, command, environment)?;
    }
    println!("== the same run gives the same report");
    identical::run()?;
    println!("== every check can fail");
    selftest::run(false)?;
    println!("== official SDKs are as their known failures say");
    subjects::run(&subjects::Args::default())?;
    step(
        "clients of official SDKs, without an adapter",
        "cargo test -p fc-conformance --test serve --locked -- --ignored",
        &[],
    )?;
    for example in EXAMPLES {
        let command = format!("cargo run --locked -p fc-conformance --example {example}");
        step("an example", &command, &[])?;
    }
    println!("== all of it holds");
    Ok(())
}

#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
fn step(name: &str, command: &str, environment: &[(&str, &str)]) -> Result<(), String> {
    println!("== {name}: {command}");
    let words: Vec<&str> = command.split_whitespace().collect();
    programs::run(&words, environment)
}
