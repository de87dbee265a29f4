//! The composite action: a shell interprets no text of a workflow.

use std::path::Path;
use std::process::Command;

use libtest_mimic::Trial;
use saphyr::{LoadableYamlNode as _, Yaml};

use crate::project::Project;
use crate::required_program::{BASH, trial_with};
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("scripts_of_the_action_contain_no_expressions", expressions),
        trial("the_action_installs_the_package_of_the_gate", install_path),
        trial_with(
            &[BASH],
            "arguments_of_the_action_are_passed_unchanged",
            verbatim,
        ),
        trial_with(&[BASH], "the_action_fails_without_an_adapter", no_adapter),
    ]
}

/// The parsed action.
fn action() -> Yaml<'static> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../action/action.yml");
    let text: &'static str = std::fs::read_to_string(path).unwrap().leak();
    Yaml::load_from_str(text).unwrap().remove(0)
}

fn steps() -> Vec<(String, String)> {
    let action = action();
    let runs = &action["runs"];
    assert_eq!(runs["using"].as_str(), Some("composite"));
    let steps = runs["steps"].as_sequence().unwrap().iter();
    let scripts = steps.map(|step| {
        assert_eq!(step["shell"].as_str(), Some("bash"));
        let text = |key: &str| step[key].as_str().unwrap().to_owned();
        (text("name"), text("run"))
    });
    scripts.collect()
}

fn expressions() {
    let steps = steps();
    assert_eq!(steps.len(), 3);
    for (name, script) in steps {
        assert!(!script.contains("${{"), "{name}");
        assert!(!script.contains("eval"), "{name}");
    }
}

fn install_path() {
    let (_, script) = steps().remove(1);
    let (_, path) = script.split_once("--path \"$GITHUB_ACTION_PATH/").unwrap();
    let (path, _) = path.split_once('"').unwrap();
    let action = Path::new(env!("CARGO_MANIFEST_DIR")).join("../action");
    let manifest = std::fs::read_to_string(action.join(path).join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"fcgate\""), "{manifest}");
}

fn verbatim() {
    let project = Project::new();
    let (_, script) = steps().pop().unwrap();
    // Instead of the gate, a program that prints its arguments and exits with 3.
    project.write("gate", "printf '<%s>\\n' \"$@\"\nexit 3\n");
    let gate = "bash gate";
    let script = script.replace("\"$FCGATE\"", gate);
    assert!(script.contains(gate), "{script}");
    let written =
        "run\n--only\nsign.* $(touch caught) `touch caught`; touch caught\n\n--known\na b\"c'\n-q";
    let output = Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script])
        .current_dir(project.path("."))
        .env("ARGUMENTS", written)
        .env("GITHUB_OUTPUT", project.path("output"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let expected: Vec<String> = written
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| format!("<{line}>\n"))
        .collect();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected.concat());
    assert_eq!(project.read("output"), "exit=3\n");
    assert!(!project.path("caught").exists());
}

/// The step that runs the gate, with the value that the workflow gives to `reference`.
fn step(project: &Project, reference: &str, arguments: &str) -> (Option<i32>, String) {
    let action = action();
    let last = action["runs"]["steps"].as_sequence().unwrap().last();
    let required = last.unwrap()["env"]["FCGATE_REQUIRE_ADAPTER"].as_str();
    assert_eq!(required, Some("${{ inputs.reference != 'true' }}"));
    let (_, script) = steps().pop().unwrap();
    let output = Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script])
        .current_dir(project.path("."))
        .env("FCGATE", env!("CARGO_BIN_EXE_fcgate"))
        .env("ARGUMENTS", arguments)
        .env("FCGATE_REQUIRE_ADAPTER", (reference != "true").to_string())
        .env("GITHUB_OUTPUT", project.path("output"))
        .env_remove("GITHUB_ACTIONS")
        .output()
        .unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn no_adapter() {
    assert_eq!(
        action()["inputs"]["reference"]["default"].as_str(),
        Some("false")
    );
    let project = Project::new();
    let arguments = "run\n--only\nsign.fc-vectors.*\n--partial-ok";
    let (code, stderr) = step(&project, "false", arguments);
    assert_eq!(code, Some(2), "{stderr}");
    assert!(stderr.contains("no adapter is given"), "{stderr}");
    assert!(stderr.contains("fcgate.toml"), "{stderr}");
    // A configuration without an adapter is rejected too.
    project.write("fcgate.toml", "suite = \"2026.1\"\n");
    assert_eq!(step(&project, "false", arguments).0, Some(2));
    let (code, stderr) = step(&project, "true", arguments);
    assert_eq!(code, Some(0), "{stderr}");
    let gate = env!("CARGO_BIN_EXE_fcgate");
    let named = format!("{arguments}\n--\n{gate}\nreference");
    assert_eq!(step(&project, "false", &named).0, Some(0));
    assert_eq!(step(&project, "false", "list").0, Some(0));
}
