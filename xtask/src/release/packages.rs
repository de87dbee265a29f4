//! The packages of the published crates contain what they need.

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

/// Packages the whole workspace, builds the packages of the protocol crates as a user of the registry would, and runs
/// the tests of the signer with their vectors from its package.
///
/// Nothing is uploaded. The transports and the client are packaged without a build, because their HTTP libraries take
/// minutes.
pub(crate) fn run() -> Result<(), String> {
    package(&["--workspace", "--no-verify"])?;
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
