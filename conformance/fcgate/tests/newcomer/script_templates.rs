//! The templates for Python, Node, PHP and Ruby with an implementation of `parse`.

use libtest_mimic::Trial;

use crate::project::{CommandOutput, Project};
use crate::required_program::{NODE, PHP, PYTHON3, RUBY, trial_with};

const CASE: &str = "parse.recorded-scripts-error-bodies.400-both-bodies";

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial_with(
            &[PYTHON3],
            "a_declared_capability_without_an_implementation_fails",
            not_implemented,
        ),
        trial_with(
            &[PYTHON3],
            "the_python_template_passes_with_an_implementation",
            python_passes,
        ),
        trial_with(
            &[PYTHON3],
            "a_field_of_a_wrong_type_is_named_in_words",
            wrong_type,
        ),
        trial_with(
            &[PYTHON3],
            "an_empty_field_that_must_be_left_out_is_named_in_words",
            empty_field,
        ),
        trial_with(
            &[NODE],
            "the_node_template_passes_with_an_implementation",
            node_passes,
        ),
        trial_with(
            &[PHP],
            "the_php_template_passes_with_an_implementation",
            php_passes,
        ),
        trial_with(
            &[PHP],
            "warnings_of_php_are_not_part_of_a_reply",
            php_warning,
        ),
        trial_with(
            &[RUBY],
            "the_ruby_template_passes_with_an_implementation",
            ruby_passes,
        ),
        trial_with(
            &[PYTHON3],
            "the_python_template_distinguishes_refusals_from_exceptions",
            refusals,
        ),
    ]
}

/// Runs one case with the changed template.
fn judged(language: &str, path: &str, changes: &[(&str, &str)]) -> CommandOutput {
    Project::changed(language, path, changes).fcgate(&["run", "--only", CASE, "--partial-ok"])
}

const PYTHON: &str = "conformance/adapter.py";

/// The part of the template where the implementation of `parse` is missing.
const MISSING: &str = "\"request_id\": ...}}\n    raise NotImplementedError";

fn not_implemented() {
    let output = judged("python", PYTHON, &[("CAPS = []", "CAPS = ['parse']")]);
    assert_eq!(output.code, Some(1), "{}", output.stdout);
    assert!(output.stdout.contains("parse"), "{}", output.stdout);
}

fn python_passes() {
    let filled = "\"request_id\": ...}}
    import base64
    body = json.loads(base64.b64decode(given['body_b64']))
    ids = [value for name, value in given['headers'] if name.lower() == 'x-fc-request-id']
    return {'outcome': {'kind': 'service_error', 'status': given['status'], 'code': body['ErrorCode'],
                        'message': body['ErrorMessage'], 'request_id': (ids + [None])[0]}}";
    let changes = [("CAPS = []", "CAPS = ['parse']"), (MISSING, filled)];
    let output = judged("python", PYTHON, &changes);
    assert_eq!(output.code, Some(0), "{}{}", output.stdout, output.stderr);
}

fn wrong_type() {
    let filled = "\"request_id\": ...}}
    return {'outcome': {'kind': 'service_error', 'status': str(given['status'])}}";
    let changes = [("CAPS = []", "CAPS = ['parse']"), (MISSING, filled)];
    let output = judged("python", PYTHON, &changes);
    assert_eq!(output.code, Some(1), "{}{}", output.stdout, output.stderr);
    let sentence = "`outcome.status` is a text; a number is expected";
    assert!(output.stdout.contains(sentence), "{}", output.stdout);
}

/// A language with zero values writes every field of a structure unless it is told to leave them out.
fn empty_field() {
    let filled = "\"request_id\": ...}}
    return {'outcome': {'kind': 'completed', 'status': 200, 'payload_b64': given['body_b64'], 'request_id': ''}}";
    let changes = [("CAPS = []", "CAPS = ['parse']"), (MISSING, filled)];
    let case = "parse.recorded-scripts-headers.200-no-request-id";
    let output = Project::changed("python", PYTHON, &changes).fcgate(&[
        "run",
        "--only",
        case,
        "--partial-ok",
        "--report",
        "junit=fcgate.xml",
    ]);
    assert_eq!(output.code, Some(1), "{}{}", output.stdout, output.stderr);
    let sentence = "request_id is an empty text: leave the field out";
    assert!(output.stdout.contains(sentence), "{}", output.stdout);
}

