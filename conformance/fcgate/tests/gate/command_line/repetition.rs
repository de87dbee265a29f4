//! `--fail-fast`, `--rerun-failed` and `--repeat` of the built binary.

use std::process::Output;

use super::work_folder::WorkFolder;
use serde_json::Value;

/// Runs these arguments, with the reference as adapter, or a mutant of it.
fn run_in(folder: &WorkFolder, arguments: &[&str], mutant: Option<&str>) -> Output {
    let gate = env!("CARGO_BIN_EXE_fcgate");
    let mutant = mutant.map(|name| ["--mutant", name]);
    let adapter = [
        &["--", gate, "reference"][..],
        mutant.as_slice().as_flattened(),
    ]
    .concat();
    let run = ["run", "--only", "sign.fc-headers.*", "--partial-ok"];
    folder.fcgate(&[&run[..], arguments, &adapter].concat())
}

fn report_in(folder: &WorkFolder, name: &str) -> Value {
    serde_json::from_str(&folder.read(name)).unwrap()
}

const MUTANT: &str = "content-md5-hex";

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// The number of cases with a status that counts as run.
fn executed(report: &Value) -> u64 {
    let count = |status: &str| report["counts"][status].as_u64().unwrap();
    count("pass") + count("fail") + count("crash") + count("timeout")
}

/// The number of cases of level `must` or `should` with this status.
fn count(report: &Value, status: &str) -> u64 {
    let cases = report["cases"].as_array().unwrap().iter();
    let cases = cases.filter(|case| case["status"] == status && case["level"] != "observe");
    cases.count() as u64
}

#[test]
fn fail_fast_stops_after_the_first_required_failure_with_any_number_of_jobs() {
    let folder = WorkFolder::new();
    let whole = run_in(
        &folder,
        &["-q", "--report", "json=whole.json"],
        Some(MUTANT),
    );
    assert_eq!(code(&whole), 1);
    let mut reports = Vec::new();
    for jobs in ["1", "8"] {
        let arguments = [
            "--fail-fast",
            "--jobs",
            jobs,
            "--report",
            "json=r.json",
            "--report",
            "junit=r.xml",
            "--report",
            "tap=r.tap",
            "--report",
            "md=r.md",
            "--report",
            "html=r.html",
        ];
        let output = run_in(&folder, &arguments, Some(MUTANT));
        assert_eq!(code(&output), 1);
        let report = report_in(&folder, "r.json");
        let not_run = report["ended_early"]["not_run"].as_u64().unwrap();
        assert_eq!(count(&report, "fail"), 1);
        assert_eq!(
            executed(&report) + not_run,
            executed(&report_in(&folder, "whole.json"))
        );
        let sentence = "the run stopped after its first required failure, ";
        let text = stdout(&output);
        assert!(text.contains(sentence), "{text}");
        assert!(
            text.contains(&format!("; {not_run} cases did not run\n")),
            "{text}"
        );
        for name in ["r.xml", "r.tap", "r.html"] {
            assert!(folder.read(name).contains(sentence), "{name}");
        }
        assert!(
            folder
                .read("r.md")
                .contains("the run stopped after its first required")
        );
        reports.push(folder.read("r.json"));
    }
    assert_eq!(reports[0], reports[1]);
}

#[test]
fn fail_fast_without_a_failure_runs_every_case() {
    let folder = WorkFolder::new();
    let output = run_in(&folder, &["--fail-fast", "--report", "json=r.json"], None);
    assert_eq!(code(&output), 0);
    assert_eq!(report_in(&folder, "r.json")["ended_early"], Value::Null);
}

#[test]
fn fail_fast_does_not_stop_after_a_known_failure() {
    let folder = WorkFolder::new();
    let gate = env!("CARGO_BIN_EXE_fcgate");
    let adapter = ["--", gate, "reference", "--mutant", MUTANT];
    let run = ["--only", "sign.fc-headers.*", "--partial-ok"];
    let baseline = [&["baseline", "--write"][..], &run, &adapter].concat();
    assert_eq!(code(&folder.fcgate(&baseline)), 0);
    let output = run_in(&folder, &["--fail-fast"], Some(MUTANT));
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    // A known failure that passes is a failure.
    let output = run_in(&folder, &["--fail-fast", "--report", "json=r.json"], None);
    assert_eq!(code(&output), 1);
    assert!(report_in(&folder, "r.json")["ended_early"].is_object());
}

