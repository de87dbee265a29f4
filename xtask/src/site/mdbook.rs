//! The installation of mdBook and the build of the site.

use std::path::PathBuf;

use super::sources;
use crate::programs;

/// Without the features for watching and serving, and without optimization: it compiles in half of the time.
const INSTALL: &str =
    "cargo install --quiet --locked --debug --no-default-features --features search";
const VERSION: &str = "0.5.4";

/// Builds the site and returns its folder.
pub(super) fn build() -> Result<PathBuf, String> {
    let program = program()?;
    let folder = programs::root().join("target/site");
    sources::write(&folder)?;
    let words = [&program, "build", &folder.display().to_string()];
    programs::output(&words)?;
    Ok(folder.join("book"))
}

/// The path of mdBook, which is installed below `target` if it is missing.
fn program() -> Result<String, String> {
    let root = programs::root()
        .join("target/tools")
        .join(format!("mdbook-{VERSION}"));
    let program = root.join("bin/mdbook");
    if !program.is_file() {
        let root = root.display().to_string();
        let mut words: Vec<&str> = INSTALL.split(' ').collect();
        words.extend(["--root", &root, "--version", VERSION, "mdbook"]);
        programs::output(&words)?;
    }
    Ok(program.display().to_string())
}
