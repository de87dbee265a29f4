//! The npm packages: one for each platform, and the launcher, which depends on all of them.

use serde_json::{Map, Value, json};

use super::entry::Entry;
use super::file_names;
use super::package::Package;
use super::platform::{PLATFORMS, Platform};
use super::sources::{self, Sources};
use super::tar;

/// Returns the package that users install.
pub(super) fn launcher(sources: &Sources) -> Result<Package, String> {
    let platforms: Map<String, Value> = PLATFORMS
        .iter()
        .map(|platform| (platform.npm_name(), sources.version.clone().into()))
        .collect();
    let manifest = sources.package_json(
        "npm/launcher/package.json",
        &[("optionalDependencies", platforms.into())],
    )?;
    let script = sources::raw("npm/launcher/bin/fcgate.js")?;
    let readme = sources.filled("npm/launcher/README.md", &[])?;
    let mut entries = vec![
        Entry::file("package/package.json", manifest),
        Entry::program("package/bin/fcgate.js", script.as_bytes()),
        Entry::file("package/README.md", readme),
    ];
    let own = sources
        .licences
        .iter()
        .filter(|(name, _)| *name != sources::THIRD_PARTY);
    entries.extend(own.map(|(name, text)| Entry::file(format!("package/{name}"), text.clone())));
    Ok(Package {
        name: file_names::npm_launcher(&sources.version),
        content: tar::gzipped(&entries)?,
    })
}

/// Returns the package with the program of one platform.
pub(super) fn package(
    sources: &Sources,
    platform: &Platform,
    program: &[u8],
) -> Result<Package, String> {
    let (system, processor) = platform.node;
    let name = platform.npm_name();
    let manifest = sources.package_json(
        "npm/platform/package.json",
        &[
            ("name", name.clone().into()),
            ("os", json!([system])),
            ("cpu", json!([processor])),
        ],
    )?;
    let readme = sources.filled("npm/platform/README.md", &[("name", &name)])?;
    let mut entries = vec![
        Entry::file("package/package.json", manifest),
        Entry::program(format!("package/bin/{}", platform.executable), program),
        Entry::file("package/README.md", readme),
    ];
    let licences = sources.licences.iter();
    entries
        .extend(licences.map(|(name, text)| Entry::file(format!("package/{name}"), text.clone())));
    Ok(Package {
        name: file_names::npm(&sources.version, platform),
        content: tar::gzipped(&entries)?,
    })
}
