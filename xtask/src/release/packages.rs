//! The packages of the published crates contain what they need.

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

/// Packages the whole workspace but the members that are never published, builds the packages of the protocol crates as a user of the registry would, and runs
/// the tests of the signer with their vectors from its package.
///
/// Nothing is uploaded. The transports and the client are packaged without a build, because their HTTP libraries take
/// minutes.
pub(crate) fn run() -> Result<(), String> {
    let unpublished = unpublished()?;
    let mut all = vec!["--workspace", "--no-verify"];
    all.extend(unpublished.iter().flat_map(|name| ["--exclude", name]));
    package(&all)?;
    let protocol = PROTOCOL.iter().flat_map(|name| ["-p", name]);
    package(&protocol.collect::<Vec<_>>())?;
    let folder = programs::root().join(FOLDER).join("package");
    let listed =
        std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
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
