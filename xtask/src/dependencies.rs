//! Checks the licences, bans and sources of all dependencies with cargo-deny, by `deny.toml`.

use crate::programs;

const VERSION: &str = "0.20.2";
/// Where cargo-deny is installed if the machine does not have it.
const FOLDER: &str = "target/tools";
const CHECK: &str = "--offline --locked check licenses bans sources";

pub(crate) fn run() -> Result<(), String> {
    let program = program()?;
    let mut words: Vec<&str> = program.split(' ').collect();
    words.extend(CHECK.split(' '));
    programs::output(&words).map(drop)
}

/// The command of cargo-deny, installed if necessary; without optimization, because that compiles in half the time.
fn program() -> Result<String, String> {
    if programs::output(&["cargo", "deny", "--version"]).is_ok() {
        return Ok("cargo deny".to_owned());
    }
    let installed = format!("{FOLDER}/bin/cargo-deny");
    if !programs::root().join(&installed).exists() {
        let install = format!(
            "cargo install --locked --debug cargo-deny --version ={VERSION} --root {FOLDER}"
        );
        let words: Vec<&str> = install.split(' ').collect();
        programs::output(&words)?;
    }
    Ok(installed)
}
