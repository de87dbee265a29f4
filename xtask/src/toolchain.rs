//! Installs programs at pinned versions below `target`: what a build for another system needs, and checkers.

use std::path::{Path, PathBuf};

use crate::programs;

/// The pinned packages of zig and cargo-zigbuild.
const ZIG: &str = "conformance/packages/build-tools.txt";
const ZIG_FOLDER: &str = "target/zig";
/// Where programs of cargo are installed.
const TOOLS: &str = "target/tools";

/// Returns the program of a package at this version, `[name, version]`: that of the machine if it has this version, or one that is installed below `target`.
pub(crate) fn cargo_tool([name, version]: [&str; 2]) -> Result<String, String> {
    let is_right = |program: &str| {
        let printed = programs::output(&[program, "--version"]);
        // Some programs print their name before the version.
        printed.is_ok_and(|text| text.split_whitespace().any(|word| word == version))
    };
    let installed = text(&programs::root().join(TOOLS).join("bin").join(name));
    if let Some(program) = [name, &installed].into_iter().find(|one| is_right(one)) {
        return Ok(program.to_owned());
    }
    // Without optimization, because that halves the time of the installation.
    let install =
        format!("cargo install --locked --debug {name} --version ={version} --root {TOOLS}");
    let words: Vec<&str> = install.split(' ').collect();
    programs::output(&words)?;
    Ok(installed)
}

/// Installs Rust's standard library for a target if it is missing.
pub(crate) fn add_target(target: &str) -> Result<(), String> {
    let folder = programs::output(&["rustc", "--print", "target-libdir", "--target", target])?;
    if Path::new(folder.trim()).exists() {
        return Ok(());
    }
    programs::output(&["rustup", "target", "add", target])
        .map(drop)
        .map_err(|error| format!("{error}\ninstall the standard library of Rust for {target}"))
}

/// Installs a toolchain of Rust if it is missing.
pub(crate) fn add_toolchain(name: &str) -> Result<(), String> {
    if programs::output(&["rustup", "run", name, "rustc", "--version"]).is_ok() {
        return Ok(());
    }
    let install = [
        "rustup",
        "toolchain",
        "install",
        name,
        "--profile",
        "minimal",
    ];
    programs::output(&install).map(drop)
}

/// Returns the target triple of this machine.
pub(crate) fn host() -> Result<String, String> {
    programs::output(&["rustc", "--print", "host-tuple"]).map(|host| host.trim().to_owned())
}

/// Returns the folder with `cargo-zigbuild`.
pub(crate) fn zig() -> Result<PathBuf, String> {
    python_packages(ZIG, ZIG_FOLDER)
}

/// Runs `cargo-zigbuild`, a cargo whose compiler and linker of C is zig, and returns its stdout.
pub(crate) fn cargo_zigbuild(
    arguments: &[&str],
    environment: &[(&str, &str)],
) -> Result<String, String> {
    let tools = zig()?;
    let cargo = text(&tools.join("cargo-zigbuild"));
    let mut words = vec![cargo.as_str()];
    words.extend(arguments);
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo-zigbuild runs cargo of the PATH and python3 of its own environment"
    )]
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", tools.display());
    let mut environment = environment.to_vec();
    environment.push(("PATH", &path));
    programs::output_with(&words, &environment)
}

/// Returns the folder of the programs of Python packages, installed if they are missing or were installed from other pins.
pub(crate) fn python_packages(requirements: &str, folder: &str) -> Result<PathBuf, String> {
    let folder = programs::root().join(folder);
    let programs_of_it = folder.join("bin");
    let requirements = programs::root().join(requirements);
    let pins = read(&requirements)?;
    let stamp = folder.join(".installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == pins) {
        return Ok(programs_of_it);
    }
    programs::output(&["python3", "-m", "venv", "--clear", &text(&folder)])?;
    programs::output(&[
        &text(&programs_of_it.join("python")),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--only-binary=:all:",
        "--requirement",
        &text(&requirements),
    ])?;
    std::fs::write(&stamp, pins).map_err(|error| format!("{}: {error}", stamp.display()))?;
    Ok(programs_of_it)
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn text(path: &Path) -> String {
    path.display().to_string()
}