fn node_passes() {
    let missing = "request_id: ... } };\n    throw new NotImplemented();";
    let filled = "request_id: ... } };
    const body = JSON.parse(Buffer.from(given.body_b64, 'base64'));
    const id = given.headers.find(([name]) => name.toLowerCase() === 'x-fc-request-id')?.[1];
    return { outcome: { kind: 'service_error', status: given.status, code: body.ErrorCode,
                        message: body.ErrorMessage, request_id: id } };";
    let changes = [("caps = [];", "caps = ['parse'];"), (missing, filled)];
    let output = judged("node", "conformance/adapter.mjs", &changes);
    assert_eq!(output.code, Some(0), "{}{}", output.stdout, output.stderr);
}

const PHP_MISSING: &str = "base64_encode($body)]];\n    throw new NotImplemented();";

fn php_passes() {
    let filled = "base64_encode($body)]];
    $body = json_decode(base64_decode($given['body_b64']), true);
    foreach ($given['headers'] as [$name, $value]) {
        if (strcasecmp($name, 'x-fc-request-id') === 0) {
            $id = $value;
        }
    }
    return ['outcome' => ['kind' => 'service_error', 'status' => $given['status'], 'code' => $body['ErrorCode'],
        'message' => $body['ErrorMessage'], 'request_id' => $id]];";
    let changes = [("CAPS = [];", "CAPS = ['parse'];"), (PHP_MISSING, filled)];
    let output = judged("php", "conformance/adapter.php", &changes);
    assert_eq!(output.code, Some(0), "{}{}", output.stdout, output.stderr);
}

fn php_warning() {
    let filled =
        "base64_encode($body)]];\n    return ['outcome' => ['kind' => $given['no such key']]];";
    let changes = [("CAPS = [];", "CAPS = ['parse'];"), (PHP_MISSING, filled)];
    let output = judged("php", "conformance/adapter.php", &changes);
    assert_eq!(output.code, Some(1), "{}{}", output.stdout, output.stderr);
}

fn ruby_passes() {
    let missing = "request_id: id } }\n  raise NotImplemented";
    let filled = "request_id: id } }
  body = JSON.parse(given[\"body_b64\"].unpack1(\"m0\"))
  id = given[\"headers\"].find { |name, _| name.casecmp?(\"x-fc-request-id\") }&.last
  { outcome: { kind: \"service_error\", status: given[\"status\"], code: body[\"ErrorCode\"],
               message: body[\"ErrorMessage\"], request_id: id } }";
    let changes = [("CAPS = []", "CAPS = [\"parse\"]"), (missing, filled)];
    let output = judged("ruby", "conformance/adapter.rb", &changes);
    assert_eq!(output.code, Some(0), "{}{}", output.stdout, output.stderr);
}

fn refusals() {
    let claim = ("CAPS = []", "CAPS = ['parse']");
    let refuses = "\"request_id\": ...}}\n    raise Refused";
    let fails = "\"request_id\": ...}}\n    raise ValueError('the key is in here')";
    let output = judged("python", PYTHON, &[claim, (MISSING, refuses)]);
    assert_eq!(output.code, Some(1), "{}", output.stdout);
    assert!(output.stdout.contains("input"), "{}", output.stdout);
    let output = judged("python", PYTHON, &[claim, (MISSING, fails)]);
    assert_eq!(output.code, Some(1), "{}", output.stdout);
    assert!(output.stdout.contains("ValueError"), "{}", output.stdout);
    assert!(!output.stdout.contains("the key"), "{}", output.stdout);
}
