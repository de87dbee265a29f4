//! The built binary: its commands and its exit codes.

use std::process::Output;

use crate::binary;

fn fcgate(arguments: &[&str]) -> Output {
    binary::fcgate(arguments).output().unwrap()
}

fn code(arguments: &[&str]) -> i32 {
    fcgate(arguments).status.code().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn the_json_report_is_the_same_from_run_to_run() {
    let folder = tempfile::tempdir().unwrap();
    let reports: Vec<Vec<u8>> = ["one", "two"]
        .into_iter()
        .map(|name| {
            let path = folder.path().join(name);
            fcgate(&["run", "-q", "--report", &format!("json={}", path.display())]);
            std::fs::read(path).unwrap()
        })
        .collect();
    assert!(!reports[0].is_empty());
    assert_eq!(reports[0], reports[1]);
}

/// Failed checks show the requests that arrived at the endpoint, whose address and function names differ in each run.
#[test]
fn the_json_report_of_a_failed_run_is_the_same_from_run_to_run() {
    let folder = tempfile::tempdir().unwrap();
    let program = env!("CARGO_BIN_EXE_fcgate");
    let reports = ["one", "two"].map(|name| {
        let path = folder.path().join(name);
        let report = format!("json={}", path.display());
        let run = ["run", "-q", "--partial-ok", "--only", "invoke.arrived.*"];
        let adapter = ["--", program, "reference", "--mutant", "two-host-headers"];
        let arguments = [&run[..], &["--report", &report], &adapter[..]].concat();
        assert_eq!(fcgate(&arguments).status.code(), Some(1));
        std::fs::read_to_string(path).unwrap()
    });
    assert!(reports[0].contains("(endpoint)") && reports[0].contains("(function)"));
    assert!(reports[0] == reports[1]);
}

#[test]
fn a_pattern_that_matches_no_case_is_a_usage_error_with_a_suggestion() {
    let output = fcgate(&["run", "--only", "sing.fc-vectors.*"]);
    assert_eq!(output.status.code(), Some(2));
    let message = stderr(&output);
    assert!(
        message.contains("no case matches 'sing.fc-vectors.*'"),
        "{message}"
    );
    assert!(
        message.contains("did you mean 'sign.fc-vectors.*' ("),
        "{message}"
    );
    assert_eq!(code(&["run", "--skip", "nothing-like-this"]), 2);
    assert_eq!(code(&["run", "--only", "sign.[", "--partial-ok"]), 2);
}

#[test]
fn invalid_arguments_exit_with_2() {
    for arguments in [
        &["run", "--report", "yaml=x"][..],
        &["run", "--report", "json="],
        &["run", "--level", "observe"],
        &["run", "--revision", "2020-01-01"],
        &["run", "--quiet", "--verbose"],
        &["jump"],
        &[],
    ] {
        assert_eq!(code(arguments), 2, "{arguments:?}");
    }
}

#[test]
fn serve_listens_on_loopback_only() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        // Without the check, the server would end after a second.
        let output = fcgate(&["serve", "--until-idle", "1", "--listen", address]);
        assert_eq!(output.status.code(), Some(2), "{address}");
        let message = stderr(&output);
        assert!(message.contains("expected a loopback address"), "{message}");
    }
}

#[test]
fn a_filtered_run_without_partial_ok_exits_with_3() {
    assert_eq!(code(&["run", "--only", "sign.fc-vectors.fc-01"]), 3);
    assert_eq!(
        code(&["run", "--only", "sign.fc-vectors.fc-01", "--partial-ok"]),
        0
    );
    assert_eq!(
        code(&[
            "run",
            "--only",
            "sign.fc-vectors.*",
            "--skip",
            "*",
            "--partial-ok"
        ]),
        3
    );
}

#[test]
fn an_unwritable_report_exits_with_4_before_any_case_runs() {
    let folder = tempfile::tempdir().unwrap();
    let target = format!("json={}/missing/report.json", folder.path().display());
    let output = fcgate(&["run", "-q", "--report", &target]);
    assert_eq!(output.status.code(), Some(4));
    assert_eq!(stdout(&output), "");
}

#[test]
fn the_color_option_decides_about_escape_sequences() {
    let run = |color: &str| {
        fcgate(&[
            "run",
            "-q",
            "--only",
            "sign.*",
            "--partial-ok",
            "--color",
            color,
        ])
        .stdout
    };
    assert!(
        !run("auto").contains(&0x1b),
        "stdout is not a terminal in this test"
    );
    assert!(!run("never").contains(&0x1b));
    assert!(run("always").contains(&0x1b));
}

#[test]
fn list_prints_every_case_as_json_and_as_text() {
    let output = fcgate(&["list", "--format", "json"]);
    let list: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert!(list.len() >= 180);
    assert!(
        list.iter()
            .any(|entry| entry["id"] == "sign.fc-vectors.fc-01")
    );
    let text = stdout(&fcgate(&["list"]));
    assert!(text.ends_with(&format!("{} cases\n", list.len())));
}

#[test]
fn explain_accepts_a_case_a_check_and_a_requirement() {
    let case = stdout(&fcgate(&["explain", "sign.fc-vectors.fc-01"]));
    for part in [
        "FC-SIGN-001 (must)",
        "why ",
        "evidence ",
        "given\n{",
        "expect\n{",
        "next: fcgate run",
    ] {
        assert!(case.contains(part), "{part}");
    }
    assert_eq!(
        stdout(&fcgate(&["explain", "sign.fc-vectors.fc-01#authorization"])),
        case
    );
    let requirement = stdout(&fcgate(&["explain", "FC-SIGN-001"]));
    assert!(requirement.contains("sign.fc-vectors.fc-01 (must)"));
}

#[test]
fn explain_accepts_an_unnamed_cause() {
    let output = fcgate(&["explain", "sign#authorization"]);
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!(stdout(&output), @r"
sign#authorization (no known mistake)
the first failed check of these cases is `authorization`; no known mistake gives the same replies.

next: fcgate explain CASE, with a case that the report lists for this cause
");
    assert!(stdout(&fcgate(&["explain", "invoke#crash"])).contains("exited"));
    assert_eq!(code(&["explain", "sing#authorization"]), 2);
    assert!(!stdout(&fcgate(&["explain", "sign#\u{1b}[2J"])).contains('\u{1b}'));
}

#[test]
fn zero_jobs_is_a_usage_error_with_the_minimum() {
    let output = fcgate(&["run", "--jobs", "0"]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(stderr(&output), @r"
error: invalid value '0' for '--jobs <N>': expected a number, at least 1

For more information, try '--help'.
");
}

#[test]
fn explain_rejects_an_unknown_id_with_a_suggestion() {
    let output = fcgate(&["explain", "FC-SING-001"]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(stderr(&output), @r"error: unknown case or requirement 'FC-SING-001'; did you mean 'FC-SIGN-001'?");
    assert_eq!(code(&["explain", "\u{1b}[2J"]), 2);
    assert!(!stderr(&fcgate(&["explain", "\u{1b}[2J"])).contains('\u{1b}'));
}

#[test]
fn the_reference_exits_with_0_at_the_end_of_its_input() {
    let output = fcgate(&["reference"]);
    assert_eq!(
        (output.status.code(), output.stdout.as_slice()),
        (Some(0), b"".as_slice())
    );
}
