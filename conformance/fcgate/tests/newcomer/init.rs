//! `fcgate init`: what it writes, what it leaves alone, and that what it writes runs.

use libtest_mimic::Trial;

use crate::project::{Project, Said};
use crate::tool::is_missing;
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    let of = |language: &str, ignored: bool, test: fn()| {
        trial(&format!("{language}_answers_honestly_as_it_is"), test).with_ignored_flag(ignored)
    };
    vec![
        trial("init_writes_all_of_it_or_nothing", all_or_nothing),
        trial("init_writes_over_files_when_it_is_forced", forced),
        trial("init_names_the_folder_that_it_cannot_make", no_folder),
        trial("what_init_says_is_next_enters_the_folder", enters),
        trial(
            "init_tells_where_github_ignores_its_workflow",
            ignored_workflow,
        ),
        trial("an_adapter_is_short", short),
        trial("the_configuration_of_every_language_is_read", configured),
        of("python", is_missing("python3", true), || {
            honest("python", &[]);
        }),
        of("node", is_missing("node", true), || honest("node", &[])),
        of("rust", false, rust),
        of("java", is_missing("javac", false), java),
        of("go", is_missing("go", false), go),
    ]
}

fn all_or_nothing() {
    let project = Project::new();
    project.write("fcgate.toml", "mine");
    let said = project.fcgate(&["init", "python"]);
    assert_eq!(said.code, Some(2));
    assert!(
        said.err.contains("fcgate.toml exists already; nothing"),
        "{}",
        said.err
    );
    assert!(said.err.contains("--force"), "{}", said.err);
    assert_eq!(project.read("fcgate.toml"), "mine");
    assert!(!project.path("conformance").exists());

    assert_eq!(
        project.fcgate(&["init", "python", "--dir", "sdk"]).code,
        Some(0)
    );
    assert!(project.path("sdk/conformance/adapter.py").exists());
}

fn forced() {
    let project = Project::new();
    project.write("fcgate.toml", "mine");
    assert_eq!(project.fcgate(&["init", "go", "--force"]).code, Some(0));
    assert!(project.read("fcgate.toml").contains("adapter.go"));
}

fn no_folder() {
    let project = Project::new();
    project.write("file", "");
    let said = project.fcgate(&["init", "node", "--dir", "file"]);
    assert_eq!(said.code, Some(2));
    assert!(
        said.err.contains("adapter.mjs cannot be written"),
        "{}",
        said.err
    );
}

fn enters() {
    let project = Project::new();
    for (folder, command) in [
        ("sub", "cd sub && fcgate run "),
        ("my sdk", "cd 'my sdk' && fcgate run "),
    ] {
        let said = project.fcgate(&["init", "python", "--dir", folder]);
        assert!(
            said.out.contains(&format!("\nnext: {command}")),
            "{}",
            said.out
        );
    }
    let said = project.fcgate(&["init", "rust", "--dir", "crate"]);
    for line in [
        "\nnext: cd crate && cargo test ",
        "\nthen: cd crate && fcgate run ",
    ] {
        assert!(said.out.contains(line), "{}", said.out);
    }
}

fn ignored_workflow() {
    let project = Project::new();
    std::fs::create_dir(project.path(".git")).unwrap();
    let hint = |arguments: &[&str]| {
        let said = project.fcgate(&[&["init", "python"], arguments].concat());
        assert_eq!(said.code, Some(0), "{}", said.err);
        said.out.contains("hint: GitHub reads workflows") && said.out.contains("sdk/python")
    };
    assert!(!hint(&[]));
    assert!(hint(&["--dir", "sdk/python"]));
}

fn short() {
    for (language, path, most) in [
        ("python", "conformance/adapter.py", 60),
        ("node", "conformance/adapter.mjs", 60),
        ("rust", "tests/conformance.rs", 25),
    ] {
        let lines = Project::of(language).read(path).lines().count();
        assert!(lines <= most, "{language}: {lines} lines");
    }
}

fn configured() {
    for language in ["python", "node", "go", "java", "rust"] {
        let text = Project::of(language).read("fcgate.toml");
        let config = fcgate::config::Config::read(&text, "fcgate.toml").unwrap();
        assert_eq!(config.suite, Some(fcgate_protocol::Suite::CURRENT));
        assert!(config.adapter.len() > 1, "{language}");
    }
}

/// Runs the gate as the workflow does: nothing is claimed, nothing fails, nothing is proven.
fn honest(language: &str, adapter: &[&str]) {
    let project = Project::of(language);
    let mut arguments = vec!["run", "--report", "json=report.json"];
    arguments.extend(adapter);
    assert_incomplete(&project, &project.fcgate(&arguments));
}

fn assert_incomplete(project: &Project, said: &Said) {
    let told = format!("{}{}", said.out, said.err);
    assert_eq!(said.code, Some(3), "{told}");
    assert!(said.out.contains("verdict: incomplete (exit 3)"), "{told}");
    assert!(said.out.contains("\nnext: declare the adapter"), "{told}");
    let report = project.report();
    assert_eq!(report["subject"]["name"], "my-sdk");
    let cases = report["cases"].as_array().unwrap().len();
    assert_eq!(report["counts"]["unsupported"], cases);
    assert_eq!(report["warnings"], serde_json::json!([]));
}

fn rust() {
    let itself = std::env::current_exe().unwrap();
    honest("rust", &["--", itself.to_str().unwrap(), "--adapter"]);
}

/// Compiled first: how long a compiler takes is not what is tested.
fn java() {
    let project = Project::of("java");
    let compiled = project.run("javac", &["-d", "classes", "conformance/Adapter.java"]);
    assert_eq!(compiled.code, Some(0), "{}", compiled.err);
    let run = ["run", "--report", "json=report.json", "--"];
    let said = project.fcgate(&[&run[..], &["java", "-cp", "classes", "Adapter"]].concat());
    assert_incomplete(&project, &said);
}

fn go() {
    let project = Project::of("go");
    let compiled = project.run("go", &["build", "-o", "adapter", "conformance/adapter.go"]);
    assert_eq!(compiled.code, Some(0), "{}", compiled.err);
    let said = project.fcgate(&["run", "--report", "json=report.json", "--", "./adapter"]);
    assert_incomplete(&project, &said);
}
