//! The dependencies: licences, bans and sources of all of them with cargo-deny, by `deny.toml`, and unused ones with cargo-machete.

use crate::programs;
use crate::toolchain;

const WORKSPACE: &str = "Cargo.toml";
const LOCK: &str = "Cargo.lock";
const DENY: [&str; 2] = ["cargo-deny", "0.20.2"];
/// Without a network: the packages were downloaded before.
const RULES: &str = "--config deny.toml --offline --locked check";
const CHECKS: [&str; 3] = ["licenses", "bans", "sources"];
/// The list of licences is that of the workspace: the other packages need fewer.
const MAY_NEED_FEWER: [&str; 4] = [
    "--allow",
    "license-not-encountered",
    "--allow",
    "license-exception-not-encountered",
];
/// With a network: the database of advisories is a repository of git.
const ADVISORIES: &str = "--config deny.toml --locked check advisories";
const MACHETE: [&str; 2] = ["cargo-machete", "0.9.2"];
/// The folders with packages, without `target`.
const PACKAGES: [&str; 3] = ["crates", "conformance", "xtask"];

pub(crate) fn run() -> Result<(), String> {
    let deny = toolchain::cargo_tool(DENY)?;
    for manifest in &manifests()? {
        let mut words = vec![deny.as_str(), "--manifest-path", manifest];
        words.extend(RULES.split(' '));
        if manifest != WORKSPACE {
            // Cargo has downloaded all packages of the workspace, but not all of the others.
            let fetch = "cargo fetch --quiet --locked --manifest-path";
            let fetch: Vec<&str> = fetch.split(' ').chain([manifest.as_str()]).collect();
            programs::output(&fetch)?;
            words.extend(MAY_NEED_FEWER);
        }
        words.extend(CHECKS);
        programs::output(&words)?;
    }
    let machete = toolchain::cargo_tool(MACHETE)?;
    let mut words = vec![machete.as_str()];
    words.extend(PACKAGES);
    programs::output(&words).map(drop)
}

/// Checks the packages of every lock file against the database of advisories.
#[expect(clippy::print_stdout, reason = "the result is for the reader")]
pub(crate) fn advisories() -> Result<(), String> {
    let deny = toolchain::cargo_tool(DENY)?;
    for manifest in &manifests()? {
        let mut words = vec![deny.as_str(), "--manifest-path", manifest];
        words.extend(ADVISORIES.split(' '));
        programs::output(&words)?;
        println!("{manifest}: no advisory");
    }
    Ok(())
}

/// The manifests with a lock file: the workspace, and the packages outside of it.
fn manifests() -> Result<Vec<String>, String> {
    let locks = programs::output(&["git", "ls-files", LOCK, &format!("*/{LOCK}")])?;
    let manifest = |lock: &str| lock.replace(LOCK, WORKSPACE);
    Ok(locks.lines().map(manifest).collect())
}

#[cfg(test)]
mod tests {
    use super::{LOCK, WORKSPACE, manifests};
    use crate::programs;

    const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

    #[test]
    fn every_locked_package_comes_from_the_registry_with_its_checksum() {
        let manifests = manifests().unwrap();
        assert!(manifests.iter().any(|manifest| manifest == WORKSPACE));
        for manifest in manifests {
            let path = programs::root().join(&manifest).with_file_name(LOCK);
            let lock: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
            let packages = lock["package"].as_array().unwrap();
            let (mut own, mut foreign) = (Vec::new(), 0);
            for package in packages {
                let text = |key: &str| package.get(key).and_then(toml::Value::as_str);
                match text("source") {
                    None => own.extend(text("name")),
                    source => {
                        assert_eq!(source, Some(REGISTRY), "{manifest}: {package}");
                        assert_eq!(text("checksum").map(str::len), Some(64), "{package}");
                        foreign += 1;
                    }
                }
            }
            assert!(foreign > 0, "{manifest}");
            let is_of_this_repository = |name: &&str| {
                ["fc-", "fcgate", "xtask", "adapter-"]
                    .iter()
                    .any(|start| name.starts_with(start))
            };
            assert!(own.iter().all(is_of_this_repository), "{manifest}: {own:?}");
        }
    }
}
