//! Checks an outcome: its kind, and every field that the case names.

use fcgate_protocol::{Capabilities, Outcome, OutcomeKind, TransportClass, capability};

use super::{Check, Comparer};

/// Returns the capability that a subject must declare so that a field is checked; `None` if it is always checked.
pub fn capability_of_field(field: &str) -> Option<&'static str> {
    Some(match field {
        "log_tail_b64" => capability::OUTCOME_LOG_TAIL,
        "duration_ms" => capability::OUTCOME_DURATION,
        "max_memory_mb" => capability::OUTCOME_MEMORY,
        "code_checksum" => capability::OUTCOME_CHECKSUM,
        "instance_id" => capability::OUTCOME_INSTANCE_ID,
        "service_version" => capability::OUTCOME_SERVICE_VERSION,
        "session_id" => capability::SESSIONS,
        _ => return None,
    })
}

pub(super) fn checks(
    by: &Comparer,
    expected: &Outcome,
    absent: &[String],
    claims: &Capabilities,
    actual: &Outcome,
    checks: &mut Vec<Check>,
) {
    let shown = |field: &str| capability_of_field(field).is_none_or(|name| claims.contains(name));
    checks.push(by.compare_text("kind", kind(expected.kind), Some(kind(actual.kind))));
    for ((field, expected), (_, actual)) in fields(expected).into_iter().zip(fields(actual)) {
        let Some(expected) = expected else { continue };
        if !shown(field) {
            checks.push(Check::unsupported(field));
        } else if field == "error_type" && equal_ignoring_case(&expected, actual.as_deref()) {
            checks.push(by.compare(field, &expected, Some(&expected)));
        } else {
            checks.push(by.compare(field, &expected, actual.as_deref()));
        }
    }
    for name in absent {
        let id = format!("no-{name}");
        let actual = fields(actual).into_iter().find(|(field, _)| field == name);
        match actual {
            Some((field, _)) if !shown(field) => checks.push(Check::unsupported(id)),
            Some((_, actual)) => checks.push(by.compare_absent(id, actual.as_deref())),
            None => {
                checks.push(by.check_property(
                    id,
                    false,
                    "a field of the outcome",
                    "no such field",
                ));
            }
        }
    }
}

fn equal_ignoring_case(expected: &[u8], actual: Option<&[u8]>) -> bool {
    actual.is_some_and(|actual| actual.eq_ignore_ascii_case(expected))
}

/// Returns every field except the kind, as the bytes that are compared.
fn fields(outcome: &Outcome) -> [(&'static str, Option<Vec<u8>>); 16] {
    let text = |text: &Option<String>| text.as_ref().map(|text| text.as_bytes().to_vec());
    let number = |number: Option<u64>| number.map(|number| number.to_string().into_bytes());
    [
        ("status", number(outcome.status.map(u64::from))),
        ("payload_b64", outcome.payload.clone()),
        ("request_id", text(&outcome.request_id)),
        ("error_type", text(&outcome.error_type)),
        ("log_tail_b64", outcome.log_tail.clone()),
        ("duration_ms", number(outcome.duration_ms)),
        ("max_memory_mb", text(&outcome.max_memory_mb)),
        ("code_checksum", text(&outcome.code_checksum)),
        ("instance_id", text(&outcome.instance_id)),
        ("service_version", text(&outcome.service_version)),
        (
            "stateful_async_invocation_id",
            text(&outcome.stateful_async_invocation_id),
        ),
        ("session_id", text(&outcome.session_id)),
        ("code", text(&outcome.code)),
        ("message", text(&outcome.message)),
        ("reason", text(&outcome.reason)),
        (
            "class",
            outcome
                .class
                .map(|class| self::class(class).as_bytes().to_vec()),
        ),
    ]
}

fn kind(kind: OutcomeKind) -> &'static str {
    match kind {
        OutcomeKind::Completed => "completed",
        OutcomeKind::Accepted => "accepted",
        OutcomeKind::FunctionError => "function_error",
        OutcomeKind::ServiceError => "service_error",
        OutcomeKind::BadResponse => "bad_response",
        OutcomeKind::TransportError => "transport_error",
    }
}

fn class(class: TransportClass) -> &'static str {
    match class {
        TransportClass::Connect => "connect",
        TransportClass::Timeout => "timeout",
        TransportClass::Truncated => "truncated",
        TransportClass::Malformed => "malformed",
        TransportClass::Other => "other",
    }
}
