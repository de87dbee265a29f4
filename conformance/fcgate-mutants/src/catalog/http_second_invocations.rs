//! Mistakes that invoke a second time without permission.

use fcgate_protocol::{BuildOutput, TransportClass};

use super::http_behaviour::http;
use crate::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    http(
        "FCG0572",
        "lost-asynchronous-calls-retried",
        "sends an asynchronous invocation again when the connection is lost",
        &["FC-INVOKE-001", "FC-INVOKE-007"],
        |exchange, request| match exchange.send(request) {
            Err(TransportClass::Truncated) if is_async(request) => exchange.send(request),
            answer => answer,
        },
    )
    .seen_in("fc-java-sdk"),
    http(
        "FCG0573",
        "asynchronous-server-errors-retried",
        "sends an asynchronous invocation again after a 5xx",
        &["FC-INVOKE-001"],
        |exchange, request| match exchange.send(request) {
            Ok(answer) if is_async(request) && answer.status >= 500 => exchange.send(request),
            answer => answer,
        },
    )
    .seen_in("fc-java-sdk"),
    http(
        "FCG0574",
        "calls-without-an-answer-retried",
        "sends an invocation again after its time limit",
        &["FC-INVOKE-001", "FC-INVOKE-012"],
        |exchange, request| match exchange.send(request) {
            Err(TransportClass::Timeout) => {
                exchange.with_limit(|limit| limit);
                exchange.send(request)
            }
            answer => answer,
        },
    ),
];

fn is_async(request: &BuildOutput) -> bool {
    request.headers.get("x-fc-invocation-type") == Some("Async")
}
