//! The templates with something filled in: what is claimed is judged.

use libtest_mimic::Trial;

use crate::project::{Project, Said};
use crate::tool::is_missing;
use crate::trial;

const CASE: &str = "parse.recorded-scripts-error-bodies.400-lower-camel-body";

pub(crate) fn trials() -> Vec<Trial> {
    let (python, node) = (is_missing("python3", true), is_missing("node", true));
    vec![
        trial("what_is_claimed_and_not_there_is_red", not_there).with_ignored_flag(python),
        trial("python_goes_green_when_it_is_filled_in", green_python).with_ignored_flag(python),
        trial("node_goes_green_when_it_is_filled_in", green_node).with_ignored_flag(node),
        trial("a_refusal_is_told_from_a_fault", refused).with_ignored_flag(python),
    ]
}

/// The template with these changes, judged by one case.
fn judged(language: &str, path: &str, changes: &[(&str, &str)]) -> Said {
    Project::changed(language, path, changes).fcgate(&["run", "--only", CASE, "--partial-ok"])
}

const PYTHON: &str = "conformance/adapter.py";

/// The part of the template from which `parse` begins to be missing.
const MISSING: &str = "\"request_id\": ...}}\n    raise NotImplementedError";

fn not_there() {
    let said = judged("python", PYTHON, &[("CAPS = []", "CAPS = ['parse']")]);
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(said.out.contains("parse"), "{}", said.out);
}

fn green_python() {
    let filled = "\"request_id\": ...}}
    import base64
    body = json.loads(base64.b64decode(given['body_b64']))
    ids = [value for name, value in given['headers'] if name.lower() == 'x-fc-request-id']
    return {'outcome': {'kind': 'service_error', 'status': given['status'], 'code': body['errorCode'],
                        'message': body['errorMessage'], 'request_id': (ids + [None])[0]}}";
    let changes = [("CAPS = []", "CAPS = ['parse']"), (MISSING, filled)];
    let said = judged("python", PYTHON, &changes);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
}

fn green_node() {
    let missing = "request_id: ... } };\n    throw new NotImplemented();";
    let filled = "request_id: ... } };
    const body = JSON.parse(Buffer.from(given.body_b64, 'base64'));
    const id = given.headers.find(([name]) => name.toLowerCase() === 'x-fc-request-id')?.[1];
    return { outcome: { kind: 'service_error', status: given.status, code: body.errorCode,
                        message: body.errorMessage, request_id: id } };";
    let changes = [("caps = [];", "caps = ['parse'];"), (missing, filled)];
    let said = judged("node", "conformance/adapter.mjs", &changes);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
}

fn refused() {
    let claim = ("CAPS = []", "CAPS = ['parse']");
    let refuses = "\"request_id\": ...}}\n    raise Refused";
    let fails = "\"request_id\": ...}}\n    raise ValueError('the key is in here')";
    let said = judged("python", PYTHON, &[claim, (MISSING, refuses)]);
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(said.out.contains("input"), "{}", said.out);
    let said = judged("python", PYTHON, &[claim, (MISSING, fails)]);
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(said.out.contains("ValueError"), "{}", said.out);
    assert!(!said.out.contains("the key"), "{}", said.out);
}
