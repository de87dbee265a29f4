//! `fcgate run` without an adapter, or with one that does not exist: the result must not look like a result of the SDK.

use libtest_mimic::Trial;

use crate::project::Project;
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial(
            "a_run_without_an_adapter_reports_that_it_judges_the_reference",
            reference,
        ),
        trial("require_adapter_rejects_a_run_without_an_adapter", refused),
        trial(
            "an_adapter_that_cannot_start_exits_with_5_and_runs_no_case",
            no_start,
        ),
    ]
}

const RUN: [&str; 4] = ["run", "--partial-ok", "--only", "sign.fc-vectors.*"];
const NOTE: &str = "no adapter is configured: this run judges the built-in reference";

fn reference() {
    let project = Project::new();
    let output = project.fcgate(&RUN);
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    assert!(output.stderr.contains(NOTE), "{}", output.stderr);
    let first: Vec<&str> = output.stdout.lines().take(3).collect();
    assert!(first.join("\n").contains(NOTE), "{}", output.stdout);
    assert!(
        output.stdout.contains("\nnext: fcgate init "),
        "{}",
        output.stdout
    );
    // A quiet run prints the note on stderr.
    let quiet = project.fcgate(&[&RUN[..], &["--quiet"]].concat());
    assert!(quiet.stderr.contains(NOTE), "{}", quiet.stderr);

    let gate = env!("CARGO_BIN_EXE_fcgate");
    let output = project.fcgate(&[&RUN[..], &["--", gate, "reference"]].concat());
    assert_eq!(output.code, Some(0), "{}", output.stderr);
    assert!(!format!("{}{}", output.stdout, output.stderr).contains("no adapter"));
}

fn refused() {
    let project = Project::new();
    let output = project.fcgate(&[&RUN[..], &["--require-adapter"]].concat());
    assert_eq!(output.code, Some(2), "{}", output.stdout);
    insta::assert_snapshot!(output.stderr, @r"
error: no adapter is given, and one is required: no command after `--`, and no adapter in fcgate.toml in this folder
  help: run fcgate in the folder of fcgate.toml
");
    assert_eq!(output.stdout, "");
}

fn no_start() {
    let project = Project::new();
    let output = project.fcgate(&["run", "--", "no-such-program-anywhere"]);
    assert_eq!(output.code, Some(5), "{}", output.stderr);
    assert!(
        output.stdout.contains("\nsubject: none"),
        "{}",
        output.stdout
    );
    assert!(output.stdout.contains("did not run"), "{}", output.stdout);
    assert!(!output.stdout.contains("claim"), "{}", output.stdout);
}
