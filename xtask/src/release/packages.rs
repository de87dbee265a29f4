//! The packages of the published crates contain what they need, and two packages of the same sources are equal.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::programs;

/// The crates without input and output, and those that they need.
const PROTOCOL: [&str; 5] = [
    "fc-headers",
    "fc-sign",
    "fc-response",
    "fc-transport",
    "fc-invoke",
];
/// Its own target folder, because cargo unpacks the packages there.
const FOLDER: &str = "target/packages";

/// Packages the whole workspace but the members that are never published, twice, and compares the bytes. Then builds the packages of the protocol crates as a
/// user of the registry would, and runs the tests of the signer with their vectors from its package.
///
/// Nothing is uploaded. The transports and the client are packaged without a build, because their HTTP libraries take
/// minutes.
pub(crate) fn run() -> Result<(), String> {
    let unpublished = unpublished()?;
    let mut all = vec!["--workspace", "--no-verify"];
    all.extend(unpublished.iter().flat_map(|name| ["--exclude", name]));
    package(&all)?;
    let first = archives()?;
    package(&all)?;
    compare(&first, &archives()?)?;
    let protocol = PROTOCOL.iter().flat_map(|name| ["-p", name]);
    package(&protocol.collect::<Vec<_>>())?;
    let folder = programs::root().join(FOLDER).join("package");
    let listed = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut unpacked = listed.filter_map(|entry| Some(entry.ok()?.path()));
    let signer =
        unpacked.find(|path| path.is_dir() && path.display().to_string().contains("/fc-sign-"));
    let manifest = signer
        .ok_or("expected an unpacked fc-sign")?
        .join("Cargo.toml");
    let manifest = manifest.display().to_string();
    let words = [
        "cargo",
        "test",
        "--quiet",
        "--test",
        "vectors",
        "--manifest-path",
        &manifest,
        "--target-dir",
        FOLDER,
    ];
    programs::output(&words).map(drop)
}

/// The packages by their names.
fn archives() -> Result<BTreeMap<String, Vec<u8>>, String> {
    let folder = programs::root().join(FOLDER).join("package");
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|one| one == "crate") {
            let bytes = fs::read(&path).map_err(failed)?;
            found.insert(path.display().to_string(), bytes);
        }
    }
    Ok(found)
}

fn compare(
    first: &BTreeMap<String, Vec<u8>>,
    second: &BTreeMap<String, Vec<u8>>,
) -> Result<(), String> {
    if first.is_empty() {
        return Err("cargo wrote no package".to_owned());
    }
    if first == second {
        return Ok(());
    }
    let differs = |name: &&String| first.get(*name) != second.get(*name);
    let names: Vec<&String> = first.keys().chain(second.keys()).filter(differs).collect();
    Err(format!(
        "two packages of the same sources differ: {names:?}"
    ))
}

/// The members of the workspace with `publish = false`. Cargo would look for their dependencies on the registry.
fn unpublished() -> Result<Vec<String>, String> {
    let words = [
        "cargo",
        "metadata",
        "--no-deps",
        "--format-version",
        "1",
        "--locked",
    ];
    let metadata: Value = serde_json::from_str(&programs::output(&words)?)
        .map_err(|error| format!("cargo metadata: {error}"))?;
    let members = metadata.get("packages").and_then(Value::as_array);
    let unpublished = members.into_iter().flatten().filter(|member| {
        let registries = member.get("publish").and_then(Value::as_array);
        registries.is_some_and(Vec::is_empty)
    });
    let names = unpublished.filter_map(|member| member.get("name")?.as_str());
    Ok(names.map(str::to_owned).collect())
}

fn package(selection: &[&str]) -> Result<(), String> {
    let mut words = vec![
        "cargo",
        "package",
        "--quiet",
        "--locked",
        "--allow-dirty",
        "--target-dir",
        FOLDER,
    ];
    words.extend(selection);
    programs::output(&words).map(drop)
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, compare};

    #[test]
    fn packages_that_differ_in_a_byte_are_an_error() {
        let of = |bytes: &[u8]| BTreeMap::from([("a-0.1.0.crate".to_owned(), bytes.to_vec())]);
        assert_eq!(compare(&of(b"x"), &of(b"x")), Ok(()));
        assert!(
            compare(&of(b"x"), &of(b"y"))
                .unwrap_err()
                .contains("a-0.1.0.crate")
        );
        assert!(compare(&BTreeMap::new(), &BTreeMap::new()).is_err());
    }
}
