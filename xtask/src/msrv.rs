//! `cargo xtask msrv`: the crates compile with the oldest supported version of Rust.

use std::fs;

use crate::programs;
use crate::toolchain;

const FOLDER: &str = "target/msrv";
/// Everything that is published, with every feature, and the tests of the crates.
const CHECK: &str = "cargo check --workspace --all-targets --all-features --locked --target-dir";

/// Installs the version of the manifest and checks the workspace with it.
#[expect(clippy::print_stdout, reason = "the version is for the reader")]
pub(crate) fn run() -> Result<(), String> {
    let path = programs::root().join("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let version = version(&text)?;
    toolchain::add_toolchain(&version)?;
    let mut words = vec!["rustup", "run", &version];
    words.extend(CHECK.split(' '));
    words.push(FOLDER);
    programs::output(&words)?;
    println!("the workspace compiles with Rust {version}");
    Ok(())
}

fn version(manifest: &str) -> Result<String, String> {
    let manifest: toml::Table = manifest
        .parse()
        .map_err(|error| format!("Cargo.toml: {error}"))?;
    let package = manifest.get("workspace").and_then(|one| one.get("package"));
    let version = package.and_then(|one| one.get("rust-version")?.as_str());
    version
        .map(str::to_owned)
        .ok_or_else(|| "Cargo.toml: expected rust-version in [workspace.package]".to_owned())
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn the_version_is_that_of_the_workspace() {
        let manifest = "[workspace.package]\nrust-version = \"1.88\"\n";
        assert_eq!(version(manifest), Ok("1.88".to_owned()));
        assert!(version("[workspace]\n").is_err());
    }
}
