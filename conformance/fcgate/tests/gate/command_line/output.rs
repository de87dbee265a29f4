//! Output that cannot be written is a failure of the gate, and its reports say why.

use std::process::Stdio;

use crate::binary;

/// Commands that print, with the exit code of a result that arrives.
const PRINTING: [&[&str]; 12] = [
    &["list"],
    &["list", "--format", "json"],
    &["export"],
    &["explain", "sign.fc-vectors.fc-01"],
    &["explain", "FC-SIGN-001"],
    &["mutants"],
    &["completions", "bash"],
    &["man"],
    &["--help"],
    &["--version"],
    &["vector", "lint"],
    &["run", "-q", "--partial-ok", "--only", "sign.fc-vectors.*"],
];

/// Runs a command with this standard output. Returns the exit code and standard error.
fn run(arguments: &[&str], output: Stdio) -> (i32, String) {
    let mut command = binary::fcgate(arguments);
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let output = command
        .current_dir(root)
        .stdout(output)
        .stderr(Stdio::piped())
        .output();
    let output = output.unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[cfg(target_os = "linux")]
fn full() -> Stdio {
    Stdio::from(std::fs::File::create("/dev/full").unwrap())
}

/// A pipe whose reader has gone.
#[cfg(unix)]
fn closed_pipe() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    Stdio::from(writer)
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_no_success_of_any_command() {
    for arguments in PRINTING {
        let (code, message) = run(arguments, full());
        assert_eq!(code, 4, "{arguments:?}: {message}");
        assert!(
            message.contains("standard output cannot be written: "),
            "{arguments:?}: {message}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_success_of_any_command() {
    for arguments in PRINTING {
        let (code, message) = run(arguments, closed_pipe());
        assert_eq!(code, 4, "{arguments:?}: {message}");
        assert!(
            message.contains("standard output cannot be written: "),
            "{arguments:?}: {message}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn every_report_has_the_reason_of_exit_4() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let kinds = ["json", "jsonl", "junit", "tap", "md", "html", "badge"];
    let targets = kinds.map(|kind| format!("{kind}={}", path(kind)));
    let mut arguments = vec!["run", "--partial-ok", "--only", "sign.fc-vectors.*"];
    arguments.extend(targets.iter().flat_map(|target| ["--report", target]));
    assert_eq!(run(&arguments, full()).0, 4);
    for kind in kinds {
        let written = std::fs::read_to_string(path(kind)).unwrap();
        assert!(
            written.contains("standard output cannot be written"),
            "{kind}: {written}"
        );
    }
    // A result that cannot be compared is no success either.
    let json = path("json");
    assert_eq!(run(&["diff", &json, &json], full()).0, 4);
    assert_eq!(run(&["matrix", &json], full()).0, 4);
}

#[test]
fn two_reports_for_one_file_are_a_usage_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    for (one, other) in [
        (
            format!("json={}", path("a")),
            format!("junit={}", path("a")),
        ),
        (
            format!("json={}", path("a")),
            format!("tap={}", path("./a")),
        ),
        (
            format!("json={}", path("a.json")),
            format!("md={}", path("a.timings.json")),
        ),
    ] {
        let (code, message) = run(
            &["run", "--report", &one, "--report", &other],
            Stdio::null(),
        );
        assert_eq!(code, 2, "{message}");
        assert!(message.contains("two reports have the file '"), "{message}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
