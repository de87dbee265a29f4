//! Error bodies: a `must` expects a code only from the body that its revision and scheme have.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::corpus::{Case, MUST};

const OF_FC: &str = "FC-PARSE-006";
const OF_THREE: &str = "FC-PARSE-008";

/// Finds a `must` that expects the code of a body which only clients of another revision or scheme receive.
pub(super) fn of_case(case: &Case) -> Option<String> {
    let expects_code = case.expect.pointer("/outcome/code").is_some();
    let body = body(&case.given).filter(|_| case.level == MUST && expects_code)?;
    let expected = match (body.get("ErrorCode"), body.get("Code")) {
        (Some(_), None) => OF_FC,
        (None, Some(_)) => OF_THREE,
        _ => return None,
    };
    let belongs = match (case.op.as_str(), expected) {
        ("parse", _) => case.requirements.iter().any(|id| id == expected),
        (_, OF_FC) => given(case, "scheme", "fc"),
        _ => given(case, "revision", "2023-03-30"),
    };
    (!belongs).then(|| {
        format!(
            "{}: expects the code of a body that belongs to {expected}",
            case.id
        )
    })
}

/// Whether a field of the input has this value, or comes from an axis.
fn given(case: &Case, field: &str, value: &str) -> bool {
    let text = case.given.get(field).and_then(Value::as_str);
    text.is_none_or(|text| text == value || text.contains("{{"))
}

/// The body of the response, or of the last answer.
fn body(given: &Value) -> Option<Value> {
    let last = given.get("answers").and_then(Value::as_array);
    let last = last.and_then(|answers| answers.last());
    let response = given.get("answer").or(last).unwrap_or(given);
    let bytes = STANDARD.decode(response.get("body_b64")?.as_str()?).ok()?;
    serde_json::from_slice(&bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(requirement: &str, body: &str) -> bool {
        let case = json!({"id": "parse.a.b", "title": "t", "level": "must", "requirements": [requirement], "evidence": [],
            "op": "parse", "given": {"body_b64": STANDARD.encode(body)}, "expect": {"outcome": {"code": "X"}}});
        of_case(&serde_json::from_value(case).unwrap()).is_some()
    }

    #[test]
    fn a_code_in_the_body_of_another_revision_is_found() {
        assert!(found("FC-PARSE-005", r#"{"ErrorCode":"X"}"#));
        assert!(!found("FC-PARSE-006", r#"{"ErrorCode":"X"}"#));
        assert!(found("FC-PARSE-006", r#"{"Code":"X"}"#));
        assert!(!found("FC-PARSE-005", r#"{"Code":"X","ErrorCode":"X"}"#));
    }
}
