//! The response is changed before it is parsed correctly.

use fcgate_protocol::HeaderList;

use super::mistake::ForeignMistake;
use super::step::Step;

pub(super) const MISTAKES: &[ForeignMistake] = &[
    ForeignMistake::new(
        "any-success-is-200",
        "reads every 2xx as a 200",
        &["FCG0407"],
        Step::Response(|response| {
            if (200..300).contains(&response.status) {
                response.status = 200;
            }
        }),
    ),
    ForeignMistake::new(
        "not-found-is-empty",
        "reads a 404 as an empty success",
        &[],
        Step::Response(|response| {
            if response.status == 404 {
                response.status = 200;
                response.body.clear();
            }
        }),
    ),
    ForeignMistake::new(
        "client-errors-are-results",
        "reads every 4xx as a success",
        &[],
        Step::Response(|response| {
            if (400..500).contains(&response.status) {
                response.status = 200;
            }
        }),
    ),
    ForeignMistake::new(
        "throttling-is-accepted",
        "reads a 429 as an accepted invocation",
        &[],
        Step::Response(|response| {
            if response.status == 429 {
                response.status = 202;
            }
        }),
    ),
    ForeignMistake::new(
        "last-header-wins",
        "reads the last of repeated headers",
        &[],
        Step::Response(|response| {
            let mut last = HeaderList::new();
            for (name, value) in response.headers.iter().rev() {
                if !last.contains(name) {
                    last.push(name.clone(), value.clone());
                }
            }
            response.headers = last;
        }),
    ),
    ForeignMistake::new(
        "repeated-headers-joined",
        "joins repeated response headers by semicolons",
        &[],
        Step::Response(|response| {
            let mut joined = HeaderList::new();
            for (name, value) in &response.headers {
                match joined.get(name) {
                    Some(before) => joined.set(name, format!("{before};{value}")),
                    None => joined.push(name.clone(), value.clone()),
                }
            }
            response.headers = joined;
        }),
    ),
    ForeignMistake::new(
        "values-in-lower-case",
        "reads every header value in lower case",
        &["FCG0458"],
        Step::Response(|response| {
            for (_, value) in &mut response.headers {
                value.make_ascii_lowercase();
            }
        }),
    ),
    ForeignMistake::new(
        "unhandled-errors-only",
        "reads an X-Fc-Error-Type only if it is UnhandledInvocationError",
        &[],
        Step::Response(|response| {
            let kind = response.headers.get("x-fc-error-type").unwrap_or_default();
            if kind != "UnhandledInvocationError" {
                response.headers.remove("x-fc-error-type");
            }
        }),
    ),
    ForeignMistake::new(
        "known-error-types-only",
        "ignores an X-Fc-Error-Type that it does not know",
        &["FCG0416"],
        Step::Response(|response| {
            let kind = response.headers.get("x-fc-error-type").unwrap_or_default();
            let known = ["UnhandledInvocationError", "HandledInvocationError"];
            if !known.iter().any(|one| one.eq_ignore_ascii_case(kind)) {
                response.headers.remove("x-fc-error-type");
            }
        }),
    ),
    ForeignMistake::new(
        "body-cut-at-a-zero-byte",
        "reads the body up to its first zero byte",
        &["FCG0581"],
        Step::Response(|response| {
            let end = response.body.iter().position(|byte| *byte == 0);
            response.body.truncate(end.unwrap_or(response.body.len()));
        }),
    ),
    ForeignMistake::new(
        "body-in-latin-1",
        "reads the body as Latin-1 and returns it in UTF-8",
        &[],
        Step::Response(|response| {
            let text: String = response.body.iter().copied().map(char::from).collect();
            response.body = text.into_bytes();
        }),
    ),
    ForeignMistake::new(
        "body-without-line-ends",
        "reads the body line by line and joins the lines",
        &[],
        Step::Response(|response| response.body.retain(|byte| !matches!(byte, b'\r' | b'\n'))),
    ),
    ForeignMistake::new(
        "request-id-header-misspelled",
        "reads the request id from X-Request-Id",
        &["FCG0432", "FCG0434", "FCG0435"],
        Step::Response(|response| response.headers.remove("x-fc-request-id")),
    ),
    ForeignMistake::new(
        "empty-errors-are-successes",
        "reads an error without a body as a success",
        &[],
        Step::Response(|response| {
            if response.status >= 400 && response.body.is_empty() {
                response.status = 200;
            }
        }),
    ),
];
