//! The workflows of CI that `fcgate init` writes.

use libtest_mimic::Trial;
use saphyr::{LoadableYamlNode as _, Yaml};

use crate::project::Project;
use crate::required_program::{PYTHON3, trial_with};
use crate::trial;

const ACTION: &str = "fc-invoke/fc-invoke/conformance/action@v";

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("every_workflow_uses_the_action_of_this_version", versions),
        trial(
            "checkouts_of_the_workflows_do_not_persist_credentials",
            persisted_credentials,
        ),
        trial("every_workflow_explains_exit_3_of_the_first_run", first_run),
        trial(
            "no_step_before_the_gate_checks_the_sdk_itself",
            no_check_of_the_sdk,
        ),
        trial_with(
            &[PYTHON3],
            "the_arguments_of_the_workflow_write_its_reports",
            run,
        ),
    ]
}

pub(crate) const LANGUAGES: [&str; 8] = [
    "python", "node", "go", "java", "rust", "php", "ruby", "csharp",
];
const WORKFLOW: &str = ".github/workflows/conformance.yml";

/// The arguments that the workflow of a language gives to the action.
fn arguments(language: &str) -> Vec<String> {
    let text = Project::of(language).read(WORKFLOW);
    let documents = Yaml::load_from_str(&text).unwrap();
    let job = &documents[0]["jobs"]["fcgate"];
    let steps = job["steps"].as_sequence().unwrap();
    let step = steps.iter().find(|step| {
        let uses = step.as_mapping_get("uses").and_then(Yaml::as_str);
        uses.is_some_and(|uses| uses.strip_prefix(ACTION) == Some(env!("CARGO_PKG_VERSION")))
    });
    let step = step.unwrap_or_else(|| panic!("{language}: no action"));
    let arguments = step["with"]["arguments"].as_str().unwrap();
    arguments.lines().map(str::to_owned).collect()
}

fn versions() {
    for language in LANGUAGES {
        assert_eq!(arguments(language)[0], "run", "{language}");
    }
}

fn persisted_credentials() {
    for language in LANGUAGES {
        let text = Project::of(language).read(WORKFLOW);
        let documents = Yaml::load_from_str(&text).unwrap();
        let steps = documents[0]["jobs"]["fcgate"]["steps"].as_sequence();
        let first = &steps.unwrap()[0];
        let uses = first["uses"].as_str().unwrap();
        assert!(uses.starts_with("actions/checkout@"), "{language}: {uses}");
        let kept = first["with"]["persist-credentials"].as_bool();
        assert_eq!(kept, Some(false), "{language}");
    }
}

fn first_run() {
    for language in LANGUAGES {
        let text = Project::of(language).read(WORKFLOW);
        let (before, _) = text.split_once(ACTION).unwrap();
        let comment = before.lines().rev().nth(1).unwrap();
        assert!(comment.contains("# Exit 3"), "{language}: {comment}");
    }
}

/// A step that fails in the SDK itself, such as `go vet`, would keep the gate from running.
fn no_check_of_the_sdk() {
    for language in LANGUAGES {
        let text = Project::of(language).read(WORKFLOW);
        let documents = Yaml::load_from_str(&text).unwrap();
        let steps = documents[0]["jobs"]["fcgate"]["steps"].as_sequence();
        for step in steps.unwrap() {
            let run = step.as_mapping_get("run").and_then(Yaml::as_str);
            assert_eq!(run, None, "{language}");
        }
    }
}

fn run() {
    let project = Project::of("python");
    let arguments = arguments("python");
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert_eq!(project.fcgate(&arguments).code, Some(3));
    for report in ["fcgate.xml", "fcgate.html"] {
        assert!(project.path(report).exists(), "{report}");
    }
}
