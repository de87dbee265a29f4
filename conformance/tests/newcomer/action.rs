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
    ]
}

fn steps() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("action/action.yml");
    let text = std::fs::read_to_string(path).unwrap();
    let documents = Yaml::load_from_str(&text).unwrap();
    let runs = &documents[0]["runs"];
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
