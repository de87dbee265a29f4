//! Checks the licences, bans and sources of all dependencies with cargo-deny, by `deny.toml`.

use crate::programs;

const VERSION: &str = "0.20.2";
/// Where cargo-deny is installed if the machine does not have it.
const FOLDER: &str = "target/tools";
const CHECK: &str = "--offline --locked check licenses bans sources";

pub(crate) fn run() -> Result<(), String> {
    if programs::output(&["cargo", "deny", "--version"]).is_ok() {
        return check(&["cargo", "deny"]);
    }
    let program = programs::root().join(FOLDER).join("bin/cargo-deny");
    if !program.exists() {
        install()?;
    }
    check(&[&program.display().to_string()])
}

fn check(program: &[&str]) -> Result<(), String> {
    let mut words = program.to_vec();
    words.extend(CHECK.split(' '));
    programs::output(&words).map(drop)
}

/// Without optimization, because that halves the time of the installation.
fn install() -> Result<(), String> {
    let install =
        format!("cargo install --locked --debug cargo-deny --version ={VERSION} --root {FOLDER}");
    let words: Vec<&str> = install.split(' ').collect();
    programs::output(&words).map(drop)
}
