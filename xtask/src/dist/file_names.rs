//! The names of the packages' files.

use super::platform::Platform;

/// The folder in the archive, and the name of the archive without its extension.
pub(super) fn folder(version: &str, platform: &Platform) -> String {
    format!("fcgate-{version}-{}", platform.target)
}

pub(super) fn archive(version: &str, platform: &Platform) -> String {
    format!("{}.tar.gz", folder(version, platform))
}

/// The name has the tags of Python packaging: any Python 3, no extension module, the platforms.
pub(super) fn wheel(version: &str, platform: &Platform) -> String {
    let tags = platform.wheel_tags.join(".");
    format!("fcgate-{version}-py3-none-{tags}.whl")
}

pub(super) fn npm_launcher(version: &str) -> String {
    format!("fcgate-{version}.tgz")
}

/// As `npm pack` names it.
pub(super) fn npm(version: &str, platform: &Platform) -> String {
    let (system, processor) = platform.node;
    format!("fcgate-{system}-{processor}-{version}.tgz")
}

/// None for a platform that is not Debian's.
pub(super) fn debian(version: &str, platform: &Platform) -> Option<String> {
    let architecture = platform.debian?;
    Some(format!("fcgate_{version}_{architecture}.deb"))
}
