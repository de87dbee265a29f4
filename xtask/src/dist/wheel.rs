//! The wheel: the program as a script of a Python environment.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::entry::Entry;
use super::file_names;
use super::package::Package;
use super::platform::Platform;
use super::sources::Sources;
use super::zip;

/// Returns the wheel of a platform. It has no Python code, so every Python 3 can install it.
pub(super) fn package(
    sources: &Sources,
    platform: &Platform,
    program: &[u8],
) -> Result<Package, String> {
    let name = format!("fcgate-{}", sources.version);
    let info = format!("{name}.dist-info");
    let metadata =
        sources.filled("python/METADATA", &[])? + &sources.filled("python/README.md", &[])?;
    let mut tags = String::from("Wheel-Version: 1.0\nGenerator: fcgate\nRoot-Is-Purelib: false\n");
    tags.extend(
        platform
            .wheel_tags
            .iter()
            .map(|tag| format!("Tag: py3-none-{tag}\n")),
    );
    let mut entries = vec![
        Entry::program(
            format!("{name}.data/scripts/{}", platform.executable),
            program,
        ),
        Entry::file(format!("{info}/METADATA"), metadata),
        Entry::file(format!("{info}/WHEEL"), tags),
    ];
    for (licence, text) in &sources.licences {
        entries.push(Entry::file(
            format!("{info}/licenses/{licence}"),
            text.clone(),
        ));
    }
    let record = format!("{info}/RECORD");
    entries.push(Entry::file(record.clone(), records(&entries, &record)));
    Ok(Package {
        name: file_names::wheel(&sources.version, platform),
        content: zip::archive(&entries)?,
    })
}

/// The list of all files with their digests and sizes; the list itself has neither.
fn records(entries: &[Entry], record: &str) -> String {
    let line = |entry: &Entry| {
        let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(&entry.content));
        format!("{},sha256={digest},{}\n", entry.path, entry.content.len())
    };
    let text: String = entries.iter().map(line).collect();
    text + record + ",,\n"
}
