//! cargo-fuzz and the compiler that it needs.

use std::fs;
use std::path::PathBuf;

use crate::{programs, toolchain};

/// The package of the targets, and where it is built.
const PACKAGE: &str = "conformance/fuzz";
const FOLDER: &str = "target/fuzz";
const INSTALL: &str = "cargo install --locked cargo-fuzz --version =0.13.2";

/// How cargo-fuzz is called.
pub(super) struct Tools {
    cargo: Vec<&'static str>,
    environment: Vec<(&'static str, &'static str)>,
}

/// A target that was built.
pub(super) struct Program {
    pub(super) name: String,
    pub(super) path: PathBuf,
}

impl Tools {
    /// Finds cargo-fuzz, and a compiler with the options that it needs: a nightly, or a stable one that accepts them.
    #[expect(clippy::print_stderr, reason = "a note for the caller of the command")]
    pub(super) fn find() -> Result<Self, String> {
        if programs::output(&["cargo", "fuzz", "--version"]).is_err() {
            return Err(format!("cargo-fuzz is missing. Install it: {INSTALL}"));
        }
        if programs::output(&["cargo", "+nightly", "--version"]).is_ok() {
            return Ok(Self {
                cargo: vec!["cargo", "+nightly"],
                environment: Vec::new(),
            });
        }
        eprintln!(
            "xtask: no nightly toolchain (install it: rustup toolchain install nightly --profile minimal); the installed \
             compiler is used with RUSTC_BOOTSTRAP=1"
        );
        Ok(Self {
            cargo: vec!["cargo"],
            environment: vec![("RUSTC_BOOTSTRAP", "1")],
        })
    }

    /// Builds the targets and returns their programs, sorted by name.
    pub(super) fn build(&self, sanitizer: &str, with_gate: bool) -> Result<Vec<Program>, String> {
        let host = toolchain::host()?;
        let folder = programs::root().join(FOLDER);
        let folder_text = folder.display().to_string();
        let mut words: Vec<&str> = self.cargo.clone();
        words.extend(["fuzz", "build", "--fuzz-dir", PACKAGE]);
        words.extend(["--target-dir", &folder_text]);
        words.extend(["--target", &host, "--sanitizer", sanitizer]);
        if !with_gate {
            words.push("--no-default-features");
        }
        programs::output_with(&words, &self.environment)?;
        let built = folder.join(&host).join("release");
        let sources = programs::root().join(PACKAGE).join("fuzz_targets");
        let with = |error| format!("{}: {error}", sources.display());
        let mut found = Vec::new();
        for entry in fs::read_dir(&sources).map_err(with)? {
            let name = entry.map_err(with)?.file_name();
            let name = name.to_string_lossy().trim_end_matches(".rs").to_owned();
            if with_gate || !needs_gate(&name)? {
                let path = built.join(&name);
                found.push(Program { name, path });
            }
        }
        found.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(found)
    }
}

/// Whether the manifest of the package says that a target needs the gate.
fn needs_gate(name: &str) -> Result<bool, String> {
    let path = programs::root().join(PACKAGE).join("Cargo.toml");
    let with = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(&path).map_err(|error| with(&error))?;
    let manifest: toml::Table = text.parse().map_err(|error| with(&error))?;
    let programs = manifest.get("bin").and_then(toml::Value::as_array);
    let mut programs = programs.into_iter().flatten();
    let program =
        programs.find(|program| program.get("name").and_then(toml::Value::as_str) == Some(name));
    let program = program.ok_or_else(|| with(&format!("no program for the target {name}")))?;
    Ok(program.get("required-features").is_some())
}
