//! The flags, the configuration file and the known failures of the built binary.

use std::path::Path;
use std::process::Output;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use tempfile::TempDir;

use crate::binary;

const CASE: &str = "sign.fc-vectors.fc-01";

/// A project in its own folder, and the built binary.
struct Project(TempDir);

impl Project {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        Self(folder)
    }

    fn fcgate(&self, arguments: &[&str]) -> Output {
        let mut command = binary::fcgate(arguments);
        command.current_dir(self.0.path()).output().unwrap()
    }

    fn code(&self, arguments: &[&str]) -> i32 {
        self.fcgate(arguments).status.code().unwrap()
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// A file of known failures with one entry, which expires in so many days.
fn known(pattern: &str, days: i32) -> String {
    let (added, expires) = (
        today().saturating_sub(60.days()),
        today().saturating_add(days.days()),
    );
    format!(
        "version = 1\n[[known]]\nmatch = '{pattern}'\nsees = 'crash'\nbecause = 'b'\n\
         issue = 'i'\nadded = {added}\nexpires = {expires}\n"
    )
}

#[test]
fn the_cases_of_a_profile_are_required_and_an_unknown_name_gets_a_suggestion() {
    let project = Project::new(&[]);
    let sign = ["run", "-q", "--only", "sign.*", "--partial-ok", "--profile"];
    assert_eq!(project.code(&[&sign[..], &["sign"]].concat()), 0);
    let output = project.fcgate(&["run", "--profile", "corr"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean 'core'?"));
}

#[test]
fn the_known_failures_file_decides_the_exit_code() {
    for (text, arguments, code) in [
        (known(CASE, 30), &["--only", CASE, "--partial-ok"][..], 1),
        (
            known("invoke.*", 30),
            &["--only", "sign.*", "--partial-ok"],
            0,
        ),
        (
            known("invoke.*", -1),
            &["--only", "sign.*", "--partial-ok"],
            1,
        ),
        (
            known("invoke.*", 200),
            &["--only", "sign.*", "--partial-ok"],
            1,
        ),
        (known("no.such.case", 30), &[], 2),
        (known("*", 30), &[], 2),
        ("version = 2\n".to_owned(), &[], 2),
        (
            "version = 1\n".to_owned(),
            &["--only", "sign.*", "--partial-ok"],
            0,
        ),
        (format!("version = 1\n{}", "a=[".repeat(100_000)), &[], 2),
    ] {
        let project = Project::new(&[("k.toml", &text)]);
        let all = [&["run", "-q", "--known", "k.toml"], arguments].concat();
        assert_eq!(project.code(&all), code, "{text:.200}");
    }
    let missing = Project::new(&[]);
    assert_eq!(missing.code(&["run", "-q", "--known", "k.toml"]), 2);
}

/// A run of cases without a network.
const SIGN: [&str; 5] = ["run", "-q", "--only", "sign.*", "--partial-ok"];

#[test]
fn the_configuration_file_of_the_working_directory_is_read() {
    for (text, code) in [
        ("suite = '2026.1'\n", 0),
        ("suite = '2025.1'\n", 3),
        ("suite = '2099.1'\n", 2),
        ("profile = 'full'\n", 0),
        ("revision = '2021-04-06'\n", 0),
        ("level = 'should'\n", 0),
        ("claims = ['sign.fc']\n", 0),
        ("claims = ['sing.fc']\n", 2),
        ("known = 'missing.toml'\n", 2),
        ("environment = ['ALIBABA_CLOUD_ACCESS_KEY_SECRET']\n", 2),
        ("porfile = 'full'\n", 2),
        ("adapter = ['no-such-program-anywhere']\n", 5),
    ] {
        let project = Project::new(&[("fcgate.toml", text)]);
        assert_eq!(project.code(&SIGN), code, "{text}");
    }
    // A flag outweighs the file.
    let project = Project::new(&[("fcgate.toml", "known = 'k.toml'\n"), ("k.toml", "x")]);
    std::fs::write(project.path("right.toml"), "version = 1\n").unwrap();
    let all = [&SIGN[..], &["--known", "right.toml"]].concat();
    assert_eq!(project.code(&all), 0);
}

#[test]
fn merged_shards_equal_the_report_of_the_whole_run() {
    let project = Project::new(&[]);
    let run = |more: &[&str]| project.code(&[&SIGN[..], more].concat());
    assert_eq!(run(&["--report", "json=whole.json"]), 0);
    for index in ["1", "2", "3"] {
        let (shard, target) = (format!("{index}/3"), format!("json={index}.json"));
        assert_eq!(run(&["--shard", &shard, "--report", &target]), 0, "{shard}");
    }
    let merge = |files: &[&str]| {
        let all = [&["merge", "--report", "json=merged.json"], files].concat();
        project.code(&all)
    };
    assert_eq!(merge(&["3.json", "1.json", "2.json"]), 0);
    let (merged, whole) = (
        read(&project.path("merged.json")),
        read(&project.path("whole.json")),
    );
    assert!(merged == whole);
    assert_eq!(merge(&["1.json", "2.json"]), 3);
    assert_eq!(merge(&["1.json", "2.json", "2.json"]), 3);
    assert_eq!(merge(&["whole.json"]), 3);
    std::fs::write(project.path("3.json"), "{}").unwrap();
    assert_eq!(merge(&["1.json", "2.json", "3.json"]), 3);
    for shard in ["0/3", "4/3", "1", "1/0", "a/b"] {
        assert_eq!(project.code(&["run", "--shard", shard]), 2, "{shard}");
    }
}

#[test]
fn a_baseline_removes_stale_entries_and_the_next_run_conforms() {
    let stale = known(CASE, 30);
    let project = Project::new(&[
        ("fcgate.toml", "known = 'fcgate-known.toml'\n"),
        ("fcgate-known.toml", &stale),
    ]);
    // The entry is one for signing, so the other operations need not run.
    let code = |command: &[&str]| {
        let only = ["--only", "sign.*", "--partial-ok"];
        project.code(&[command, &only].concat())
    };
    assert_eq!(code(&["run", "-q"]), 1);
    // Without --write it prints the file and changes nothing.
    let output = project.fcgate(&["baseline", "--only", "sign.*", "--partial-ok"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "version = 1\n");
    assert_eq!(read(&project.path("fcgate-known.toml")), stale);
    assert_eq!(code(&["baseline", "--write"]), 0);
    assert_eq!(read(&project.path("fcgate-known.toml")), "version = 1\n");
    assert_eq!(code(&["run", "-q"]), 0);
}
