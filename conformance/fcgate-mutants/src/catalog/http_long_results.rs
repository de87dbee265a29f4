//! Mistakes with long payloads whose length the response does not name in its head.

use super::http_behaviour::http;
use crate::client::framing::Received;
use crate::mutant::Mutant;

/// The size of the buffer that a client fills once.
const BUFFER: usize = 64 * 1024;

pub(super) const MUTANTS: &[Mutant] = &[
    http(
        "FCG0585",
        "chunked-result-cut",
        "returns the first 64 KiB of a longer payload that is chunked",
        &["FC-INVOKE-009"],
        |exchange, request| {
            let mut answer = exchange.send(request)?;
            if has(&answer, "transfer-encoding") {
                answer.body.truncate(BUFFER);
            }
            Ok(answer)
        },
    ),
    http(
        "FCG0586",
        "result-without-a-length-cut",
        "returns the first 64 KiB of a longer payload that ends with the connection",
        &["FC-INVOKE-009"],
        |exchange, request| {
            let mut answer = exchange.send(request)?;
            if !has(&answer, "transfer-encoding") && !has(&answer, "content-length") {
                answer.body.truncate(BUFFER);
            }
            Ok(answer)
        },
    ),
];

fn has(answer: &Received, name: &str) -> bool {
    answer.headers.get(name).is_some()
}
