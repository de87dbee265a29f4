//! The request is changed after it was signed.

use super::mistake::ForeignMistake;
use super::step::Step;

pub(super) const MISTAKES: &[ForeignMistake] = &[
    ForeignMistake::new(
        "library-adds-a-content-type",
        "lets its HTTP library add a Content-Type after the request was signed",
        &["FCG0371"],
        Step::Sent(|input, request| {
            let mut own = input.input.headers.iter().flatten();
            if !own.any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
                let kind = "application/x-www-form-urlencoded";
                request.headers.set("Content-Type", kind);
            }
        }),
    ),
    ForeignMistake::new(
        "library-adds-a-charset",
        "lets its HTTP library add a charset to the Content-Type after the request was signed",
        &["FCG0371"],
        Step::Sent(|_, request| {
            if let Some(kind) = request.headers.get("content-type") {
                let kind = format!("{kind};charset=UTF-8");
                request.headers.set("content-type", kind);
            }
        }),
    ),
    ForeignMistake::new(
        "tracer-adds-a-trace-id",
        "lets a tracing library add a header with the prefix of the service after the request was signed",
        &["FCG0372"],
        Step::Sent(|_, request| request.headers.push("X-Fc-Trace-Id", "1-2-3")),
    ),
    ForeignMistake::new(
        "line-feed-added-to-the-body",
        "sends a line feed after the signed body",
        &[],
        Step::Sent(|_, request| request.body.push(b'\n')),
    ),
    ForeignMistake::new(
        "date-of-the-moment-of-sending",
        "writes the date again when it sends the request",
        &[],
        Step::Sent(|_, request| {
            request.headers.remove("date");
            request
                .headers
                .push("Date", "Wed, 11 May 2022 09:00:01 GMT");
        }),
    ),
    ForeignMistake::new(
        "query-dropped-by-the-library",
        "lets its HTTP library drop the query after the request was signed",
        &[],
        Step::Sent(|_, request| {
            let end = request.url.find('?').unwrap_or(request.url.len());
            request.url.truncate(end);
        }),
    ),
    ForeignMistake::new(
        "service-headers-dropped-by-a-proxy",
        "lets a proxy drop the headers of the service after the request was signed",
        &[],
        Step::Sent(|_, request| {
            request
                .headers
                .retain(|(name, _)| !name.to_ascii_lowercase().starts_with("x-fc-"));
        }),
    ),
    ForeignMistake::new(
        "method-changed-by-a-proxy",
        "lets a proxy send PATCH after the request was signed",
        &[],
        Step::Sent(|_, request| "PATCH".clone_into(&mut request.method)),
    ),
];
