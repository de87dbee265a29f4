//! The outcome of a correctly parsed response is changed.

use fcgate_protocol::{Outcome, OutcomeKind, ParseInput};

use super::mistake::ForeignMistake;
use super::step::Step;

const fn mistake(
    name: &'static str,
    summary: &'static str,
    right_names: &'static [&'static str],
    change: fn(&ParseInput, &mut Outcome),
) -> ForeignMistake {
    ForeignMistake::new(name, summary, right_names, Step::Outcome(change))
}

pub(super) const MISTAKES: &[ForeignMistake] = &[
    mistake(
        "errors-swallowed",
        "returns an empty success for every failed call",
        &["FCG0621"],
        |_, outcome| {
            if matches!(
                outcome.kind,
                OutcomeKind::ServiceError | OutcomeKind::FunctionError
            ) {
                *outcome = Outcome::new(OutcomeKind::Completed);
                outcome.status = Some(200);
                outcome.payload = Some(Vec::new());
            }
        },
    ),
    mistake(
        "function-errors-are-service-errors",
        "reports a function error as an error of the service",
        &[],
        |_, outcome| {
            if outcome.kind == OutcomeKind::FunctionError {
                outcome.kind = OutcomeKind::ServiceError;
            }
        },
    ),
    mistake(
        "server-errors-are-transport-errors",
        "reports every 5xx as a transport error",
        &[],
        |_, outcome| {
            if outcome.kind == OutcomeKind::ServiceError
                && outcome.status.is_some_and(|status| status >= 500)
            {
                *outcome = Outcome::new(OutcomeKind::TransportError);
            }
        },
    ),
    mistake(
        "redirects-are-accepted",
        "reports a redirect as an accepted invocation",
        &[],
        |response, outcome| {
            if (300..400).contains(&response.status) {
                outcome.kind = OutcomeKind::Accepted;
            }
        },
    ),
    mistake(
        "code-in-lower-case",
        "returns the code of an error in lower case",
        &[],
        |_, outcome| change(&mut outcome.code, str::to_ascii_lowercase),
    ),
    mistake(
        "status-as-code",
        "returns the status as the code of an error",
        &[],
        |response, outcome| {
            if outcome.code.is_some() {
                outcome.code = Some(response.status.to_string());
            }
        },
    ),
    mistake(
        "message-cut",
        "returns the first 40 characters of an error message",
        &[],
        |_, outcome| change(&mut outcome.message, |text| text.chars().take(40).collect()),
    ),
    mistake(
        "message-with-its-code",
        "returns the code and the message of an error as the message",
        &[],
        |_, outcome| {
            if let (Some(code), Some(message)) = (&outcome.code, &outcome.message) {
                outcome.message = Some(format!("{code}: {message}"));
            }
        },
    ),
    mistake(
        "request-id-in-upper-case",
        "returns the request id in upper case",
        &[],
        |_, outcome| change(&mut outcome.request_id, str::to_ascii_uppercase),
    ),
    mistake(
        "request-id-without-hyphens",
        "returns the request id without hyphens",
        &[],
        |_, outcome| change(&mut outcome.request_id, |id| id.replace('-', "")),
    ),
    mistake(
        "payload-of-json-text-unquoted",
        "returns the text of a payload that is a JSON string",
        &[],
        |_, outcome| {
            if let Some(payload) = &mut outcome.payload
                && let Ok(text) = serde_json::from_slice::<String>(payload)
            {
                *payload = text.into_bytes();
            }
        },
    ),
    mistake(
        "payload-without-its-last-line-end",
        "returns the payload without the line feed at its end",
        &[],
        |_, outcome| {
            if let Some(payload) = &mut outcome.payload
                && payload.ends_with(b"\n")
            {
                payload.pop();
            }
        },
    ),
    mistake(
        "log-tail-trimmed",
        "returns the log tail without outer white space",
        &[],
        |_, outcome| {
            if let Some(tail) = &mut outcome.log_tail {
                *tail = tail.trim_ascii().to_vec();
            }
        },
    ),
    mistake(
        "log-tail-cut",
        "returns the first 64 bytes of the log tail",
        &[],
        |_, outcome| {
            if let Some(tail) = &mut outcome.log_tail {
                tail.truncate(64);
            }
        },
    ),
    mistake(
        "duration-in-whole-seconds",
        "returns the duration in seconds",
        &[],
        |_, outcome| outcome.duration_ms = outcome.duration_ms.map(|time| time / 1000),
    ),
    mistake(
        "memory-with-its-unit",
        "returns the memory with the unit MB",
        &[],
        |_, outcome| change(&mut outcome.max_memory_mb, |memory| format!("{memory} MB")),
    ),
    mistake(
        "checksum-in-hex",
        "returns the checksum in hex",
        &[],
        |_, outcome| {
            change(&mut outcome.code_checksum, |checksum| {
                let number: Option<u64> = checksum.parse().ok();
                number.map_or_else(|| checksum.to_owned(), |number| format!("{number:x}"))
            });
        },
    ),
    mistake(
        "error-type-in-words",
        "returns the error type of a function as two words",
        &[],
        |_, outcome| {
            change(&mut outcome.error_type, |kind| {
                kind.replace("InvocationError", " error")
            });
        },
    ),
    mistake(
        "instance-id-cut",
        "returns the instance id up to its first hyphen",
        &[],
        |_, outcome| {
            change(&mut outcome.instance_id, |id| {
                id.split('-').next().unwrap_or_default().to_owned()
            });
        },
    ),
];

fn change(field: &mut Option<String>, change: impl Fn(&str) -> String) {
    if let Some(value) = field {
        *value = change(value);
    }
}
