//! Mistakes with the time limit of a call.

use super::http_behaviour::http;
use crate::client::exchange::Limited;
use crate::client::framing::Misreading;
use crate::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    http(
        "FCG0583",
        "time-limit-of-each-attempt",
        "gives each attempt the whole time limit, so an idempotent call is sent again after the limit",
        &["FC-INVOKE-012"],
        |exchange, request| {
            exchange.limited = Limited::EachAttempt;
            exchange.with_limit(|limit| limit);
            exchange.send(request)
        },
    ),
    http(
        "FCG0584",
        "time-limit-as-the-end",
        "returns what has arrived of a body without a length as complete when the time limit passes",
        &["FC-INVOKE-005"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::LimitIsEnd);
            exchange.send(request)
        },
    ),
];
