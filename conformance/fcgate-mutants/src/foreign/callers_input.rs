//! The caller's options and headers are changed before the request is built.

use fcgate_protocol::{BuildInput, HeaderList};

use super::mistake::ForeignMistake;
use super::step::Step;

pub(super) const MISTAKES: &[ForeignMistake] = &[
    ForeignMistake::new(
        "caller-values-lower-cased",
        "sends the values of the caller's headers in lower case",
        &[],
        Step::Input(|given| {
            for (_, value) in headers(given) {
                value.make_ascii_lowercase();
            }
        }),
    ),
    ForeignMistake::new(
        "caller-values-trimmed-of-quotation-marks",
        "removes the quotation marks of the caller's header values",
        &[],
        Step::Input(|given| {
            for (_, value) in headers(given) {
                *value = value.replace('"', "");
            }
        }),
    ),
    ForeignMistake::new(
        "caller-headers-joined",
        "joins repeated headers of the caller by semicolons",
        &[],
        Step::Input(|given| {
            let mut joined = HeaderList::new();
            for (name, value) in headers(given).iter() {
                match joined.get(name) {
                    Some(before) => joined.set(name, format!("{before};{value}")),
                    None => joined.push(name.clone(), value.clone()),
                }
            }
            if given.input.headers.is_some() {
                given.input.headers = Some(joined);
            }
        }),
    ),
    ForeignMistake::new(
        "second-caller-header-dropped",
        "sends only the first of the caller's headers",
        &[],
        Step::Input(|given| {
            if let Some(first) = headers(given).first().cloned() {
                given.input.headers = Some(vec![first].into());
            }
        }),
    ),
    ForeignMistake::new(
        "caller-headers-with-prefix-only",
        "sends the caller's headers only if their names begin with X-Fc-",
        &[],
        Step::Input(|given| {
            if let Some(headers) = &mut given.input.headers {
                headers.retain(|(name, _)| name.to_ascii_lowercase().starts_with("x-fc-"));
            }
        }),
    ),
    ForeignMistake::new(
        "qualifier-lower-cased",
        "sends the qualifier in lower case",
        &[],
        Step::Input(|given| change(&mut given.input.qualifier, str::to_ascii_lowercase)),
    ),
    ForeignMistake::new(
        "qualifier-latest-dropped",
        "does not send the qualifier LATEST",
        &[],
        Step::Input(|given| {
            if given.input.qualifier.as_deref() == Some("LATEST") {
                given.input.qualifier = None;
            }
        }),
    ),
    ForeignMistake::new(
        "always-asynchronous",
        "makes every invocation asynchronous",
        &[],
        Step::Input(|given| given.input.invocation_type = Some("Async".to_owned())),
    ),
    ForeignMistake::new(
        "log-tail-always-wanted",
        "asks for the log tail in every synchronous invocation",
        &[],
        Step::Input(|given| {
            if given.input.invocation_type.as_deref() != Some("Async") {
                given.input.log_type = Some("Tail".to_owned());
            }
        }),
    ),
    ForeignMistake::new(
        "trace-id-cut",
        "sends the first 16 characters of the trace id",
        &[],
        Step::Input(|given| {
            change(&mut given.input.trace_id, |id| {
                id.chars().take(16).collect()
            });
        }),
    ),
    ForeignMistake::new(
        "account-id-as-a-number",
        "sends the account id without its last digit, as a float keeps it",
        &[],
        Step::Input(|given| {
            change(&mut given.input.account_id, |id| {
                let kept = id.len().saturating_sub(1);
                format!("{}0", id.get(..kept).unwrap_or(id))
            });
        }),
    ),
    ForeignMistake::new(
        "task-id-in-lower-case",
        "sends the task id in lower case",
        &[],
        Step::Input(|given| {
            let id = &mut given.input.stateful_async_invocation_id;
            change(id, str::to_ascii_lowercase);
        }),
    ),
    ForeignMistake::new(
        "service-and-function-swapped",
        "writes the function as the service, and the service as the function",
        &[],
        Step::Input(|given| {
            if let Some(service) = &mut given.input.service {
                std::mem::swap(service, &mut given.input.function);
            }
        }),
    ),
    ForeignMistake::new(
        "oldest-revision-always",
        "sends every request of 2021-04-06 and 2016-08-15 to the path of 2021-04-06",
        &[],
        Step::Input(|given| {
            if given.revision == "2016-08-15" {
                "2021-04-06".clone_into(&mut given.revision);
            }
        }),
    ),
];

/// The caller's headers.
fn headers(given: &mut BuildInput) -> &mut [(String, String)] {
    given.input.headers.as_deref_mut().unwrap_or_default()
}

fn change(option: &mut Option<String>, change: impl Fn(&str) -> String) {
    if let Some(value) = option {
        *value = change(value);
    }
}
