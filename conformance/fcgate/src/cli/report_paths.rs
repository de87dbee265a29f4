//! The files of a command are different: a report replaces neither another report nor a file that the command uses.

use std::path::{Path, PathBuf};

use crate::writers::Kind;
use fc_conformance::report::timings_path;
use fcgate_text::visible;

use super::failure::Failure;
use super::report_options::ReportTarget;

/// A file that a command reads or writes beside its reports, and what it is.
pub(super) struct UsedFile {
    pub(super) what: &'static str,
    pub(super) path: PathBuf,
}

/// Checks that no two reports have the same file, and that no report has the file of something else. A JSON report also has a
/// file for its timings.
pub(super) fn different_paths(targets: &[ReportTarget], used: &[UsedFile]) -> Result<(), Failure> {
    let mut files: Vec<PathBuf> = Vec::new();
    for target in targets {
        let timings = (target.kind == Kind::Json).then(|| timings_path(&target.path));
        for path in [Some(target.path.clone()), timings].into_iter().flatten() {
            let file = resolved(&path);
            let shown = visible::line(&path.display().to_string(), 200);
            if files.contains(&file) {
                return Err(Failure::usage(format!(
                    "two reports have the file '{shown}'; give each --report a file of its own"
                )));
            }
            if let Some(used) = used.iter().find(|used| resolved(&used.path) == file) {
                return Err(Failure::usage(format!(
                    "a report has the file '{shown}', which is {}; give the --report a file of its own",
                    used.what
                )));
            }
            files.push(file);
        }
    }
    Ok(())
}

/// Returns the path without `.`, `..` and links of its folder, so that two spellings of a file are equal.
fn resolved(path: &Path) -> PathBuf {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize();
    match (folder, path.file_name()) {
        (Ok(folder), Some(name)) => {
            // These systems usually ignore the case of names.
            let name = if cfg!(any(windows, target_os = "macos")) {
                name.to_ascii_lowercase()
            } else {
                name.to_owned()
            };
            folder.join(name)
        }
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{UsedFile, different_paths};

    fn message(reports: &[&str], used: &str) -> Option<String> {
        let targets: Vec<_> = reports.iter().map(|text| text.parse().unwrap()).collect();
        let used = UsedFile {
            what: "the known-failures file",
            path: used.into(),
        };
        let found = different_paths(&targets, &[used]);
        found.err().map(|failure| failure.message)
    }

    #[test]
    fn two_reports_with_one_file_are_an_error_in_every_spelling() {
        for reports in [
            ["json=a", "junit=a"],
            ["json=a", "html=./a"],
            ["md=src/../a", "tap=a"],
            ["json=a.json", "junit=a.timings.json"],
            ["badge=a.timings.json", "json=a.json"],
            ["md=a", "md=a"],
        ] {
            let found = message(&reports, "known.toml").unwrap();
            assert!(
                found.starts_with("two reports have the file"),
                "{reports:?}: {found}"
            );
        }
        assert_eq!(message(&["json=a", "junit=b"], "known.toml"), None);
    }

    #[test]
    fn a_report_with_the_file_of_something_else_is_an_error() {
        for path in ["known.toml", "./known.toml", "src/../known.toml"] {
            let found = message(&["junit=known.toml"], path).unwrap();
            assert!(
                found.contains("which is the known-failures file"),
                "{path}: {found}"
            );
        }
        let timings = message(&["json=a.json"], "a.timings.json").unwrap();
        assert!(timings.contains("'a.timings.json'"), "{timings}");
    }
}
