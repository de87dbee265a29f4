//! Which sources a run judged, and where it can be seen: only if the caller says so.

use std::process::Output;

use serde_json::Value;

use super::work_folder::WorkFolder;
use crate::binary;

const CASES: [&str; 6] = [
    "run",
    "-q",
    "--partial-ok",
    "--only",
    "sign.fc-headers.*",
    "--report",
];
const REVISION: [&str; 2] = ["--source-revision", "d94b1a2f"];
const URL: [&str; 2] = ["--run-url", "https://ci.example/runs/17"];
/// The variables of a run of GitHub Actions.
const GITHUB: [(&str, &str); 5] = [
    ("GITHUB_ACTIONS", "true"),
    ("GITHUB_SERVER_URL", "https://github.example"),
    ("GITHUB_REPOSITORY", "owner/sdk"),
    ("GITHUB_RUN_ID", "17"),
    ("GITHUB_SHA", "c0ffee"),
];

/// Runs a few cases with these options and variables, without other variables of CI systems.
fn run(folder: &WorkFolder, name: &str, options: &[&str], variables: &[(&str, &str)]) -> Output {
    let target = format!("json={name}");
    let mut command = binary::fcgate(&[&CASES[..], &[&target], options].concat());
    for name in [
        "GITHUB_ACTIONS",
        "GITLAB_CI",
        "JENKINS_URL",
        "GITHUB_STEP_SUMMARY",
    ] {
        command.env_remove(name);
    }
    let command = command.envs(variables.iter().copied());
    command.current_dir(folder.path("")).output().unwrap()
}

fn provenance(folder: &WorkFolder, name: &str) -> Value {
    let report: Value = serde_json::from_str(&folder.read(name)).unwrap();
    report["provenance"].clone()
}

fn message(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_report_has_no_provenance_unless_the_caller_states_it() {
    let folder = WorkFolder::new();
    run(&folder, "plain.json", &[], &[]);
    // The variables alone change nothing: a report is the same wherever it was made.
    run(&folder, "in-ci.json", &[], &GITHUB);
    assert_eq!(folder.read("plain.json"), folder.read("in-ci.json"));
    assert_eq!(provenance(&folder, "plain.json"), Value::Null);

    run(&folder, "stated.json", &[REVISION, URL].concat(), &[]);
    let stated =
        serde_json::json!({"source_revision": "d94b1a2f", "run_url": "https://ci.example/runs/17"});
    assert_eq!(provenance(&folder, "stated.json"), stated);
}

#[test]
fn the_variables_of_a_ci_system_are_read_only_if_wanted_and_options_win() {
    let folder = WorkFolder::new();
    run(&folder, "ci.json", &["--provenance-from-ci"], &GITHUB);
    let page = "https://github.example/owner/sdk/actions/runs/17";
    let from_ci = serde_json::json!({"source_revision": "c0ffee", "run_url": page});
    assert_eq!(provenance(&folder, "ci.json"), from_ci);

    let both = [&["--provenance-from-ci"], &REVISION[..]].concat();
    run(&folder, "both.json", &both, &GITHUB);
    assert_eq!(
        provenance(&folder, "both.json")["source_revision"],
        "d94b1a2f"
    );
    assert_eq!(provenance(&folder, "both.json")["run_url"], page);

    let nowhere = run(&folder, "none.json", &["--provenance-from-ci"], &[]);
    assert_eq!(nowhere.status.code(), Some(2));
    let text = message(&nowhere);
    assert!(
        text.contains("--provenance-from-ci: found no CI system; expected GITHUB_ACTIONS=true"),
        "{text}"
    );
    assert!(!folder.path("none.json").exists());
}

#[test]
fn an_invalid_revision_or_address_is_a_usage_error_that_says_why() {
    let folder = WorkFolder::new();
    let long = "a".repeat(201);
    for (option, value, reason) in [
        (
            "--source-revision",
            "two words",
            "a space, a control character",
        ),
        (
            "--source-revision",
            long.as_str(),
            "has 201 bytes; expected at most 200",
        ),
        (
            "--run-url",
            "ftp://ci.example/",
            "starts with https:// or http://",
        ),
        (
            "--run-url",
            "https://me:hunter22@ci.example/",
            "contains a credential",
        ),
        (
            "--run-url",
            "https://ci.example/\u{1b}[2J",
            "a control character",
        ),
    ] {
        let output = run(&folder, "r.json", &[option, value], &[]);
        assert_eq!(output.status.code(), Some(2), "{value:?}");
        let text = message(&output);
        assert!(text.contains(reason), "{text}");
    }
    let variables = [
        ("JENKINS_URL", "x"),
        ("BUILD_URL", "https://me:hunter22@ci.example/"),
    ];
    let output = run(&folder, "r.json", &["--provenance-from-ci"], &variables);
    assert_eq!(output.status.code(), Some(2));
    let text = message(&output);
    assert!(
        text.contains("BUILD_URL: the address contains a credential"),
        "{text}"
    );
    assert!(!text.contains("hunter22"), "{text}");
}

#[test]
fn merged_shards_keep_their_provenance_and_must_agree_on_it() {
    let folder = WorkFolder::new();
    let shard = |index: &str, revision: &str| {
        let name = format!("{index}-{revision}.json");
        let part = format!("{index}/2");
        let options = [
            "--shard",
            &part,
            "--source-revision",
            revision,
            URL[0],
            URL[1],
        ];
        run(&folder, &name, &options, &[]);
        name
    };
    let (one, two, other) = (shard("1", "abc"), shard("2", "abc"), shard("2", "def"));
    let merge = |parts: [&str; 2]| {
        folder.fcgate(&[&["merge", "-q", "--report", "json=whole.json"][..], &parts].concat())
    };
    assert_eq!(merge([&one, &two]).status.code(), Some(0));
    assert_eq!(provenance(&folder, "whole.json")["source_revision"], "abc");

    let rejected = merge([&one, &other]);
    assert_eq!(rejected.status.code(), Some(3));
    let text = message(&rejected);
    assert!(
        text.contains(&format!("{other}: it differs in provenance from {one}")),
        "{text}"
    );
}

#[test]
fn the_matrix_and_the_html_report_show_who_ran_it() {
    let folder = WorkFolder::new();
    let options = [&REVISION[..], &URL, &["--report", "html=r.html"]].concat();
    run(&folder, "r.json", &options, &[]);
    let shown = |arguments: &[&str]| {
        let output = folder.fcgate(&[&["matrix", "r.json"], arguments].concat());
        String::from_utf8(output.stdout).unwrap()
    };
    let markdown = shown(&[]);
    assert!(
        markdown.contains("| source revision | d94b1a2f |"),
        "{markdown}"
    );
    assert!(markdown.contains("| run | "), "{markdown}");
    let link = "<a href=\"https://ci.example/runs/17\" rel=\"noreferrer noopener\">";
    for page in [shown(&["--format", "html"]), folder.read("r.html")] {
        assert!(page.contains(link) && page.contains("d94b1a2f"), "{page}");
    }
}

#[test]
fn a_report_with_an_invalid_address_is_rejected() {
    let folder = WorkFolder::new();
    run(&folder, "r.json", &URL, &[]);
    let text = folder
        .read("r.json")
        .replace("https://ci.example", "javascript://x");
    std::fs::write(folder.path("r.json"), text).unwrap();
    let output = folder.fcgate(&["matrix", "r.json"]);
    assert_eq!(output.status.code(), Some(2));
    let text = message(&output);
    assert!(
        text.contains("r.json: invalid report: expected an address that starts with https://"),
        "{text}"
    );
}
