//! The composite action: nothing that somebody writes into a workflow is looked at by a shell.

use std::path::Path;
use std::process::Command;

use libtest_mimic::Trial;
use saphyr::{LoadableYamlNode as _, Yaml};

use crate::project::Project;
use crate::tool::is_missing;
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    let bash = is_missing("bash", true);
    vec![
        trial("no_script_of_the_action_holds_an_expression", expressions),
        trial("every_argument_arrives_as_it_was_written", verbatim).with_ignored_flag(bash),
        trial("the_action_fails_where_there_is_no_adapter", no_adapter).with_ignored_flag(bash),
    ]
}

/// The action, read.
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
    let told = steps.map(|step| {
        assert_eq!(step["shell"].as_str(), Some("bash"));
        let text = |key: &str| step[key].as_str().unwrap().to_owned();
        (text("name"), text("run"))
    });
    told.collect()
}

fn expressions() {
    let steps = steps();
    assert_eq!(steps.len(), 2);
    for (name, script) in steps {
        assert!(!script.contains("${{"), "{name}");
        assert!(!script.contains("eval"), "{name}");
    }
}

fn verbatim() {
    let project = Project::new();
    let (_, script) = steps().pop().unwrap();
    // In the place of the gate, a program that tells its arguments and fails as the gate does.
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
    let told: Vec<String> = written
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| format!("<{line}>\n"))
        .collect();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), told.concat());
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
    let few = "run\n--only\nsign.fc-vectors.*\n--partial-ok";
    let (code, said) = step(&project, "false", few);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("no adapter is given"), "{said}");
    assert!(said.contains("fcgate.toml"), "{said}");
    // A file that names none is as bad as no file.
    project.write("fcgate.toml", "suite = \"2026.1\"\n");
    assert_eq!(step(&project, "false", few).0, Some(2));
    let (code, said) = step(&project, "true", few);
    assert_eq!(code, Some(0), "{said}");
    let gate = env!("CARGO_BIN_EXE_fcgate");
    let named = format!("{few}\n--\n{gate}\nreference");
    assert_eq!(step(&project, "false", &named).0, Some(0));
    assert_eq!(step(&project, "false", "list").0, Some(0));
}
