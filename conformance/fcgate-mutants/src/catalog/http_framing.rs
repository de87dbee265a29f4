//! Mistakes in the end of a response and in the time limit.

use super::http_behaviour::http;
use crate::client::exchange::Limited;
use crate::client::framing::{Misreading, Received};
use crate::mutant::Mutant;
use fcgate_protocol::{HeaderList, TransportClass};

pub(super) const MUTANTS: &[Mutant] = &[
    http(
        "FCG0516",
        "cut-body-as-complete",
        "returns a body that the end of the connection cuts as complete",
        &["FC-INVOKE-005"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::CutIsComplete);
            exchange.send(request)
        },
    )
    .seen_in("fc-java-sdk (synchronous)"),
    http(
        "FCG0517",
        "contradicting-lengths-allowed",
        "accepts two contradicting lengths and uses the first",
        &["FC-INVOKE-006"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::ContradictionAllowed);
            exchange.send(request)
        },
    )
    .seen_in("fc-java-sdk (synchronous); for a length with chunks also the Python SDKs and fc-go-sdk"),
    http(
        "FCG0518",
        "interim-answer-as-final",
        "returns an interim response (1xx) as the final response",
        &["FC-INVOKE-010"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::InterimIsFinal);
            exchange.send(request)
        },
    )
    .seen_in("fc-java-sdk"),
    http(
        "FCG0519",
        "bytes-after-the-end",
        "adds bytes after the end of the body to the body",
        &["FC-INVOKE-009"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::EndIgnored);
            exchange.send(request)
        },
    )
    .seen_in("fc-java-sdk (synchronous)"),
    http(
        "FCG0520",
        "chunks-as-payload",
        "returns the chunks with their sizes as the payload",
        &["FC-INVOKE-009"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::ChunksNotDecoded);
            exchange.send(request)
        },
    ),
    http(
        "FCG0521",
        "time-limit-of-each-read",
        "restarts the time limit with every byte that arrives",
        &["FC-INVOKE-012"],
        |exchange, request| {
            exchange.limited = Limited::EachRead;
            exchange.send(request)
        },
    )
    .seen_in("aliyun-fc2, alibabacloud-fc-open20210406 and alibabacloud-fc20230330 (Python), fc-java-sdk"),
    http(
        "FCG0522",
        "failed-connection-as-unavailable",
        "reports a failed connection as a response with status 503",
        &["FC-INVOKE-008"],
        |exchange, request| match exchange.send(request) {
            Err(TransportClass::Connect) => Ok(Received {
                status: 503,
                headers: HeaderList::new(),
                body: Vec::new(),
            }),
            answer => answer,
        },
    ),
];
