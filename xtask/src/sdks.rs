//! Installs the official SDKs that the gate tests, each pinned with all of its dependencies.

mod install;
mod sdk;
mod toolchain;

use std::fs;

pub(crate) use install::{install_pinned, install_requirements};
pub(crate) use sdk::{SDKS, Sdk};

/// The file with the versions of the toolchain, the pins and the sources of an installation; it is written last.
pub(crate) const STAMP: &str = ".installed";

/// Installs each SDK whose installation is missing or was made from other files or by another toolchain, and returns
/// the installed ones. An SDK whose toolchain is missing is skipped with a message; in CI that is an error.
#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
pub(crate) fn install(wanted: &[Sdk]) -> Result<Vec<Sdk>, String> {
    let mut all = Vec::new();
    for sdk in wanted {
        let version = match toolchain::version(sdk.language) {
            Ok(version) => version,
            Err(missing) if toolchain::is_in_ci() => {
                return Err(format!("{}: {missing}", sdk.name));
            }
            Err(missing) => {
                println!("{} is SKIPPED: {missing}", sdk.name);
                continue;
            }
        };
        all.push(*sdk);
        let (stamp, target) = (install::stamp(*sdk, version)?, sdk.installation());
        let path = target.join(STAMP);
        if fs::read_to_string(&path).unwrap_or_default() == stamp {
            println!("{} is installed", sdk.name);
            continue;
        }
        println!("installing {}", sdk.name);
        install_pinned(*sdk, &target)?;
        fs::write(&path, stamp).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(all)
}
