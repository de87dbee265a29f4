//! The outcome of a correctly parsed response is changed.

use fcgate_protocol::{Outcome, OutcomeKind};

use super::mistake::ForeignMistake;
use super::step::Step;

pub(super) const MISTAKES: &[ForeignMistake] = &[
    ForeignMistake::new(
        "errors-swallowed",
        "returns an empty success for every failed call",
        &["FCG0621"],
        Step::Outcome(|_, outcome| {
            if matches!(
                outcome.kind,
                OutcomeKind::ServiceError | OutcomeKind::FunctionError
            ) {
                *outcome = Outcome::new(OutcomeKind::Completed);
                outcome.status = Some(200);
                outcome.payload = Some(Vec::new());
            }
        }),
    ),
    ForeignMistake::new(
        "function-errors-are-service-errors",
        "reports a function error as an error of the service",
        &[],
        Step::Outcome(|_, outcome| {
            if outcome.kind == OutcomeKind::FunctionError {
                outcome.kind = OutcomeKind::ServiceError;
            }
        }),
    ),
    ForeignMistake::new(
        "server-errors-are-transport-errors",
        "reports every 5xx as a transport error",
        &[],
        Step::Outcome(|_, outcome| {
            if outcome.kind == OutcomeKind::ServiceError
                && outcome.status.is_some_and(|status| status >= 500)
            {
                *outcome = Outcome::new(OutcomeKind::TransportError);
            }
        }),
    ),
    ForeignMistake::new(
        "redirects-are-accepted",
        "reports a redirect as an accepted invocation",
        &[],
        Step::Outcome(|response, outcome| {
            if (300..400).contains(&response.status) {
                outcome.kind = OutcomeKind::Accepted;
            }
        }),
    ),
    ForeignMistake::new(
        "code-in-lower-case",
        "returns the code of an error in lower case",
        &[],
        Step::Outcome(|_, outcome| change(&mut outcome.code, str::to_ascii_lowercase)),
    ),
    ForeignMistake::new(
        "status-as-code",
        "returns the status as the code of an error",
        &[],
        Step::Outcome(|response, outcome| {
            if outcome.code.is_some() {
                outcome.code = Some(response.status.to_string());
            }
        }),
    ),
    ForeignMistake::new(
        "message-cut",
        "returns the first 40 characters of an error message",
        &[],
        Step::Outcome(|_, outcome| {
            change(&mut outcome.message, |text| text.chars().take(40).collect());
        }),
    ),
    ForeignMistake::new(
        "message-with-its-code",
        "returns the code and the message of an error as the message",
        &[],
        Step::Outcome(|_, outcome| {
            if let (Some(code), Some(message)) = (&outcome.code, &outcome.message) {
                outcome.message = Some(format!("{code}: {message}"));
            }
        }),
    ),
    ForeignMistake::new(
        "request-id-in-upper-case",
        "returns the request id in upper case",
        &[],
        Step::Outcome(|_, outcome| change(&mut outcome.request_id, str::to_ascii_uppercase)),
    ),
    ForeignMistake::new(
        "request-id-without-hyphens",
        "returns the request id without hyphens",
        &[],
        Step::Outcome(|_, outcome| change(&mut outcome.request_id, |id| id.replace('-', ""))),
    ),
    ForeignMistake::new(
        "payload-of-json-text-unquoted",
        "returns the text of a payload that is a JSON string",
        &[],
        Step::Outcome(|_, outcome| {
            if let Some(payload) = &mut outcome.payload
                && let Ok(text) = serde_json::from_slice::<String>(payload)
            {
                *payload = text.into_bytes();
            }
        }),
    ),
    ForeignMistake::new(
        "payload-without-its-last-line-end",
        "returns the payload without the line feed at its end",
        &[],
        Step::Outcome(|_, outcome| {
            if let Some(payload) = &mut outcome.payload
                && payload.ends_with(b"\n")
            {
                payload.pop();
            }
        }),
    ),
    ForeignMistake::new(
        "log-tail-trimmed",
        "returns the log tail without outer white space",
        &[],
        Step::Outcome(|_, outcome| {
            if let Some(tail) = &mut outcome.log_tail {
                *tail = tail.trim_ascii().to_vec();
            }
        }),
    ),
    ForeignMistake::new(
        "log-tail-cut",
        "returns the first 64 bytes of the log tail",
        &[],
        Step::Outcome(|_, outcome| {
            if let Some(tail) = &mut outcome.log_tail {
                tail.truncate(64);
            }
        }),
    ),
    ForeignMistake::new(
        "duration-in-whole-seconds",
        "returns the duration in seconds",
        &[],
        Step::Outcome(|_, outcome| {
            outcome.duration_ms = outcome.duration_ms.map(|time| time / 1000);
        }),
    ),
    ForeignMistake::new(
        "memory-with-its-unit",
        "returns the memory with the unit MB",
        &[],
        Step::Outcome(|_, outcome| {
            change(&mut outcome.max_memory_mb, |memory| format!("{memory} MB"));
        }),
    ),
    ForeignMistake::new(
        "checksum-in-hex",
        "returns the checksum in hex",
        &[],
        Step::Outcome(|_, outcome| {
            change(&mut outcome.code_checksum, |checksum| {
                let number: Option<u64> = checksum.parse().ok();
                number.map_or_else(|| checksum.to_owned(), |number| format!("{number:x}"))
            });
        }),
    ),
    ForeignMistake::new(
        "error-type-in-words",
        "returns the error type of a function as two words",
        &[],
        Step::Outcome(|_, outcome| {
            change(&mut outcome.error_type, |kind| {
                kind.replace("InvocationError", " error")
            });
        }),
    ),
    ForeignMistake::new(
        "instance-id-cut",
        "returns the instance id up to its first hyphen",
        &[],
        Step::Outcome(|_, outcome| {
            change(&mut outcome.instance_id, |id| {
                id.split('-').next().unwrap_or_default().to_owned()
            });
        }),
    ),
];

fn change(field: &mut Option<String>, change: impl Fn(&str) -> String) {
    if let Some(value) = field {
        *value = change(value);
    }
}
