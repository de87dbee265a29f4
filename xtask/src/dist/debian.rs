//! The Debian package: an `ar` archive of two archives. It depends on no other package, because the program is static.

use super::entry::{Entry, MODIFIED};
use super::file_names;
use super::package::Package;
use super::platform::Platform;
use super::sources::Sources;
use super::tar;

/// Returns the package of a platform, or none if the platform is not Debian's.
pub(super) fn package(
    sources: &Sources,
    platform: &Platform,
    program: &[u8],
) -> Result<Option<Package>, String> {
    let name = file_names::debian(&sources.version, platform);
    let (Some(architecture), Some(name)) = (platform.debian, name) else {
        return Ok(None);
    };
    let mut files = vec![Entry::program("./usr/bin/fcgate", program)];
    let licences = sources.licences.iter();
    files.extend(
        licences.map(|(name, text)| {
            Entry::file(format!("./usr/share/doc/fcgate/{name}"), text.clone())
        }),
    );
    let bytes: usize = files.iter().map(|file| file.content.len()).sum();
    let kibibytes = bytes.div_ceil(1024).to_string();
    let control = sources.filled(
        "debian/control",
        &[("architecture", architecture), ("kibibytes", &kibibytes)],
    )?;
    let mut content = b"!<arch>\n".to_vec();
    member(&mut content, "debian-binary", b"2.0\n");
    let control = tar::gzipped(&[Entry::file("./control", control)])?;
    member(&mut content, "control.tar.gz", &control);
    member(&mut content, "data.tar.gz", &tar::gzipped(&files)?);
    Ok(Some(Package { name, content }))
}

/// Adds a file to an `ar` archive.
fn member(archive: &mut Vec<u8>, name: &str, content: &[u8]) {
    let header = format!(
        "{name:<16}{MODIFIED:<12}{:<6}{:<6}{:<8}{:<10}`\n",
        0,
        0,
        "100644",
        content.len()
    );
    archive.extend(header.into_bytes());
    archive.extend(content);
    if content.len() % 2 == 1 {
        archive.push(b'\n');
    }
}
