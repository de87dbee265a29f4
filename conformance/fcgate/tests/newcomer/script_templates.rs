//! The templates for Python and PHP with a wrong implementation. `start_pages` judges a right one in each language.

use libtest_mimic::Trial;

use crate::project::{CommandOutput, Project};
use crate::required_program::{PHP, PYTHON3, trial_with};

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
            "a_field_of_a_wrong_type_is_named_in_words",
            wrong_type,
        ),
        trial_with(
            &[PYTHON3],
            "an_empty_field_that_must_be_left_out_is_named_in_words",
            empty_field,
        ),
        trial_with(
            &[PHP],
            "warnings_of_php_are_not_part_of_a_reply",
            php_warning,
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

const PHP_MISSING: &str = "base64_encode($body)]];\n    throw new NotImplemented();";

fn php_warning() {
    let filled =
        "base64_encode($body)]];\n    return ['outcome' => ['kind' => $given['no such key']]];";
    let changes = [("CAPS = [];", "CAPS = ['parse'];"), (PHP_MISSING, filled)];
    let output = judged("php", "conformance/adapter.php", &changes);
    assert_eq!(output.code, Some(1), "{}{}", output.stdout, output.stderr);
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
