//! The script of the action that downloads the program of a release and checks its SHA-256.

use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::Trial;

use crate::project::Project;
use crate::required_program::{BASH, CURL, trial_with};
use crate::trial;

/// The SHA-256 of nothing that a test downloads.
const OTHER: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

pub(crate) fn trials() -> Vec<Trial> {
    let programs = [BASH, CURL];
    vec![
        trial_with(
            &programs,
            "an_archive_with_the_listed_checksum_is_installed_and_runs",
            installed,
        ),
        trial_with(
            &programs,
            "an_archive_with_another_checksum_is_refused",
            changed_archive,
        ),
        trial_with(
            &programs,
            "an_archive_without_the_pinned_checksum_is_refused",
            pinned,
        ),
        trial_with(
            &programs,
            "an_archive_without_a_listed_checksum_is_refused",
            not_listed,
        ),
        trial_with(
            &programs,
            "a_release_that_does_not_exist_is_named",
            no_release,
        ),
        trial_with(
            &programs,
            "a_version_that_is_a_path_is_refused",
            path_as_version,
        ),
        trial(
            "the_action_downloads_the_version_that_it_belongs_to",
            default_version,
        ),
    ]
}

const VERSION: &str = "1.2.3";

/// A release in a folder, with an archive for this system.
struct Release {
    project: Project,
    archive: String,
}

impl Release {
    fn new() -> Self {
        let project = Project::new();
        let folder = format!("releases/v{VERSION}");
        let name = format!("fcgate-{VERSION}-{}", target());
        fs::create_dir_all(project.path(&folder).join(&name)).unwrap();
        // A script instead of the program, which is large in a debug build.
        let program = format!("{folder}/{name}/fcgate");
        project.write(&program, "#!/bin/sh\necho this is fcgate\n");
        let archive = format!("{folder}/{name}.tar.gz");
        let release = Self { project, archive };
        release.shell(&format!(
            "cd '{folder}' && chmod +x '{name}/fcgate' && tar -czf '{name}.tar.gz' '{name}' && (sha256sum '{name}.tar.gz' || shasum -a 256 '{name}.tar.gz') > SHA256SUMS"
        ));
        release
    }

    fn shell(&self, script: &str) -> String {
        let output = Command::new("bash")
            .args(["-ec", script])
            .current_dir(self.project.path("."))
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the script. Returns its exit code and its stderr.
    fn install(&self, version: &str, sha256: &str) -> (Option<i32>, String) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../action/install.sh");
        let releases = format!("file://{}", self.project.path("releases").display());
        let output = Command::new("bash")
            .arg(script)
            .args([version, "bin"])
            .current_dir(self.project.path("."))
            .env("FCGATE_RELEASES", releases)
            .env("FCGATE_SHA256", sha256)
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }

    /// Runs the script, which must fail with these words and install nothing.
    fn refuse(&self, version: &str, sha256: &str, words: &[&str]) {
        let (code, stderr) = self.install(version, sha256);
        assert_eq!(code, Some(1), "{stderr}");
        for word in words {
            assert!(stderr.contains(word), "{word}: {stderr}");
        }
        assert!(!self.project.path("bin").exists());
    }

    fn checksum(&self) -> String {
        let sums = self
            .project
            .read(&format!("releases/v{VERSION}/SHA256SUMS"));
        sums.split(' ').next().unwrap().to_owned()
    }

    fn write_sums(&self, text: &str) {
        self.project
            .write(&format!("releases/v{VERSION}/SHA256SUMS"), text);
    }
}

/// The target whose archive the script must choose on this system.
fn target() -> String {
    let system = match std::env::consts::OS {
        "macos" => "apple-darwin",
        "windows" => "pc-windows-gnu",
        _ => "unknown-linux-musl",
    };
    format!("{}-{system}", std::env::consts::ARCH)
}

fn installed() {
    let release = Release::new();
    for pinned in [String::new(), release.checksum().to_ascii_uppercase()] {
        let (code, stderr) = release.install(VERSION, &pinned);
        assert_eq!(code, Some(0), "{stderr}");
        assert_eq!(release.shell("bin/fcgate"), "this is fcgate\n");
    }
}

fn changed_archive() {
    let release = Release::new();
    let path = release.project.path(&release.archive);
    let mut bytes = fs::read(&path).unwrap();
    bytes.push(0);
    fs::write(&path, bytes).unwrap();
    let expected = format!("expected {}", release.checksum());
    let words = [
        expected.as_str(),
        "SHA256SUMS of the release",
        "nothing was installed",
    ];
    release.refuse(VERSION, "", &words);
}

fn pinned() {
    let release = Release::new();
    let expected = format!("expected {OTHER} (the pinned one)");
    release.refuse(VERSION, OTHER, &[&expected, "nothing was installed"]);
    release.refuse(VERSION, "abc", &["expected 64 hexadecimal digits"]);
}

fn not_listed() {
    let release = Release::new();
    let of_another = format!("{}  fcgate-{VERSION}-other.tar.gz\n", release.checksum());
    release.write_sums(&of_another);
    release.refuse(VERSION, "", &["expected one SHA-256 of fcgate-1.2.3-"]);
    let name = format!("fcgate-{VERSION}-{}.tar.gz", target());
    let twice = format!("{OTHER}  {name}\n{}  {name}\n", release.checksum());
    release.write_sums(&twice);
    release.refuse(VERSION, "", &["expected one SHA-256 of fcgate-1.2.3-"]);
}

fn no_release() {
    let release = Release::new();
    release.refuse("9.9.9", "", &["cannot download", "v9.9.9/SHA256SUMS"]);
}

fn path_as_version() {
    let release = Release::new();
    for version in ["../1.2.3", "1.2.3/..", "1.2", "", "1.2.3 x", "$(id)"] {
        release.refuse(version, "", &["expected a version such as 0.1.0"]);
    }
}

fn default_version() {
    let action = Path::new(env!("CARGO_MANIFEST_DIR")).join("../action/action.yml");
    let text = fs::read_to_string(action).unwrap();
    let (_, inputs) = text.split_once("\n  version:\n").unwrap();
    let default = inputs
        .lines()
        .find_map(|line| line.trim().strip_prefix("default: "));
    assert_eq!(default, Some(env!("CARGO_PKG_VERSION")));
}
