//! The response is changed before it is parsed correctly.

use fcgate_protocol::{HeaderList, ParseInput};

use super::mistake::ForeignMistake;
use super::step::Step;

const fn mistake(
    name: &'static str,
    summary: &'static str,
    right_names: &'static [&'static str],
    change: fn(&mut ParseInput),
) -> ForeignMistake {
    ForeignMistake::new(name, summary, right_names, Step::Response(change))
}

pub(super) const MISTAKES: &[ForeignMistake] = &[
    mistake(
        "any-success-is-200",
        "reads every 2xx as a 200",
        &["FCG0407"],
        |response| {
            if (200..300).contains(&response.status) {
                response.status = 200;
            }
        },
    ),
    mistake(
        "not-found-is-empty",
        "reads a 404 as an empty success",
        &[],
        |response| {
            if response.status == 404 {
                response.status = 200;
                response.body.clear();
            }
        },
    ),
    mistake(
        "client-errors-are-results",
        "reads every 4xx as a success",
        &[],
        |response| {
            if (400..500).contains(&response.status) {
                response.status = 200;
            }
        },
    ),
    mistake(
        "throttling-is-accepted",
        "reads a 429 as an accepted invocation",
        &[],
        |response| {
            if response.status == 429 {
                response.status = 202;
            }
        },
    ),
    mistake(
        "last-header-wins",
        "reads the last of repeated headers",
        &[],
        |response| {
            let mut last = HeaderList::new();
            for (name, value) in response.headers.iter().rev() {
                if !last.contains(name) {
                    last.push(name.clone(), value.clone());
                }
            }
            response.headers = last;
        },
    ),
    mistake(
        "repeated-headers-joined",
        "joins repeated response headers by semicolons",
        &[],
        |response| {
            let mut joined = HeaderList::new();
            for (name, value) in &response.headers {
                match joined.get(name) {
                    Some(before) => joined.set(name, format!("{before};{value}")),
                    None => joined.push(name.clone(), value.clone()),
                }
            }
            response.headers = joined;
        },
    ),
    mistake(
        "values-in-lower-case",
        "reads every header value in lower case",
        &["FCG0458"],
        |response| {
            for (_, value) in &mut response.headers {
                value.make_ascii_lowercase();
            }
        },
    ),
    mistake(
        "unhandled-errors-only",
        "reads an X-Fc-Error-Type only if it is UnhandledInvocationError",
        &[],
        |response| {
            let kind = response.headers.get("x-fc-error-type").unwrap_or_default();
            if kind != "UnhandledInvocationError" {
                response.headers.remove("x-fc-error-type");
            }
        },
    ),
    mistake(
        "known-error-types-only",
        "ignores an X-Fc-Error-Type that it does not know",
        &["FCG0416"],
        |response| {
            let kind = response.headers.get("x-fc-error-type").unwrap_or_default();
            let known = ["UnhandledInvocationError", "HandledInvocationError"];
            if !known.iter().any(|one| one.eq_ignore_ascii_case(kind)) {
                response.headers.remove("x-fc-error-type");
            }
        },
    ),
    mistake(
        "body-cut-at-a-zero-byte",
        "reads the body up to its first zero byte",
        &["FCG0581"],
        |response| {
            let end = response.body.iter().position(|byte| *byte == 0);
            response.body.truncate(end.unwrap_or(response.body.len()));
        },
    ),
    mistake(
        "body-in-latin-1",
        "reads the body as Latin-1 and returns it in UTF-8",
        &[],
        |response| {
            let text: String = response.body.iter().copied().map(char::from).collect();
            response.body = text.into_bytes();
        },
    ),
    mistake(
        "body-without-line-ends",
        "reads the body line by line and joins the lines",
        &[],
        |response| response.body.retain(|byte| !matches!(byte, b'\r' | b'\n')),
    ),
    mistake(
        "request-id-header-misspelled",
        "reads the request id from X-Request-Id",
        &["FCG0432", "FCG0434", "FCG0435"],
        |response| response.headers.remove("x-fc-request-id"),
    ),
    mistake(
        "empty-errors-are-successes",
        "reads an error without a body as a success",
        &[],
        |response| {
            if response.status >= 400 && response.body.is_empty() {
                response.status = 200;
            }
        },
    ),
];
