//! The counts of programs that a test starts with a cleared environment.
//!
//! They do not know where the counts belong, and write them into their current folder, which is that of the package.

use std::fs;
use std::path::Path;

/// Removes the files with such counts from a folder.
pub(super) fn remove(folder: &Path) -> Result<(), String> {
    let with = |error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(with)? {
        let entry = entry.map_err(with)?;
        if entry.file_name().to_str().is_some_and(is_stray) {
            fs::remove_file(entry.path()).map_err(with)?;
        }
    }
    Ok(())
}

/// Whether a file has the name that the compiler sets for counts: `default_%m_%p.profraw`.
fn is_stray(name: &str) -> bool {
    name.starts_with("default_") && name.ends_with(".profraw")
}

#[cfg(test)]
mod tests {
    use super::is_stray;

    #[test]
    fn only_files_with_the_name_of_the_compiler_are_removed() {
        assert!(is_stray("default_8405171352371402753_0_4711.profraw"));
        assert!(!is_stray("Cargo.toml") && !is_stray("1-2.profraw") && !is_stray("default_1.rs"));
    }
}
