//! Packs the fixtures into one compressed file and a table of their paths, which `src/corpus/embedded.rs` includes.
//!
//! The fixtures are JSON that repeats itself: compressed, they take a fifteenth of their size in every program that contains them.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use miniz_oxide::deflate::compress_to_vec;

const FIXTURES: &str = "../../fixtures";
/// The highest level that costs less than a second.
const LEVEL: u8 = 8;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={FIXTURES}");
    let mut files = BTreeMap::new();
    collect(Path::new(FIXTURES), "", &mut files)?;
    let mut contents = Vec::new();
    let mut ends = String::from("&[\n");
    for (path, content) in files {
        contents.extend(content);
        writeln!(ends, "    ({path:?}, {}),", contents.len())?;
    }
    ends.push_str("]\n");
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo names the folder for the output of a build script in the environment"
    )]
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo did not set OUT_DIR")?);
    fs::write(
        folder.join("fixtures.deflate"),
        compress_to_vec(&contents, LEVEL),
    )?;
    fs::write(folder.join("fixtures.rs"), ends)?;
    Ok(())
}

/// Reads the files below a folder; a path has `/` as its separator on every system, and the order is that of the paths.
fn collect(
    folder: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry
            .file_name()
            .into_string()
            .map_err(|name| format!("the name of a fixture is not UTF-8: {}", name.display()))?;
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.insert(path, fs::read(entry.path())?);
        }
    }
    Ok(())
}
