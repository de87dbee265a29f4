//! The templates for languages with a compiler: formatted, compiled, filled in, judged.

use libtest_mimic::Trial;

use crate::project::{Project, Said};
use crate::tool::is_missing;
use crate::trial;

const CASE: &str = "parse.recorded-scripts-error-bodies.400-lower-camel-body";
const SIGNED: &str = "sign.fc-vectors.fc-01";

pub(crate) fn trials() -> Vec<Trial> {
    let (java, go) = (is_missing("javac", false), is_missing("go", false));
    let gofmt = is_missing("gofmt", false);
    vec![
        trial("java_goes_green_when_it_is_filled_in", green_java).with_ignored_flag(java),
        trial(
            "java_answers_with_an_error_where_an_operation_throws",
            thrown,
        )
        .with_ignored_flag(java),
        trial("go_goes_green_when_it_is_filled_in", green_go).with_ignored_flag(go),
        trial("go_is_formatted_and_vetted", formatted).with_ignored_flag(go || gofmt),
    ]
}

fn java(changes: &[(&str, &str)], case: &str) -> Said {
    let path = "conformance/Adapter.java";
    let project = Project::changed("java", path, changes);
    let compiled = project.run("javac", &["-Werror", "-d", "classes", path]);
    assert_eq!(compiled.code, Some(0), "{}{}", compiled.out, compiled.err);
    let run = ["run", "--only", case, "--partial-ok", "--"];
    project.fcgate(&[&run[..], &["java", "-cp", "classes", "Adapter"]].concat())
}

/// The number of the status comes back as it went in.
fn green_java() {
    let missing = "\"payload_b64\", body));\n        throw new NotImplemented();";
    let filled = "\"payload_b64\", body));
        var body = new String(java.util.Base64.getDecoder().decode((String) given.get(\"body_b64\")), UTF_8);
        var document = (Map<?, ?>) new Json(body).value();
        var outcome = new LinkedHashMap<String, Object>();
        outcome.put(\"kind\", \"service_error\");
        outcome.put(\"status\", given.get(\"status\"));
        outcome.put(\"code\", document.get(\"errorCode\"));
        outcome.put(\"message\", document.get(\"errorMessage\"));
        for (var one : (List<?>) given.get(\"headers\")) {
            var header = (List<?>) one;
            if (((String) header.get(0)).equalsIgnoreCase(\"x-fc-request-id\")) outcome.put(\"request_id\", header.get(1));
        }
        return Map.of(\"outcome\", outcome);";
    let claim = ("List.of(); //", "List.of(\"parse\"); //");
    let said = java(&[claim, (missing, filled)], CASE);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
}

fn thrown() {
    let missing =
        "List.of(\"Authorization\", authorization)));\n        throw new NotImplemented();";
    let filled = "List.of(\"Authorization\", authorization)));
        var mac = javax.crypto.Mac.getInstance(\"HmacSHA256\");
        var path = new java.net.URI((String) given.get(\"url\")).getPath();
        return Map.of(\"headers\", List.of(mac.doFinal(path.getBytes(UTF_8))));";
    let claim = ("List.of(); //", "List.of(\"sign.fc\"); //");
    // The key is missing: what is thrown is the SDK's, and no word of what is not filled in.
    let said = java(&[claim, (missing, filled)], SIGNED);
    assert_eq!(said.code, Some(1), "{}{}", said.out, said.err);
    assert!(said.out.contains("IllegalStateException"), "{}", said.out);
    let filled = "List.of(\"Authorization\", authorization)));
        Map.of().put(\"a\", \"b\");
        return null;";
    let said = java(&[claim, (missing, filled)], SIGNED);
    assert_eq!(said.code, Some(1), "{}{}", said.out, said.err);
    assert!(
        said.out.contains("UnsupportedOperationException"),
        "{}",
        said.out
    );
}

fn green_go() {
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
    let compiled = project.run("go", &["build", "-o", "adapter", path]);
    assert_eq!(compiled.code, Some(0), "{}", compiled.err);
    let run = ["run", "--only", CASE, "--partial-ok", "--", "./adapter"];
    let said = project.fcgate(&run);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
}

fn formatted() {
    assert_formatted(&Project::of("go"));
}

/// Filled in or not: a claim must not move what stands beside it.
fn assert_formatted(project: &Project) {
    if is_missing("gofmt", false) {
        return;
    }
    let said = project.run("gofmt", &["-l", "conformance"]);
    assert_eq!(
        (said.code, said.out.as_str()),
        (Some(0), ""),
        "{}",
        said.err
    );
    let vetted = project.run("go", &["vet", "conformance/adapter.go"]);
    assert_eq!(vetted.code, Some(0), "{}", vetted.err);
}
