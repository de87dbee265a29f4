//! `fcgate init`: the files that it writes, its messages, and a run of each unchanged template.

use libtest_mimic::Trial;

use crate::project::{CommandOutput, Project};
use crate::required_program::{DOTNET, GO, JAVAC, NODE, PHP, PYTHON3, Program, RUBY, trial_with};
use crate::trial;
use crate::workflow::LANGUAGES;

pub(crate) fn trials() -> Vec<Trial> {
    let unchanged = |language: &str, programs: &[Program], test: fn()| {
        let name = format!("the_unchanged_{language}_template_gives_an_incomplete_run");
        trial_with(programs, &name, test)
    };
    vec![
        trial("init_writes_no_file_if_one_exists", existing_file),
        trial("init_with_force_overwrites_files", force),
        trial("init_names_the_file_that_it_cannot_write", no_folder),
        trial(
            "next_steps_of_init_start_with_cd_into_the_folder",
            next_steps,
        ),
        trial(
            "init_warns_about_a_workflow_that_github_ignores",
            ignored_workflow,
        ),
        trial("adapter_templates_are_short", short),
        trial(
            "the_configuration_of_every_template_is_valid",
            configurations,
        ),
        unchanged("python", &[PYTHON3], || incomplete("python", &[])),
        unchanged("node", &[NODE], || incomplete("node", &[])),
        unchanged("rust", &[], rust),
        unchanged("java", &[JAVAC], java),
        // `prepare` builds it. The other programs have no such step, or need none.
        unchanged("go", &[GO], || incomplete("go", &[])),
        unchanged("csharp", &[DOTNET], || incomplete("csharp", &[])),
        unchanged("php", &[PHP], || incomplete("php", &[])),
        unchanged("ruby", &[RUBY], || incomplete("ruby", &[])),
        trial(
            "init_with_another_language_points_to_the_protocol",
            other_language,
        ),
        trial("init_accepts_other_names_of_a_language", aliases),
    ]
}

