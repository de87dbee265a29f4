//! What is to be done after `fcgate init`, as it can be typed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use fcgate_text::visible;

/// What a manifest needs, for a test target has a `main` of its own only where it says so.
const MANIFEST: &str = "\
add to Cargo.toml:

  [dev-dependencies]
  fc-conformance = \"0.1\"

  [[test]]
  name = \"conformance\"
  harness = false
";

/// The next commands for a project in this folder.
pub(super) fn next_steps(folder: &Path, in_rust: bool) -> String {
    let here = enter(folder);
    let mut told = String::new();
    if in_rust {
        let _ = write!(
            told,
            "{MANIFEST}\n\
             next: {here}cargo test --test conformance    (one test is red for now: the adapter claims nothing yet)\n\
             then: {here}fcgate run                       (the same with reports, once the test is built)\n"
        );
    } else {
        let _ = writeln!(
            told,
            "next: {here}fcgate run    (exit 3 for now: the adapter claims nothing yet)"
        );
    }
    if let Some(inner) = inside_of_a_repository(folder) {
        let inner = visible::line(&inner.display().to_string(), 200);
        let _ = writeln!(
            told,
            "\nhint: GitHub reads workflows in the top folder of a repository alone: move .github there, \
             and give the action `working-directory: {inner}`"
        );
    }
    told
}

/// The gate reads `fcgate.toml` in the folder it is started in: without one, it judges itself.
fn enter(folder: &Path) -> String {
    let shown = visible::line(&folder.to_string_lossy(), 500);
    if folder.components().eq(Path::new(".").components()) {
        return String::new();
    }
    let quoted = shlex::try_quote(&shown).unwrap_or_else(|_| shown.as_str().into());
    let dashes = if shown.starts_with('-') { "-- " } else { "" };
    format!("cd {dashes}{quoted} && ")
}

/// The way from the top folder of a git repository to this one, where it is not the top folder.
fn inside_of_a_repository(folder: &Path) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    let top = folder.ancestors().find(|one| one.join(".git").exists())?;
    let inner = folder.strip_prefix(top).ok()?;
    (!inner.as_os_str().is_empty()).then(|| inner.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::enter;

    #[test]
    fn a_folder_is_entered_as_a_shell_reads_it() {
        for (folder, typed) in [
            (".", ""),
            ("./", ""),
            ("sub", "cd sub && "),
            ("..", "cd .. && "),
            ("my sdk", "cd 'my sdk' && "),
            ("$HOME", "cd '$HOME' && "),
            ("-x", "cd -- -x && "),
        ] {
            assert_eq!(enter(Path::new(folder)), typed, "{folder}");
        }
    }
}
