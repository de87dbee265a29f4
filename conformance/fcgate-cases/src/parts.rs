//! The parts of an implementation that a case needs, and those that one of its checks needs.
//!
//! They follow from the stimulus and the expectation. An implementation lists the parts that it lacks in `hello`.

mod error_body;
mod refused_input;
mod signing;

use fcgate_protocol::{Outcome, OutcomeKind, part};

use crate::corpus::{Answer, Case, Stimulus};

use self::error_body::ErrorBody;

/// The fields of an outcome that a part is about.
const FIELDS: [&str; 8] = [
    "status",
    "request_id",
    "code",
    "message",
    "error_type",
    "payload_b64",
    "stateful_async_invocation_id",
    "log_tail_b64",
];

/// The figures of an execution.
const FIGURES: [&str; 5] = [
    "duration_ms",
    "max_memory_mb",
    "code_checksum",
    "instance_id",
    "service_version",
];

/// Returns the parts that every check of a case needs: without one of them the case is unsupported.
pub(crate) fn of_whole_case(case: &Case) -> Vec<&'static str> {
    match &case.stimulus {
        Stimulus::Sign { given, expect } => {
            let mut parts = match expect.refused {
                Some(_) => refused_input::part(case, given),
                None => signing::parts(given),
            };
            parts.push(part::SIGN_REQUESTS);
            parts
        }
        Stimulus::Build { given, expect } if expect.refused.is_some() => {
            refused_input::part(case, given)
        }
        _ => Vec::new(),
    }
}

/// Returns the parts that a case needs for at least one of its checks.
pub(crate) fn of_case(case: &Case) -> Vec<&'static str> {
    let mut parts = of_whole_case(case);
    if let Some((outcome, absent)) = expected_outcome(case) {
        let absent = absent.iter().map(String::as_str);
        parts.extend(expected_fields(outcome).flat_map(|field| of_check(case, field)));
        parts.extend(absent.flat_map(|field| of_check(case, field)));
    }
    if !case.stimulus.expects_refusal() {
        let names = headers_of_the_caller(case).iter().map(|(name, _)| name);
        parts.extend(names.flat_map(|name| of_check(case, &format!("header.{name}"))));
    }
    parts.sort_unstable();
    parts.dedup();
    parts
}

/// Returns the parts that one check of a case needs, in addition to those of the whole case.
pub(crate) fn of_check(case: &Case, id: &str) -> Vec<&'static str> {
    let id = id
        .strip_prefix("arrived.again.")
        .or_else(|| id.strip_prefix("arrived."))
        .unwrap_or(id);
    let id = id.strip_prefix("no-").unwrap_or(id);
    if let Some(name) = id.strip_prefix("header.") {
        let is_of_caller = |(other, _): &(String, String)| other.eq_ignore_ascii_case(name);
        let headers = headers_of_the_caller(case);
        return match headers.iter().filter(|header| is_of_caller(header)).count() {
            0 => Vec::new(),
            1 => vec![part::BUILD_HEADERS],
            _ => vec![part::BUILD_HEADERS, part::BUILD_REPEATED_HEADERS],
        };
    }
    let Some((outcome, _)) = expected_outcome(case) else {
        return Vec::new();
    };
    let mut parts = of_field(outcome, id);
    let is_error_status = outcome.status.is_some_and(|status| status >= 300);
    if outcome.kind == OutcomeKind::FunctionError && is_error_status && is_of_outcome(id) {
        parts.push(part::FUNCTION_ERROR_STATUS);
    }
    if outcome.kind == OutcomeKind::ServiceError
        && let Some(body) = error_body(case)
    {
        match body.part() {
            part::PARSE_FOREIGN_BODIES if is_of_outcome(id) => {
                parts.push(part::PARSE_FOREIGN_BODIES);
            }
            family if body.has(id) => parts.push(family),
            _ => {}
        }
        let only_in_header = |expected: &str| !body.has_text(id, expected);
        if id == "request_id" && outcome.request_id.as_deref().is_some_and(only_in_header) {
            parts.push(part::OUTCOME_ERROR_REQUEST_ID);
        }
    }
    parts
}

/// Whether a check is about the outcome that the subject reports.
fn is_of_outcome(id: &str) -> bool {
    id == "kind" || FIELDS.contains(&id) || FIGURES.contains(&id)
}