#[test]
fn rerun_failed_runs_only_the_cases_that_failed() {
    let folder = WorkFolder::new();
    run_in(&folder, &["--report", "json=first.json"], Some(MUTANT));
    let failed = count(&report_in(&folder, "first.json"), "fail");
    let again = [
        "--rerun-failed",
        "first.json",
        "--report",
        "json=again.json",
    ];
    for (mutant, status, expected) in [(Some(MUTANT), "fail", 1), (None, "pass", 0)] {
        assert_eq!(code(&run_in(&folder, &again, mutant)), expected);
        let report = report_in(&folder, "again.json");
        assert_eq!(count(&report, status), failed);
        assert_eq!(executed(&report), failed);
    }
    // The shards of a rerun cover the same cases.
    let shards = ["1/2", "2/2"].map(|shard| {
        run_in(
            &folder,
            &[&again[..], &["--shard", shard]].concat(),
            Some(MUTANT),
        );
        executed(&report_in(&folder, "again.json"))
    });
    assert_eq!(shards.iter().sum::<u64>(), failed);
}

#[test]
fn rerun_failed_of_a_report_without_failures_says_so_and_is_incomplete() {
    let folder = WorkFolder::new();
    run_in(&folder, &["--report", "json=first.json"], None);
    let output = run_in(&folder, &["--rerun-failed", "first.json"], None);
    assert_eq!(code(&output), 3);
    let text = stdout(&output);
    assert!(
        text.contains("no case failed in first.json, so no case ran again"),
        "{text}"
    );
}

#[test]
fn rerun_failed_rejects_other_files_and_says_what_to_do() {
    let folder = WorkFolder::new();
    run_in(&folder, &["--report", "json=first.json"], None);
    let sha256 = report_in(&folder, "first.json")["corpus_sha256"]
        .as_str()
        .unwrap()
        .to_owned();
    let other = folder.read("first.json").replace(&sha256, &"0".repeat(64));
    std::fs::write(folder.path("other.json"), other).unwrap();
    std::fs::write(folder.path("broken.json"), "{").unwrap();
    for (name, reason) in [
        (
            "other.json",
            "its corpus differs from the corpus of this fcgate\n  help: run all cases",
        ),
        ("broken.json", "invalid report: "),
        ("missing.json", "cannot be read: "),
        (
            "first.timings.json",
            "expected a report, found the timings of a run",
        ),
    ] {
        let output = run_in(&folder, &["--rerun-failed", name], None);
        assert_eq!(code(&output), 2, "{name}");
        let message = stderr(&output);
        assert!(
            message.contains(name) && message.contains(reason),
            "{message}"
        );
    }
}

#[test]
fn repeat_runs_every_case_again_and_the_results_stay_the_same() {
    let folder = WorkFolder::new();
    let output = run_in(&folder, &["--repeat", "3", "--report", "json=r.json"], None);
    assert_eq!(code(&output), 0);
    assert!(stdout(&output).contains("every case ran 3 times"));
    assert_eq!(report_in(&folder, "r.json")["repeat"], 3);
    assert_eq!(code(&run_in(&folder, &["--repeat", "2"], Some(MUTANT))), 1);
    assert_eq!(code(&run_in(&folder, &["--repeat", "0"], None)), 2);
}

#[cfg(unix)]
#[test]
fn a_case_that_passes_only_sometimes_is_flaky_and_fails() {
    let folder = WorkFolder::new();
    // The first two replies are those to `hello` and to the unknown command; the fourth is the second repetition.
    let script = "\"$0\" reference | sed -u '4s/:[0-9A-Za-z+\\/]*=\"/:AAAA=\"/g'";
    let gate = env!("CARGO_BIN_EXE_fcgate");
    let only = "sign.fc-vectors.fc-01";
    let output = folder.fcgate(&[
        "run",
        "--partial-ok",
        "--only",
        only,
        "--repeat",
        "3",
        "--report",
        "json=r.json",
        "--report",
        "junit=r.xml",
        "--",
        "sh",
        "-c",
        script,
        gate,
    ]);
    let text = stdout(&output);
    assert_eq!(code(&output), 1, "{text}{}", stderr(&output));
    assert!(
        text.contains("error[sign#flaky]: sign: the result differs between repetitions"),
        "{text}"
    );
    assert!(text.contains("passed 2 of 3 times"), "{text}");
    assert!(folder.read("r.xml").contains("sign#flaky"));
    let report = report_in(&folder, "r.json");
    let case = report["cases"]
        .as_array()
        .unwrap()
        .iter()
        .find(|case| case["id"] == only);
    assert_eq!(case.unwrap()["status"], "fail");
}

#[test]
fn baseline_refuses_options_that_leave_cases_out() {
    let folder = WorkFolder::new();
    for options in [
        &["--fail-fast"][..],
        &["--repeat", "2"],
        &["--rerun-failed", "r.json"],
    ] {
        let output = folder.fcgate(&[&["baseline"][..], options].concat());
        assert_eq!(code(&output), 2);
        assert!(stderr(&output).contains("baseline runs every case once"));
    }
}
