//! The templates for Java, Go and C#: they are formatted, compile, and pass with an implementation.

use libtest_mimic::Trial;

use crate::project::{CommandOutput, Project};
use crate::required_program::{DOTNET, GO, GOFMT, JAVAC, MCS, MONO, trial_with};

const CASE: &str = "parse.recorded-scripts-error-bodies.400-both-bodies";
const SIGNED: &str = "sign.fc-vectors.fc-01";

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial_with(
            &[JAVAC],
            "the_java_template_passes_with_an_implementation",
            java_passes,
        ),
        trial_with(
            &[JAVAC],
            "the_java_template_reports_exceptions_as_errors",
            thrown,
        ),
        trial_with(
            &[MCS, MONO],
            "the_csharp_template_passes_with_an_implementation_under_mono",
            csharp_passes_under_mono,
        ),
        trial_with(
            &[DOTNET],
            "the_csharp_template_passes_with_an_implementation",
            csharp_passes,
        ),
        trial_with(
            &[GO, GOFMT],
            "the_go_template_passes_with_an_implementation",
            go_passes,
        ),
        trial_with(
            &[GO],
            "a_go_adapter_that_does_not_compile_ends_the_run_with_the_errors_of_the_compiler",
            go_does_not_compile,
        ),
        trial_with(
            &[GO, GOFMT],
            "the_go_template_is_formatted_and_vetted",
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

/// The status must be returned as a number.
fn java_passes() {
    let missing = "\"payload_b64\", body));\n        throw new NotImplemented();";
    let filled = "\"payload_b64\", body));
        var body = new String(java.util.Base64.getDecoder().decode((String) given.get(\"body_b64\")), UTF_8);
        var document = (Map<?, ?>) new Json(body).value();
        var outcome = new LinkedHashMap<String, Object>();
        outcome.put(\"kind\", \"service_error\");
        outcome.put(\"status\", given.get(\"status\"));
        outcome.put(\"code\", document.get(\"ErrorCode\"));
        outcome.put(\"message\", document.get(\"ErrorMessage\"));
        for (var one : (List<?>) given.get(\"headers\")) {
            var header = (List<?>) one;
            if (((String) header.get(0)).equalsIgnoreCase(\"x-fc-request-id\")) outcome.put(\"request_id\", header.get(1));
        }
        return Map.of(\"outcome\", outcome);";
    let claim = ("List.of(); //", "List.of(\"parse\"); //");
    let output = java(&[claim, (missing, filled)], CASE);
    assert_eq!(output.code, Some(0), "{}{}", output.stdout, output.stderr);
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

/// The C# template with an implementation of `parse`.
fn csharp() -> Project {
    let missing = "Convert.ToBase64String(body) } };\n        throw new NotImplemented();";
    let filled = "Convert.ToBase64String(body) } };
        var body = JsonDocument.Parse(given.GetProperty(\"body_b64\").GetBytesFromBase64()).RootElement;
        var outcome = new Map { [\"kind\"] = \"service_error\", [\"status\"] = given.GetProperty(\"status\").GetInt32() };
        outcome[\"code\"] = body.GetProperty(\"ErrorCode\").GetString();
        outcome[\"message\"] = body.GetProperty(\"ErrorMessage\").GetString();
        foreach (var header in given.GetProperty(\"headers\").EnumerateArray())
        {
            if (header[0].GetString().ToLowerInvariant() == \"x-fc-request-id\") outcome[\"request_id\"] = header[1].GetString();
        }
        return new Map { [\"outcome\"] = outcome };";
    let claim = ("Caps = { };", "Caps = { \"parse\" };");
    Project::changed(
        "csharp",
        "conformance/Adapter.cs",
        &[claim, (missing, filled)],
    )
}

fn csharp_passes() {
    let output = csharp().fcgate(&["run", "--only", CASE, "--partial-ok"]);
    assert_eq!(output.code, Some(0), "{}{}", output.stdout, output.stderr);
}

/// Mono compiles and runs the same source with a substitute for the JSON library of .NET.
fn csharp_passes_under_mono() {
    let project = csharp();
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

fn go_passes() {
    let missing = "\"payload_b64\": body}}, nil\n\treturn nil, errUnsupported";
    let filled = "\"payload_b64\": body}}, nil
	var in struct {
		Status  int
		Headers [][2]string
		Body    []byte `json:\"body_b64\"`
	}
	var body struct{ ErrorCode, ErrorMessage string }
	if err := json.Unmarshal(given, &in); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(in.Body, &body); err != nil {
		return nil, err
	}
	outcome := object{\"kind\": \"service_error\", \"status\": in.Status, \"code\": body.ErrorCode, \"message\": body.ErrorMessage}
	for _, header := range in.Headers {
		if header[0] == \"X-Fc-Request-Id\" || header[0] == \"x-fc-request-id\" {
			outcome[\"request_id\"] = header[1]
		}
	}
	return object{\"outcome\": outcome}, nil";
    let claim = ("caps = []string{}", "caps = []string{\"parse\"}");
    let path = "conformance/adapter.go";
    let project = Project::changed("go", path, &[claim, (missing, filled)]);
    assert_formatted(&project);
    let output = project.fcgate(&["run", "--only", CASE, "--partial-ok"]);
    assert_eq!(output.code, Some(0), "{}{}", output.stdout, output.stderr);
}

fn formatted() {
    assert_formatted(&Project::of("go"));
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

/// Checks the format, also after a capability was declared.
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
