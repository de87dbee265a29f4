//! Mistakes of a client that keeps parts of an earlier call.

use super::http_behaviour::http;
use crate::mutant::Mutant;

/// The headers of an earlier answer; the request id is that of nearly every answer of the corpus.
const EARLIER: [(&str, &str); 6] = [
    ("X-Fc-Request-Id", "1a26ecd3-3a6b-4b1c-9c33-e2eb0d71c7ec"),
    ("X-Fc-Log-Result", "bG9nCg=="),
    ("X-Fc-Invocation-Duration", "12"),
    ("X-Fc-Max-Memory-Usage", "64"),
    ("X-Fc-Code-Checksum", "1"),
    ("X-Fc-Instance-Id", "c-1"),
];

pub(super) const MUTANTS: &[Mutant] = &[
    http(
        "FCG0587",
        "headers-of-an-earlier-answer",
        "reads the headers of an earlier answer where an answer lacks them",
        &["FC-INVOKE-003", "FC-PARSE-010"],
        |exchange, request| {
            let mut answer = exchange.send(request)?;
            for (name, value) in EARLIER {
                if answer.headers.get(name).is_none() {
                    answer.headers.push(name, value);
                }
            }
            Ok(answer)
        },
    ),
    http(
        "FCG0588",
        "header-of-an-earlier-caller",
        "sends a header of the caller of an earlier call again",
        &["FC-BUILD-021"],
        |exchange, request| {
            let mut request = request.clone();
            if request.headers.get("x-custom-header").is_none() {
                request.headers.push("X-Custom-Header", "one");
            }
            exchange.send(&request)
        },
    ),
];
