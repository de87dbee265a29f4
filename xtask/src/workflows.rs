//! Checks the workflows of GitHub Actions with actionlint and zizmor.
//!
//! actionlint checks the syntax and the types of expressions, zizmor looks for what an attacker could use. Both are installed
//! below `target`, at pinned versions.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{programs, toolchain};

/// The Go package of actionlint.
const ACTIONLINT: &str = "github.com/rhysd/actionlint/cmd/actionlint";
const ACTIONLINT_VERSION: &str = "v1.7.12";
/// The pinned package of zizmor.
const ZIZMOR: &str = "xtask/workflow-checkers.txt";

/// The workflows of this repository.
const WORKFLOWS: &str = ".github/workflows";
/// The action that users of the gate run.
const ACTION: &str = "conformance/action";
/// The folders of the languages with the workflow that `fcgate init` writes.
const TEMPLATES: &str = "conformance/templates";
const TEMPLATE: &str = "conformance.yml";

/// Checks all workflows and the action; a finding is an error.
pub(crate) fn run() -> Result<(), String> {
    let actionlint = actionlint()?;
    let workflows = workflows()?;
    let mut words = vec![actionlint.as_str(), "-no-color"];
    // The scripts are checked by other programs only where these are installed, so their findings would differ.
    words.extend(["-shellcheck=", "-pyflakes="]);
    words.extend(workflows.iter().map(String::as_str));
    programs::output(&words)?;
    let zizmor = toolchain::python_packages(ZIZMOR, "target/zizmor")?.join("zizmor");
    let zizmor = zizmor.display().to_string();
    let audit = [
        "--offline",
        "--no-progress",
        "--quiet",
        "--persona=pedantic",
        "--strict-collection",
        WORKFLOWS,
        ACTION,
    ];
    let mut words = vec![zizmor.as_str()];
    words.extend(audit);
    programs::output(&words).map(drop)
}

/// Returns the path of actionlint, installed if it is missing.
fn actionlint() -> Result<String, String> {
    let folder = programs::root()
        .join("target/actionlint")
        .join(ACTIONLINT_VERSION);
    let program = folder.join("actionlint").display().to_string();
    if !Path::new(&program).exists() {
        let package = format!("{ACTIONLINT}@{ACTIONLINT_VERSION}");
        let folder = folder.display().to_string();
        let environment = [("GOBIN", folder.as_str()), ("GOFLAGS", "")];
        programs::output_with(&["go", "install", &package], &environment)?;
    }
    Ok(program)
}

/// The paths of the workflows of this repository, and of those that `fcgate init` writes.
fn workflows() -> Result<Vec<String>, String> {
    let root = programs::root();
    let mut paths = entries(&root.join(WORKFLOWS))?;
    for language in entries(&root.join(TEMPLATES))? {
        let path = language.join(TEMPLATE);
        if path.exists() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths
        .iter()
        .map(|path| path.display().to_string())
        .collect())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let with_path = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::read_dir(folder)
        .map_err(with_path)?
        .map(|entry| entry.map(|entry| entry.path()).map_err(with_path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{WORKFLOWS, entries, workflows};
    use crate::programs;

    #[test]
    fn every_action_of_the_workflows_of_this_repository_is_pinned_by_its_hash() {
        let mut count = 0;
        for path in entries(&programs::root().join(WORKFLOWS)).unwrap() {
            let text = std::fs::read_to_string(&path).unwrap();
            for line in text.lines().filter(|line| line.contains("uses: ")) {
                let pin = line.split_once('@').map(|(_, pin)| pin);
                let hash = pin
                    .and_then(|pin| pin.split(' ').next())
                    .unwrap_or_default();
                let is_hash = hash.len() == 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
                assert!(is_hash, "{}: {line}", path.display());
                count += 1;
            }
        }
        assert!(count > 0);
    }

    #[test]
    fn the_workflows_of_this_repository_and_of_every_template_are_checked() {
        let paths = workflows().unwrap();
        for name in ["ci.yml", "release.yml", "python/conformance.yml"] {
            assert!(paths.iter().any(|path| path.ends_with(name)), "{name}");
        }
        assert_eq!(paths.len(), 10);
    }
}