fn existing_file() {
    let project = Project::new();
    project.write("fcgate.toml", "mine");
    let output = project.fcgate(&["init", "python"]);
    assert_eq!(output.code, Some(2));
    insta::assert_snapshot!(output.stderr, @r"
error: fcgate.toml exists already; nothing was written
  help: --force overwrites files, --dir selects another folder
");
    assert_eq!(project.read("fcgate.toml"), "mine");
    assert!(!project.path("conformance").exists());

    assert_eq!(
        project.fcgate(&["init", "python", "--dir", "sdk"]).code,
        Some(0)
    );
    assert!(project.path("sdk/conformance/adapter.py").exists());
}

fn force() {
    let project = Project::new();
    project.write("fcgate.toml", "mine");
    assert_eq!(project.fcgate(&["init", "go", "--force"]).code, Some(0));
    assert!(project.read("fcgate.toml").contains("adapter.go"));
}

fn no_folder() {
    let project = Project::new();
    project.write("file", "");
    let output = project.fcgate(&["init", "node", "--dir", "file"]);
    assert_eq!(output.code, Some(2));
    assert!(
        output.stderr.contains("adapter.mjs cannot be written"),
        "{}",
        output.stderr
    );
}

fn next_steps() {
    let project = Project::new();
    let of = |language: &str, folder: &str| {
        let output = project.fcgate(&["init", language, "--dir", folder]);
        let next = output.stdout.split_once("\n\n").unwrap().1;
        format!("{language} {folder}\n{next}")
    };
    let next = [("python", "sub"), ("python", "my sdk"), ("rust", "crate")];
    insta::assert_snapshot!(next.map(|(language, folder)| of(language, folder)).join("\n"), @r#"
python sub
next: cd sub && fcgate run    (exit code 3 until the adapter declares a capability)

python my sdk
next: cd 'my sdk' && fcgate run    (exit code 3 until the adapter declares a capability)

rust crate
add to Cargo.toml:

  [dev-dependencies]
  fc-conformance = "0.1"

  [[test]]
  name = "conformance"
  harness = false

next: cd crate && cargo test --test conformance    (one test fails until the adapter declares a capability)
then: cd crate && fcgate run                       (builds the test, and also writes reports)
"#);
}

fn ignored_workflow() {
    let project = Project::new();
    std::fs::create_dir(project.path(".git")).unwrap();
    let hint = |arguments: &[&str]| {
        let output = project.fcgate(&[&["init", "python"], arguments].concat());
        assert_eq!(output.code, Some(0), "{}", output.stderr);
        output.stdout.contains("hint: GitHub reads workflows")
            && output.stdout.contains("sdk/python")
    };
    assert!(!hint(&[]));
    assert!(hint(&["--dir", "sdk/python"]));
}

fn short() {
    for (language, path, most) in [
        ("python", "conformance/adapter.py", 62),
        ("node", "conformance/adapter.mjs", 60),
        ("rust", "tests/conformance.rs", 25),
        ("php", "conformance/adapter.php", 95),
        ("ruby", "conformance/adapter.rb", 75),
    ] {
        let lines = Project::of(language).read(path).lines().count();
        assert!(lines <= most, "{language}: {lines} lines");
    }
}

fn configurations() {
    for language in LANGUAGES {
        let text = Project::of(language).read("fcgate.toml");
        let config = fcgate::config::Config::read(&text, "fcgate.toml").unwrap();
        assert_eq!(config.suite, Some(fcgate_protocol::Suite::CURRENT));
        assert!(!config.adapter.is_empty(), "{language}");
        // The first start of a command that compiles is slower than the limit of `hello`.
        let compiles = ["run", "build"]
            .iter()
            .any(|word| config.adapter.contains(&(*word).to_owned()));
        assert!(!compiles, "{language}");
    }
}

/// Runs the gate as the workflow does. The template declares no capability, so the run is incomplete.
fn incomplete(language: &str, adapter: &[&str]) {
    let project = Project::of(language);
    let mut arguments = vec!["run", "--report", "json=report.json"];
    arguments.extend(adapter);
    assert_incomplete(&project, &project.fcgate(&arguments));
}

fn assert_incomplete(project: &Project, output: &CommandOutput) {
    let text = format!("{}{}", output.stdout, output.stderr);
    assert_eq!(output.code, Some(3), "{text}");
    assert!(
        output.stdout.contains("verdict: incomplete (exit 3)"),
        "{text}"
    );
    assert!(
        output.stdout.contains("\nnext: declare the adapter"),
        "{text}"
    );
    let report = project.report();
    assert_eq!(report["subject"]["name"], "my-sdk");
    let cases = report["cases"].as_array().unwrap().len();
    assert_eq!(report["counts"]["unsupported"], cases);
    assert_eq!(report["warnings"], serde_json::json!([]));
}

fn rust() {
    let itself = std::env::current_exe().unwrap();
    incomplete("rust", &["--", itself.to_str().unwrap(), "--adapter"]);
}

/// Compiles first, so that the time of the compiler does not count.
fn java() {
    let project = Project::of("java");
    let compiled = project.run("javac", &["-d", "classes", "conformance/Adapter.java"]);
    assert_eq!(compiled.code, Some(0), "{}", compiled.stderr);
    let run = ["run", "--report", "json=report.json", "--"];
    let output = project.fcgate(&[&run[..], &["java", "-cp", "classes", "Adapter"]].concat());
    assert_incomplete(&project, &output);
}

fn other_language() {
    let project = Project::new();
    let error = |language: &str| {
        let output = project.fcgate(&["init", language]);
        assert_eq!(output.code, Some(2));
        output.stderr
    };
    insta::assert_snapshot!(error("kotlin"), @r"
error: no template for 'kotlin'
  templates: python, node, go, java, rust, php, ruby, csharp
  help: an adapter can be written in any language, see https://github.com/fc-invoke/fc-invoke/blob/main/docs/adapter-protocol.md
");
    assert!(error("pyhton").contains("no template for 'pyhton'; did you mean 'python'?"));
    assert!(!error("\u{1b}[2J").contains('\u{1b}'));
    assert!(!project.path("fcgate.toml").exists());
}

fn aliases() {
    for (name, file) in [
        ("typescript", "conformance/adapter.mjs"),
        ("golang", "conformance/adapter.go"),
        ("c#", "conformance/Adapter.csproj"),
    ] {
        assert!(Project::of(name).path(file).exists(), "{name}");
    }
}
