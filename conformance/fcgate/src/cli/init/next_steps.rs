//! The commands to run after `fcgate init`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use fcgate_text::visible;

/// The lines for the manifest: `harness = false`, because the test target has its own `main`.
const MANIFEST: &str = "\
add to Cargo.toml:

  [dev-dependencies]
  fc-conformance = \"0.1\"

  [[test]]
  name = \"conformance\"
  harness = false
";

/// Returns the next commands for a project in this folder.
pub(super) fn next_steps(folder: &Path, is_rust: bool) -> String {
    let here = cd(folder);
    let mut out = String::new();
    if is_rust {
        let _ = write!(
            out,
            "{MANIFEST}\n\
             next: {here}cargo test --test conformance    (one test fails until the adapter declares a capability)\n\
             then: {here}fcgate run                       (builds the test, and also writes reports)\n"
        );
    } else {
        let _ = writeln!(
            out,
            "next: {here}fcgate run    (exit code 3 until the adapter declares a capability)"
        );
    }
    if let Some(inner) = path_in_repository(folder) {
        let inner = visible::line(&inner.display().to_string(), 200);
        let _ = writeln!(
            out,
            "\nhint: GitHub reads workflows only in the top folder of a repository: move .github there, \
             and set `working-directory: {inner}` for the action"
        );
    }
    out
}

/// Returns the `cd` that a command needs, because the gate reads `fcgate.toml` in its working folder.
fn cd(folder: &Path) -> String {
    let shown = visible::line(&folder.to_string_lossy(), 500);
    if folder.components().eq(Path::new(".").components()) {
        return String::new();
    }
    let quoted = shlex::try_quote(&shown).unwrap_or_else(|_| shown.as_str().into());
    let dashes = if shown.starts_with('-') { "-- " } else { "" };
    format!("cd {dashes}{quoted} && ")
}

/// Returns the path from the top folder of a git repository to this folder; `None` in the top folder.
fn path_in_repository(folder: &Path) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    let top = folder.ancestors().find(|one| one.join(".git").exists())?;
    let inner = folder.strip_prefix(top).ok()?;
    (!inner.as_os_str().is_empty()).then(|| inner.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::cd;

    #[test]
    fn cd_quotes_the_folder_for_a_shell() {
        for (folder, typed) in [
            (".", ""),
            ("./", ""),
            ("sub", "cd sub && "),
            ("..", "cd .. && "),
            ("my sdk", "cd 'my sdk' && "),
            ("$HOME", "cd '$HOME' && "),
            ("-x", "cd -- -x && "),
        ] {
            assert_eq!(cd(Path::new(folder)), typed, "{folder}");
        }
    }
}
