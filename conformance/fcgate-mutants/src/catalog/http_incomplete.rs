//! Mistakes with a response that is incomplete or late.

use super::http_behaviour::http;
use crate::client::framing::Misreading;
use crate::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    http(
        "FCG0564",
        "missing-body-as-empty",
        "returns an empty payload if the connection ends before the first byte of a body with a length",
        &["FC-INVOKE-005"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::MissingIsEmpty);
            exchange.send(request)
        },
    ),
    http(
        "FCG0565",
        "last-chunk-not-awaited",
        "returns a chunked body as complete if the connection ends after a chunk",
        &["FC-INVOKE-005"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::LastChunkOptional);
            exchange.send(request)
        },
    ),
    http(
        "FCG0566",
        "bad-chunk-size-as-the-end",
        "returns the chunks before a chunk size that cannot be read",
        &["FC-INVOKE-006"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::BadSizeEnds);
            exchange.send(request)
        },
    ),
    http(
        "FCG0567",
        "chunk-size-wraps",
        "reads the last 64 bits of a longer chunk size",
        &["FC-INVOKE-006"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::SizeWraps);
            exchange.send(request)
        },
    ),
    http(
        "FCG0568",
        "cut-head-as-complete",
        "returns a response whose head the end of the connection cuts",
        &["FC-INVOKE-005"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::CutHeadIsComplete);
            exchange.send(request)
        },
    )
    .seen_in("aliyun-fc2, alibabacloud-fc-open20210406 and alibabacloud-fc20230330 (Python)"),
    http(
        "FCG0569",
        "early-hints-as-final",
        "skips a 100, but returns any other interim response as the final response",
        &["FC-INVOKE-010"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::OnlyContinueIsInterim);
            exchange.send(request)
        },
    )
    .seen_in("aliyun-fc2, alibabacloud-fc-open20210406 and alibabacloud-fc20230330 (Python)"),
    http(
        "FCG0570",
        "reset-as-the-end",
        "returns what has arrived as complete if a body without a length is ended by a reset",
        &["FC-INVOKE-005"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::ResetIsEnd);
            exchange.send(request)
        },
    ),
    http(
        "FCG0571",
        "time-limit-tripled",
        "waits three times as long as the time limit",
        &["FC-INVOKE-012"],
        |exchange, request| {
            exchange.with_limit(|limit| limit * 3);
            exchange.send(request)
        },
    ),
];
