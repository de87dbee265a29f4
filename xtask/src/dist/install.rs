//! Installs the packages of this machine's platform offline, runs each and compares it with the program built from source.

mod environment;
mod methods;
mod observation;
mod start_page;

use std::fs;
use std::path::Path;

use environment::Environment;
use methods::{Files, Method};
use observation::Observation;
use start_page::StartPage;

use crate::dist::platform::Platform;
use crate::programs;
use crate::stopwatch::Stopwatch;

/// The packages, and what they are compared with.
pub(super) struct Packages<'a> {
    pub(super) folder: &'a Path,
    pub(super) version: &'a str,
    /// The program built from source.
    pub(super) source: &'a str,
}

/// Where the packages are installed.
const FOLDER: &str = "target/dist-check";

/// Installs and runs every package of a platform, and prints what each costs. Under an emulator it is the archive alone.
#[expect(clippy::print_stdout, reason = "the measurements are the product")]
pub(super) fn check(
    platform: &Platform,
    emulator: Option<&str>,
    packages: &Packages<'_>,
) -> Result<(), String> {
    let folder = programs::root().join(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let environment = Environment::create(&folder)?;
    environment.verify_checksums(packages.folder)?;
    if let Some(name) = emulator.filter(|name| !environment.has(name)) {
        println!("== {}: not run, because {name} is missing", platform.target);
        return Ok(());
    }
    let expected = Observation::of(&[packages.source.to_owned()], &environment, "source", false)?;
    println!("== {}: without cargo on the PATH", platform.target);
    println!(
        "  {:<8} {:>15} {:>15} {:>10} {:>10}",
        "package", "download", "installed", "install", "all cases"
    );
    for method in methods::ALL {
        let missing = method.needs.iter().find(|name| !environment.has(name));
        if let Some(name) = missing {
            println!(
                "  {:<8} not installed, because {name} is missing",
                method.name
            );
        } else if emulator.is_none() || method.is_plain {
            let files = Files {
                folder: packages.folder,
                version: packages.version,
                platform,
            };
            let line = install(method, &files, emulator, &environment, &expected);
            let line = line.map_err(|failure| format!("{}: {failure}", method.name))?;
            println!("  {:<8} {line}", method.name);
        }
    }
    Ok(())
}

/// Follows the pages of the languages whose users install this package, and prints the seconds of each.
#[expect(clippy::print_stdout, reason = "the measurements are the product")]
fn follow_pages(
    pages: &[StartPage],
    program: &[String],
    environment: &Environment,
) -> Result<(), String> {
    for page in pages {
        let language = page.language;
        if let Some(name) = page.needs.iter().find(|name| !environment.has(name)) {
            println!("  docs/start/{language}.md is SKIPPED, because {name} is missing");
            continue;
        }
        let seconds = start_page::follow(page, program, environment)?;
        println!("  docs/start/{language}.md from an empty folder: {seconds:.1} s");
    }
    Ok(())
}

/// Installs one package, compares its runs, and returns the measurements as columns of the table.
fn install(
    method: &Method,
    files: &Files<'_>,
    emulator: Option<&str>,
    environment: &Environment,
    expected: &Observation,
) -> Result<String, String> {
    let watch = Stopwatch::start();
    let target = environment.folder(method.name)?;
    let mut words = (method.install)(files, environment, &target)?;
    let installed = watch.seconds();
    words.splice(0..0, emulator.map(str::to_owned));
    let observed = Observation::of(&words, environment, method.name, emulator.is_some())?;
    observed.compare(expected)?;
    if emulator.is_none() {
        follow_pages(method.pages, &words, environment)?;
    }
    Ok(format!(
        "{:>9} bytes {:>9} bytes {installed:>8.1} s {:>8.1} s",
        (method.bytes)(files)?,
        environment::size(&target)?,
        observed.seconds
    ))
}
