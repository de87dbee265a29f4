//! Published captures: a case that cites one expects values that the capture shows.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::Value;

use crate::programs;

use super::corpus::{Case, Evidence, json};

/// The fields of an outcome and the headers that show them.
const SHOWN_BY: [(&str, &str); 8] = [
    ("request_id", "x-fc-request-id"),
    ("error_type", "x-fc-error-type"),
    ("log_tail_b64", "x-fc-log-result"),
    ("duration_ms", "x-fc-invocation-duration"),
    ("max_memory_mb", "x-fc-max-memory-usage"),
    ("code_checksum", "x-fc-code-checksum"),
    ("instance_id", "x-fc-instance-id"),
    ("service_version", "x-fc-invocation-service-version"),
];

/// A published response; a field that the source does not show is absent.
#[derive(Deserialize)]
pub(super) struct Capture {
    id: String,
    status: Option<u16>,
    headers: Vec<(String, String)>,
    body: Option<String>,
    body_b64: Option<String>,
}

#[derive(Deserialize)]
struct Captures {
    captures: Vec<Capture>,
}

pub(super) fn read() -> Result<BTreeMap<String, Capture>, String> {
    let path = programs::root().join("fixtures/recorded/published.json");
    let file: Captures = json(&path)?;
    Ok(file
        .captures
        .into_iter()
        .map(|capture| (capture.id.clone(), capture))
        .collect())
}

/// Finds a `parse` case that cites captures which show none of its expected values, or not all of them although the case
/// has no other evidence.
pub(super) fn of_case(case: &Case, captures: &BTreeMap<String, Capture>) -> Vec<String> {
    let is_published =
        |one: &&Evidence| one.kind == "recorded" && one.source.starts_with("published");
    let cited: Vec<&Capture> = case
        .evidence
        .iter()
        .filter(is_published)
        .flat_map(|one| one.source.split([' ', ',', ':']))
        .filter_map(|word| captures.get(word))
        .collect();
    let Some(outcome) = case.expect.get("outcome").and_then(Value::as_object) else {
        return Vec::new();
    };
    if cited.is_empty() || case.op != "parse" {
        return Vec::new();
    }
    let expected = outcome.iter().filter(|(field, _)| *field != "kind");
    let expected: Vec<(&String, &Value)> = expected.collect();
    let is_shown = |(field, value): &(&String, &Value)| {
        cited.iter().any(|capture| capture.shows(field, value))
    };
    let missing: Vec<&str> = expected
        .iter()
        .filter(|one| !is_shown(one))
        .map(|(field, _)| field.as_str())
        .collect();
    let others = case.evidence.iter();
    let has_other = others
        .filter(|one| !is_published(one))
        .any(|one| one.carries_must() || one.kind == "sdk-agreement" || one.kind == "sdk-test");
    let distinctive = |(field, _): &(&String, &Value)| field.as_str() != "status";
    let shows_something = expected.iter().filter(|one| distinctive(one)).any(is_shown);
    if missing.is_empty() || has_other && shows_something {
        return Vec::new();
    }
    vec![format!(
        "{}: its captures do not show {}",
        case.id,
        missing.join(", ")
    )]
}

impl Capture {
    fn shows(&self, field: &str, value: &Value) -> bool {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        if field == "status" {
            return self.status.is_some_and(|status| text == status.to_string());
        }
        if field == "payload_b64" {
            let body = self.body_b64.clone();
            let body = body.or_else(|| self.body.as_ref().map(|body| STANDARD.encode(body)));
            return body.is_some_and(|body| body == text);
        }
        let body = self.body.as_deref().unwrap_or_default();
        match SHOWN_BY.iter().find(|(name, _)| *name == field) {
            Some((_, header)) => self
                .headers
                .iter()
                .any(|(name, value)| name.eq_ignore_ascii_case(header) && *value == text),
            None => body.contains(&text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(outcome: &Value, other: Option<&str>) -> bool {
        let capture = json!({"id": "c-1", "status": 200, "headers": [["X-Fc-Max-Memory-Usage", "85.20"]], "body": "ok"});
        let capture: Capture = serde_json::from_value(capture).unwrap();
        let mut evidence =
            vec![json!({"kind": "recorded", "source": "published capture c-1: the figures"})];
        evidence.extend(other.map(|kind| json!({"kind": kind, "source": "s"})));
        let case = json!({"id": "a.b.c", "title": "t", "level": "must", "requirements": [], "op": "parse", "given": {},
            "evidence": evidence, "expect": {"outcome": outcome}});
        let case: Case = serde_json::from_value(case).unwrap();
        !of_case(&case, &BTreeMap::from([("c-1".to_owned(), capture)])).is_empty()
    }

    #[test]
    fn a_value_that_the_capture_does_not_show_needs_other_evidence() {
        let shown = json!({"kind": "completed", "status": 200, "payload_b64": "b2s=", "max_memory_mb": "85.20"});
        assert!(!found(&shown, None));
        let more = json!({"kind": "completed", "max_memory_mb": "85.20", "duration_ms": 3});
        assert!(found(&more, None));
        assert!(!found(&more, Some("manual")));
        let nothing = json!({"kind": "completed", "status": 200, "duration_ms": 3});
        assert!(found(&nothing, Some("manual")));
    }
}
