//! The archive: the program with its licences, for users without a package manager.

use super::entry::Entry;
use super::file_names;
use super::package::Package;
use super::platform::Platform;
use super::sources::Sources;
use super::tar;

pub(super) fn package(
    sources: &Sources,
    platform: &Platform,
    program: &[u8],
) -> Result<Package, String> {
    let folder = file_names::folder(&sources.version, platform);
    let facts = [
        ("target", platform.target),
        ("executable", platform.executable),
    ];
    let readme = sources.filled("tarball/README", &facts)?;
    let mut entries = vec![
        Entry::program(format!("{folder}/{}", platform.executable), program),
        Entry::file(format!("{folder}/README"), readme),
    ];
    let licences = sources.licences.iter();
    entries
        .extend(licences.map(|(name, text)| Entry::file(format!("{folder}/{name}"), text.clone())));
    Ok(Package {
        name: file_names::archive(&sources.version, platform),
        content: tar::gzipped(&entries)?,
    })
}
