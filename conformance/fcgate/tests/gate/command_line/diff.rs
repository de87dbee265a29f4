//! `fcgate diff` of the built binary.

use super::work_folder::WorkFolder;

const FAILED: &str = "sign.fc-headers.all-pieces";

/// Writes the report of the reference, or of a mutant of it.
fn report(folder: &WorkFolder, name: &str, mutant: Option<&str>, options: &[&str]) {
    let target = format!("json={name}");
    let run = [
        "run",
        "-q",
        "--only",
        "sign.fc-headers.*",
        "--partial-ok",
        "--report",
        &target,
    ];
    let adapter = ["--", env!("CARGO_BIN_EXE_fcgate"), "reference"];
    let mutant = mutant.map(|name| ["--mutant", name]);
    let mutant = mutant.as_slice().as_flattened();
    folder.fcgate(&[&run[..], options, &adapter, mutant].concat());
}

/// Replaces a text of a report.
fn edit(folder: &WorkFolder, name: &str, from: &str, to: &str) {
    let path = folder.path(name);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{name}: {from}");
    std::fs::write(path, text.replace(from, to)).unwrap();
}

/// The exit code and standard output of `fcgate diff`.
fn diff(folder: &WorkFolder, arguments: &[&str]) -> (i32, String) {
    let output = folder.fcgate(&[&["diff"][..], arguments].concat());
    let code = output.status.code().unwrap();
    (code, String::from_utf8(output.stdout).unwrap())
}

#[test]
fn equal_reports_have_no_difference() {
    let folder = WorkFolder::new();
    report(&folder, "a.json", None, &[]);
    let (code, text) = diff(&folder, &["a.json", "a.json"]);
    assert_eq!(code, 0);
    assert!(
        text.ends_with("\nno case has another result (exit 0)\n"),
        "{text}"
    );
    assert!(text.starts_with("old: a.json: "), "{text}");
}

#[test]
fn a_new_required_failure_exits_with_1_and_a_fixed_one_with_0() {
    let folder = WorkFolder::new();
    report(&folder, "right.json", None, &[]);
    report(&folder, "wrong.json", Some("content-md5-hex"), &[]);
    let (code, text) = diff(&folder, &["right.json", "wrong.json"]);
    assert_eq!(code, 1);
    let line = format!(
        "\n  {FAILED} (must): passed, now failed (string_to_sign differs at byte 5, expected `p` (70), got `a` (61); also "
    );
    assert!(
        text.contains("\nnew failures: ") && text.contains(&line),
        "{text}"
    );
    assert!(
        text.ends_with(" new required failures (exit 1)\n"),
        "{text}"
    );
    let (code, text) = diff(&folder, &["wrong.json", "right.json"]);
    assert_eq!(code, 0);
    assert!(text.contains("\nfixed: ") && text.contains(&format!("\n  {FAILED} (must): failed (")));
    assert!(
        text.ends_with("\nno new required failure (exit 0)\n"),
        "{text}"
    );
}

#[test]
fn a_case_that_fails_in_another_way_is_no_new_failure() {
    let folder = WorkFolder::new();
    report(&folder, "one.json", Some("content-md5-hex"), &[]);
    report(&folder, "two.json", Some("content-md5-left-out"), &[]);
    let (_, text) = diff(&folder, &["one.json", "two.json"]);
    let (_, others) = text.split_once("\nother failures than before: ").unwrap();
    assert!(
        others.contains(&format!(
            "\n  {FAILED} (must): failed (string_to_sign differs at byte 5, "
        )),
        "{text}"
    );
}

#[test]
fn cases_that_came_or_went_are_listed() {
    let folder = WorkFolder::new();
    report(&folder, "old.json", None, &[]);
    report(&folder, "new.json", None, &[]);
    edit(&folder, "new.json", FAILED, "sign.fc-headers.new-name");
    let (code, text) = diff(&folder, &["old.json", "new.json"]);
    assert_eq!(code, 0);
    assert!(
        text.contains("\nnew cases: 1\n  sign.fc-headers.new-name (must): new case, passed\n"),
        "{text}"
    );
    assert!(
        text.contains(&format!("\nremoved cases: 1\n  {FAILED} (must): passed\n")),
        "{text}"
    );
    // A new case that fails is a new failure.
    report(&folder, "new.json", Some("content-md5-hex"), &[]);
    edit(&folder, "new.json", FAILED, "sign.fc-headers.new-name");
    let (code, text) = diff(&folder, &["old.json", "new.json"]);
    assert_eq!(code, 1);
    assert!(
        text.contains("\n  sign.fc-headers.new-name (must): new case, failed ("),
        "{text}"
    );
}

#[test]
fn a_case_that_no_longer_runs_is_not_fixed() {
    let folder = WorkFolder::new();
    report(&folder, "old.json", Some("content-md5-hex"), &[]);
    report(
        &folder,
        "new.json",
        Some("content-md5-hex"),
        &["--skip", FAILED],
    );
    let (code, text) = diff(&folder, &["old.json", "new.json"]);
    assert_eq!(code, 0);
    assert!(
        text.contains("\nno longer run: 1\n") && !text.contains("\nfixed: "),
        "{text}"
    );
}

#[test]
fn a_run_that_ended_early_is_noted() {
    let folder = WorkFolder::new();
    report(&folder, "old.json", None, &[]);
    report(
        &folder,
        "new.json",
        Some("content-md5-hex"),
        &["--fail-fast"],
    );
    let (code, text) = diff(&folder, &["old.json", "new.json"]);
    assert_eq!(code, 1);
    assert!(
        text.contains("\nnote: new run: the run stopped after its first required failure, "),
        "{text}"
    );
}

#[test]
fn markdown_is_escaped_and_fits_in_a_comment() {
    let folder = WorkFolder::new();
    report(&folder, "old.json", None, &[]);
    report(&folder, "new.json", Some("content-md5-hex"), &[]);
    let name = "\"name\": \"";
    edit(&folder, "new.json", name, &format!("{name}<img src=x> | "));
    let (code, text) = diff(&folder, &["--format", "md", "old.json", "new.json"]);
    assert_eq!(code, 1);
    assert!(
        text.starts_with("## ❌ fcgate: ") && text.contains("\n### new failures: "),
        "{text}"
    );
    assert!(text.contains(&format!("\n- `{FAILED}` (must): ")), "{text}");
    assert!(text.contains("\\<img"), "{text}");
    let output = [
        "--format",
        "md",
        "--output",
        "comment.md",
        "old.json",
        "new.json",
    ];
    assert_eq!(diff(&folder, &output), (1, String::new()));
    let written = std::fs::read_to_string(folder.path("comment.md")).unwrap();
    assert_eq!(written, text);
    let whole = ["--format", "md", "whole.json", "whole.json"];
    report(&folder, "whole.json", None, &["--only", "*"]);
    assert!(diff(&folder, &whole).1.len() < 65_536);
}

#[test]
fn unusable_reports_exit_with_2() {
    let folder = WorkFolder::new();
    report(&folder, "a.json", None, &[]);
    report(&folder, "shard.json", None, &["--shard", "1/2"]);
    std::fs::write(folder.path("broken.json"), "{").unwrap();
    for pair in [
        ["a.json", "missing.json"],
        ["broken.json", "a.json"],
        ["a.json", "a.timings.json"],
        ["a.json", "shard.json"],
    ] {
        let output = folder.fcgate(&[&["diff"][..], &pair].concat());
        assert_eq!(output.status.code(), Some(2), "{pair:?}");
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(pair.iter().any(|name| message.contains(name)), "{message}");
    }
}