/// The parts of the outcome that a field is about.
fn of_field(outcome: &Outcome, field: &str) -> Vec<&'static str> {
    let is_success = outcome
        .status
        .is_some_and(|status| (200..300).contains(&status));
    let failed = outcome.kind == OutcomeKind::FunctionError;
    match field {
        "status" if is_success => vec![part::OUTCOME_STATUS, part::OUTCOME_SUCCESS_STATUS],
        "status" => vec![part::OUTCOME_STATUS],
        "request_id" => vec![part::OUTCOME_REQUEST_ID],
        "code" => vec![part::OUTCOME_CODE],
        "message" => vec![part::OUTCOME_MESSAGE],
        "error_type" => vec![part::OUTCOME_ERROR_TYPE],
        "payload_b64" if failed => vec![part::OUTCOME_FAILURE_PAYLOAD],
        "stateful_async_invocation_id" => vec![part::OUTCOME_TASK_ID],
        "log_tail_b64" if failed => {
            vec![part::OUTCOME_LOG_DECODING, part::OUTCOME_FAILURE_FIGURES]
        }
        "log_tail_b64" => vec![part::OUTCOME_LOG_DECODING],
        _ if failed && FIGURES.contains(&field) => vec![part::OUTCOME_FAILURE_FIGURES],
        _ => Vec::new(),
    }
}

/// The fields of an expected outcome that belong to a part.
fn expected_fields(outcome: &Outcome) -> impl Iterator<Item = &'static str> + use<> {
    let fields = [
        ("kind", true),
        ("status", outcome.status.is_some()),
        ("request_id", outcome.request_id.is_some()),
        ("code", outcome.code.is_some()),
        ("message", outcome.message.is_some()),
        ("error_type", outcome.error_type.is_some()),
        ("payload_b64", outcome.payload.is_some()),
        (
            "stateful_async_invocation_id",
            outcome.stateful_async_invocation_id.is_some(),
        ),
        ("log_tail_b64", outcome.log_tail.is_some()),
        ("duration_ms", outcome.duration_ms.is_some()),
        ("max_memory_mb", outcome.max_memory_mb.is_some()),
        ("code_checksum", outcome.code_checksum.is_some()),
        ("instance_id", outcome.instance_id.is_some()),
        ("service_version", outcome.service_version.is_some()),
    ];
    fields
        .into_iter()
        .filter(|(_, expected)| *expected)
        .map(|(field, _)| field)
}

fn expected_outcome(case: &Case) -> Option<(&Outcome, &[String])> {
    match &case.stimulus {
        Stimulus::Parse { expect, .. } => Some((&expect.outcome, &expect.absent)),
        Stimulus::Invoke { expect, .. } => Some((expect.outcome.as_deref()?, &expect.absent)),
        Stimulus::Task { expect, .. } => Some((&expect.outcome, &expect.absent)),
        Stimulus::Sign { .. } | Stimulus::Build { .. } | Stimulus::Trigger { .. } => None,
    }
}

fn headers_of_the_caller(case: &Case) -> &[(String, String)] {
    let input = match &case.stimulus {
        Stimulus::Build { given, .. } => &given.input,
        Stimulus::Invoke { given, .. } => &given.input,
        Stimulus::Trigger { given, .. } => return &given.headers,
        Stimulus::Sign { .. } | Stimulus::Parse { .. } | Stimulus::Task { .. } => return &[],
    };
    input.headers.as_ref().map_or(&[], |headers| headers)
}

/// The body of the response that the outcome is about; `None` if it is not a plain response.
fn error_body(case: &Case) -> Option<ErrorBody> {
    match &case.stimulus {
        Stimulus::Parse { given, .. } => Some(ErrorBody::read(&given.body)),
        Stimulus::Invoke { given, .. } => match given.answers.last() {
            Some(Answer::Canned(answer)) => Some(ErrorBody::read(&answer.body)),
            _ => None,
        },
        Stimulus::Task { given, .. } => match given.answers.last() {
            Some(Answer::Canned(answer)) => Some(ErrorBody::read(&answer.body)),
            _ => None,
        },
        Stimulus::Sign { .. } | Stimulus::Build { .. } | Stimulus::Trigger { .. } => None,
    }
}
