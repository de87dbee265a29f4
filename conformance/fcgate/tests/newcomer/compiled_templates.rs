//! The templates for Java, Go and C#: they are formatted, compile, and report exceptions. `start_pages` judges them.

use libtest_mimic::Trial;

use crate::project::{CommandOutput, Project};
use crate::required_program::{GO, GOFMT, JAVAC, MCS, MONO, trial_with};
use crate::start_pages::changed_project;

const CASE: &str = "parse.recorded-scripts-error-bodies.400-both-bodies";
const SIGNED: &str = "sign.fc-vectors.fc-01";

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial_with(
            &[JAVAC],
            "the_java_template_reports_exceptions_as_errors",
            thrown,
        ),
        trial_with(
            &[MCS, MONO],
            "the_csharp_page_passes_its_case_under_mono",
            csharp_passes_under_mono,
        ),
        trial_with(
            &[GO],
            "a_go_adapter_that_does_not_compile_ends_the_run_with_the_errors_of_the_compiler",
            go_does_not_compile,
        ),
        trial_with(
            &[GO, GOFMT],
            "the_go_template_and_its_page_are_formatted_and_vetted",
            formatted,
        ),
    ]
}

fn java(changes: &[(&str, &str)], case: &str) -> CommandOutput {
    let path = "conformance/Adapter.java";
    let project = Project::changed("java", path, changes);
    let compiled = project.run("javac", &["-Werror", "-d", "classes", path]);
    assert_eq!(
        compiled.code,
        Some(0),
        "{}{}",
        compiled.stdout,
        compiled.stderr
    );
    let run = ["run", "--only", case, "--partial-ok", "--"];
    project.fcgate(&[&run[..], &["java", "-cp", "classes", "Adapter"]].concat())
}

fn thrown() {
    let missing =
        "List.of(\"Authorization\", authorization)));\n        throw new NotImplemented();";
    let filled = "List.of(\"Authorization\", authorization)));
        var mac = javax.crypto.Mac.getInstance(\"HmacSHA256\");
        var path = new java.net.URI((String) given.get(\"url\")).getPath();
        return Map.of(\"headers\", List.of(mac.doFinal(path.getBytes(UTF_8))));";
    let claim = ("List.of(); //", "List.of(\"sign.fc\"); //");
    // The exception comes from the missing key, not from the template.
    let output = java(&[claim, (missing, filled)], SIGNED);
    assert_eq!(output.code, Some(1), "{}{}", output.stdout, output.stderr);
    assert!(
        output.stdout.contains("IllegalStateException"),
        "{}",
        output.stdout
    );
    let filled = "List.of(\"Authorization\", authorization)));
        Map.of().put(\"a\", \"b\");
        return null;";
    let output = java(&[claim, (missing, filled)], SIGNED);
    assert_eq!(output.code, Some(1), "{}{}", output.stdout, output.stderr);
    assert!(
        output.stdout.contains("UnsupportedOperationException"),
        "{}",
        output.stdout
    );
}

/// Mono compiles and runs the adapter of the page with a substitute for the JSON library of .NET.
fn csharp_passes_under_mono() {
    let project = changed_project("csharp");
    project.write("json.cs", include_str!("system_text_json.cs"));
    let files = ["conformance/Adapter.cs", "json.cs"];
    let options = [
        "-warnaserror",
        "-r:System.Web.Extensions",
        "-out:adapter.exe",
    ];
    let compiled = project.run("mcs", &[&options[..], &files].concat());
    assert_eq!(
        compiled.code,
        Some(0),
        "{}{}",
        compiled.stdout,
        compiled.stderr
    );
    let run = [
        "run",
        "--only",
        CASE,
        "--partial-ok",
        "--",
        "mono",
        "adapter.exe",
    ];
    let output = project.fcgate(&run);
    assert_eq!(output.code, Some(0), "{}{}", output.stdout, output.stderr);
}

fn formatted() {
    assert_formatted(&Project::of("go"));
    assert_formatted(&changed_project("go"));
}

/// The compiler of a cold cache may be slower than the limit of `hello`; the shown command is that of `prepare`.
fn go_does_not_compile() {
    let path = "conformance/adapter.go";
    let project = Project::changed(
        "go",
        path,
        &[("func main() {", "func main() {\n\tundefined()")],
    );
    let output = project.fcgate(&["run"]);
    assert_eq!(output.code, Some(5), "{}{}", output.stdout, output.stderr);
    for part in [
        "prepare: the command exited with status 1",
        "go build",
        "undefined: undefined",
    ] {
        assert!(output.stderr.contains(part), "{}", output.stderr);
    }
}

fn assert_formatted(project: &Project) {
    let output = project.run("gofmt", &["-l", "conformance"]);
    assert_eq!(
        (output.code, output.stdout.as_str()),
        (Some(0), ""),
        "{}",
        output.stderr
    );
    let vetted = project.run("go", &["vet", "conformance/adapter.go"]);
    assert_eq!(vetted.code, Some(0), "{}", vetted.stderr);
}
