//! `cargo xtask dist`: builds everything that a user can install, into `target/dist`.

mod archive;
mod debian;
mod entry;
mod file_names;
mod install;
mod libraries;
mod npm;
mod package;
mod platform;
mod program;
mod sources;
mod tar;
mod wheel;
mod zip;

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use libraries::Libraries;
use package::Package;
use platform::{PLATFORMS, Platform};
use sources::Sources;

use crate::{gate, programs};

/// Where the packages are written.
const FOLDER: &str = "target/dist";
const CHECKSUMS: &str = "SHA256SUMS";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Build for this target only; may be repeated [default: all targets]
    #[arg(long, value_name = "TARGET")]
    target: Vec<String>,
    /// Install the packages for this machine offline, run them, and compare them with the program built from source
    #[arg(long)]
    check: bool,
    /// The program built from source to compare with; it is built if this is absent
    #[arg(long, value_name = "PROGRAM", requires = "check")]
    against: Option<String>,
}

/// Builds the packages, and checks them if that is asked for.
#[expect(clippy::print_stdout, reason = "the list of packages is the product")]
pub(crate) fn run(args: &Args) -> Result<(), String> {
    let platforms: Vec<&Platform> = if args.target.is_empty() {
        PLATFORMS.iter().collect()
    } else {
        let targets = args.target.iter();
        targets
            .map(|target| Platform::of(target))
            .collect::<Result<_, _>>()?
    };
    let libraries = Libraries::read()?;
    let mut programs = Vec::new();
    for platform in platforms {
        let program = program::build(platform, &libraries)?;
        println!("  {:<28} {:>10} bytes", platform.target, program.len());
        programs.push((platform, program));
    }
    let packages = packages(&programs, libraries.licences()?)?;
    let folder = write(&packages)?;
    if !args.check {
        return Ok(());
    }
    if packages != self::packages(&programs, libraries.licences()?)? {
        return Err("two builds of the packages differ".to_owned());
    }
    let packages = install::Packages {
        folder: &folder,
        version: &Sources::read(String::new())?.version,
        source: match &args.against {
            Some(program) => program,
            None => gate::program()?,
        },
    };
    let here = this_machine();
    for (platform, _) in &programs {
        let emulator = platform.emulator.filter(|_| platform.target != here);
        if emulator.is_some() || platform.target == here {
            install::check(platform, emulator, &packages)?;
        } else {
            let target = platform.target;
            println!("== {target}: not run, because it needs another system");
        }
    }
    Ok(())
}

/// Builds the packages of this machine's processor, installs them and runs them.
pub(crate) fn check_this_machine() -> Result<(), String> {
    run(&Args {
        target: vec![this_machine()],
        check: true,
        against: None,
    })
}

/// The static Linux program of this processor.
fn this_machine() -> String {
    format!("{}-unknown-linux-musl", std::env::consts::ARCH)
}

fn packages(
    programs: &[(&Platform, Vec<u8>)],
    third_party: String,
) -> Result<Vec<Package>, String> {
    let sources = Sources::read(third_party)?;
    let mut packages = vec![npm::launcher(&sources)?];
    for (platform, program) in programs {
        packages.push(archive::package(&sources, platform, program)?);
        packages.push(wheel::package(&sources, platform, program)?);
        packages.push(npm::package(&sources, platform, program)?);
        packages.extend(debian::package(&sources, platform, program)?);
    }
    packages.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(packages)
}

/// Writes the packages and their checksums into an empty folder.
#[expect(clippy::print_stdout, reason = "the list of packages is the product")]
fn write(packages: &[Package]) -> Result<PathBuf, String> {
    let folder = programs::root().join(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| with_path(&folder, &error))?;
    }
    fs::create_dir_all(&folder).map_err(|error| with_path(&folder, &error))?;
    let mut checksums = String::new();
    for package in packages {
        let path = folder.join(&package.name);
        fs::write(&path, &package.content).map_err(|error| with_path(&path, &error))?;
        checksums.push_str(&checksum(package));
        println!(
            "  {:>10} bytes  {FOLDER}/{}",
            package.content.len(),
            package.name
        );
    }
    let path = folder.join(CHECKSUMS);
    fs::write(&path, checksums).map_err(|error| with_path(&path, &error))?;
    Ok(folder)
}

/// The line of a package in the list that `sha256sum --check` reads.
fn checksum(package: &Package) -> String {
    let digest = Sha256::digest(&package.content);
    let digits: Vec<String> = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}  {}\n", digits.concat(), package.name)
}

fn with_path(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_has_its_packages_and_two_builds_are_the_same() {
        let programs: Vec<_> = PLATFORMS
            .iter()
            .map(|platform| (platform, platform.target.as_bytes().to_vec()))
            .collect();
        let make = || packages(&programs, "licences\n".to_owned()).unwrap();
        let built = make();
        let version = Sources::read(String::new()).unwrap().version;
        let names: Vec<String> = built
            .iter()
            .map(|package| package.name.replace(&version, "VERSION"))
            .collect();
        let expected = [
            "fcgate-VERSION-aarch64-apple-darwin.tar.gz",
            "fcgate-VERSION-aarch64-unknown-linux-musl.tar.gz",
            "fcgate-VERSION-py3-none-macosx_10_12_x86_64.whl",
            "fcgate-VERSION-py3-none-macosx_11_0_arm64.whl",
            "fcgate-VERSION-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl",
            "fcgate-VERSION-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64.whl",
            "fcgate-VERSION-py3-none-win_amd64.whl",
            "fcgate-VERSION-x86_64-apple-darwin.tar.gz",
            "fcgate-VERSION-x86_64-pc-windows-gnu.tar.gz",
            "fcgate-VERSION-x86_64-unknown-linux-musl.tar.gz",
            "fcgate-VERSION.tgz",
            "fcgate-darwin-arm64-VERSION.tgz",
            "fcgate-darwin-x64-VERSION.tgz",
            "fcgate-linux-arm64-VERSION.tgz",
            "fcgate-linux-x64-VERSION.tgz",
            "fcgate-win32-x64-VERSION.tgz",
            "fcgate_VERSION_amd64.deb",
            "fcgate_VERSION_arm64.deb",
        ];
        assert_eq!(names, expected);
        assert_eq!(built, make());
    }
}
