//! The installation of one SDK.

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::programs;

use super::sdk::{Language, Sdk};

/// The goal of Maven that copies packages, in a pinned version.
const COPY_DEPENDENCIES: &str =
    "org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies";

/// The version of the toolchain with the text of every file that an installation depends on.
pub(super) fn stamp(sdk: Sdk, toolchain: String) -> Result<String, String> {
    let mut stamp = toolchain;
    for path in inputs(sdk)? {
        let text = fs::read_to_string(&path).map_err(|error| with_path(&path, &error))?;
        stamp.push_str(&text);
    }
    Ok(stamp)
}

/// Removes the installation and makes it again, with the pinned packages.
pub(crate) fn install_pinned(sdk: Sdk, target: &Path) -> Result<(), String> {
    if target.exists() {
        fs::remove_dir_all(target).map_err(|error| with_path(target, &error))?;
    }
    fs::create_dir_all(target).map_err(|error| with_path(target, &error))?;
    match sdk.language {
        Language::Python => python(sdk, target),
        Language::Node => node(sdk, target),
        Language::Go => go(sdk, target),
        Language::Java => java(sdk, target),
        Language::Rust => rust(sdk, target),
    }
}

/// The files that pin the packages, and for compiled adapters their sources.
fn inputs(sdk: Sdk) -> Result<Vec<PathBuf>, String> {
    let (language, own) = (sdk.language_folder(), sdk.folder());
    match sdk.language {
        Language::Python => Ok(vec![own.join("requirements.txt")]),
        Language::Node => Ok(vec![
            own.join("package.json"),
            own.join("package-lock.json"),
        ]),
        Language::Go => {
            let mut inputs = vec![language.join("go.mod"), language.join("go.sum")];
            inputs.extend(sources(&language.join("adapter"), "go")?);
            inputs.extend(sources(&own, "go")?);
            Ok(inputs)
        }
        Language::Java => {
            let mut inputs = vec![own.join("pom.xml")];
            inputs.extend(java_sources(sdk)?);
            Ok(inputs)
        }
        Language::Rust => {
            let mut inputs = vec![own.join("Cargo.toml"), own.join("Cargo.lock")];
            inputs.extend(sources(&own.join("src"), "rs")?);
            Ok(inputs)
        }
    }
}

/// The files of a folder with this extension, sorted.
fn sources(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| with_path(folder, &error))? {
        let path = entry.map_err(|error| with_path(folder, &error))?.path();
        if path.extension().is_some_and(|one| one == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn python(sdk: Sdk, target: &Path) -> Result<(), String> {
    programs::output(&["python3", "-m", "venv", text(target)?])?;
    install_requirements(target, &sdk.folder().join("requirements.txt"))
}

/// Installs the packages of a file into an environment of Python, each by its hash.
pub(crate) fn install_requirements(environment: &Path, requirements: &Path) -> Result<(), String> {
    let interpreter = environment.join("bin/python");
    programs::output(&[
        text(&interpreter)?,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--requirement",
        text(requirements)?,
    ])
    .map(drop)
}

/// Installs without the scripts of the packages: no pinned package needs its script.
fn node(sdk: Sdk, target: &Path) -> Result<(), String> {
    for from in inputs(sdk)? {
        let name = from.file_name().unwrap_or_default();
        fs::copy(&from, target.join(name)).map_err(|error| with_path(&from, &error))?;
    }
    let install = "npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --prefix";
    let mut words: Vec<&str> = install.split(' ').collect();
    words.push(text(target)?);
    programs::output(&words).map(drop)
}

/// Builds the adapter with the modules of `go.sum`; `-trimpath` leaves the paths of this machine out.
fn go(sdk: Sdk, target: &Path) -> Result<(), String> {
    let program = target.join("adapter");
    let package = format!("./{}", sdk.folder);
    let words = [
        "go",
        "build",
        "-mod=readonly",
        "-trimpath",
        "-o",
        text(&program)?,
        &package,
    ];
    let ended = programs::run_in(&sdk.language_folder(), &words)?;
    if ended.code == Some(0) {
        return Ok(());
    }
    Err(format!("{}: {}", words.join(" "), ended.stderr))
}

/// Copies the packages of `pom.xml` into `lib`, and compiles the adapter into `classes`.
fn java(sdk: Sdk, target: &Path) -> Result<(), String> {
    let (lib, classes) = (target.join("lib"), target.join("classes"));
    let pom = sdk.folder().join("pom.xml");
    let output = format!("-DoutputDirectory={}", text(&lib)?);
    programs::output(&[
        "mvn",
        "--quiet",
        "--batch-mode",
        "--file",
        text(&pom)?,
        COPY_DEPENDENCIES,
        "-DincludeScope=runtime",
        &output,
    ])?;
    let packages = format!("{}/*", text(&lib)?);
    let sources = java_sources(sdk)?;
    let mut words = vec!["javac", "-nowarn", "-d", text(&classes)?, "-cp", &packages];
    for source in &sources {
        words.push(text(source)?);
    }
    programs::output(&words).map(drop)
}

/// Builds the adapter, which is a package outside of this workspace, and keeps the program only: the other files of the
/// build are 40 times as large.
fn rust(sdk: Sdk, target: &Path) -> Result<(), String> {
    let manifest = sdk.folder().join("Cargo.toml");
    let build = target.join("build");
    programs::output(&[
        "cargo",
        "build",
        "--quiet",
        "--locked",
        "--manifest-path",
        text(&manifest)?,
        "--target-dir",
        text(&build)?,
    ])?;
    let program = format!("adapter-{}{}", sdk.folder, env::consts::EXE_SUFFIX);
    let (from, to) = (build.join("debug").join(program), target.join("adapter"));
    fs::copy(&from, to).map_err(|error| with_path(&from, &error))?;
    fs::remove_dir_all(&build).map_err(|error| with_path(&build, &error))
}

fn java_sources(sdk: Sdk) -> Result<Vec<PathBuf>, String> {
    let mut all = sources(&sdk.language_folder().join("adapter"), "java")?;
    all.extend(sources(&sdk.folder(), "java")?);
    Ok(all)
}

fn text(path: &Path) -> Result<&str, String> {
    path.to_str()
        .ok_or_else(|| format!("{} is not UTF-8", path.display()))
}

fn with_path(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
