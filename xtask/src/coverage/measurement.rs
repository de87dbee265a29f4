//! Runs the tests of a package with counters.

use std::fs;
use std::path::Path;

use super::stray_counts;
use crate::built::{self, Built};
use crate::{programs, toolchain};

/// Where the tests with counters are built, next to those without.
const FOLDER: &str = "target/coverage";

/// Runs the tests of a package and returns the counts in the format of lcov.
pub(super) fn of_package(package: &str, features: Option<&str>) -> Result<String, String> {
    let tools = Tools::find()?;
    let root = programs::root();
    let counts = root.join(FOLDER).join("counts").join(package);
    let pattern = counts.join("%p-%m.profraw").display().to_string();
    let pattern = ("LLVM_PROFILE_FILE", pattern.as_str());
    // Build scripts and macros have counters too. Their counts are removed below.
    let tests = build(package, features, pattern)?;
    let with = |error| format!("{}: {error}", counts.display());
    if counts.exists() {
        fs::remove_dir_all(&counts).map_err(with)?;
    }
    fs::create_dir_all(&counts).map_err(with)?;
    for test in &tests {
        // Cargo runs a test in the folder of its package.
        let folder = test.folder.display().to_string();
        let words = ["env", "-C", &folder, &test.path];
        let ended = programs::output_with(&words, &[pattern]);
        stray_counts::remove(&test.folder)?;
        ended?;
    }
    let merged = counts.join("merged.profdata").display().to_string();
    let mut merge = vec![tools.profdata, "merge".to_owned(), "--sparse".to_owned()];
    for entry in fs::read_dir(&counts).map_err(with)? {
        let path = entry.map_err(with)?.path();
        merge.push(path.display().to_string());
    }
    merge.extend(["--output".to_owned(), merged.clone()]);
    programs::output(&merge.iter().map(String::as_str).collect::<Vec<_>>())?;
    let mut export = vec![tools.cov, "export".to_owned(), "--format=lcov".to_owned()];
    export.push(format!("--instr-profile={merged}"));
    for (place, test) in tests.iter().enumerate() {
        if place > 0 {
            export.push("--object".to_owned());
        }
        export.push(test.path.clone());
    }
    programs::output(&export.iter().map(String::as_str).collect::<Vec<_>>())
}

fn build(
    package: &str,
    features: Option<&str>,
    pattern: (&str, &str),
) -> Result<Vec<Built>, String> {
    let mut words = vec![
        "cargo", "test", "--quiet", "--locked", "--no-run", "--lib", "--tests",
    ];
    words.extend([
        "--message-format=json",
        "--target-dir",
        FOLDER,
        "--package",
        package,
    ]);
    words.extend(
        features
            .into_iter()
            .flat_map(|features| ["--features", features]),
    );
    let counters = ("RUSTFLAGS", "-C instrument-coverage");
    let messages = programs::output_with(&words, &[counters, pattern])?;
    Ok(built::tests(&messages))
}

/// The tools that read the counts.
struct Tools {
    profdata: String,
    cov: String,
}

impl Tools {
    fn find() -> Result<Self, String> {
        let root = programs::output(&["rustc", "--print", "sysroot"])?;
        let host = toolchain::host()?;
        let folder = Path::new(root.trim())
            .join("lib/rustlib")
            .join(host)
            .join("bin");
        let tool = |name| folder.join(name).display().to_string();
        if !folder.join("llvm-profdata").exists() {
            return Err(format!(
                "no llvm-profdata in {}. Install it: rustup component add llvm-tools",
                folder.display()
            ));
        }
        Ok(Self {
            profdata: tool("llvm-profdata"),
            cov: tool("llvm-cov"),
        })
    }
}
