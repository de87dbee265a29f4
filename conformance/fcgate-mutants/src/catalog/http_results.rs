//! Mistakes with a response that is complete but unusual: long, with many headers, or with bytes that are changed on the way.

use std::time::Duration;

use super::http_behaviour::http;
use crate::client::framing::Misreading;
use crate::mutant::Mutant;

/// The limit of the client that has one of its own.
const OWN_LIMIT: Duration = Duration::from_millis(500);

pub(super) const MUTANTS: &[Mutant] = &[
    http(
        "FCG0575",
        "time-limit-capped",
        "has a time limit of its own (500 ms here), which a longer one of the caller does not replace",
        &["FC-INVOKE-012"],
        |exchange, request| {
            exchange.with_limit(|limit| limit.min(OWN_LIMIT));
            exchange.send(request)
        },
    )
    .seen_in("@alicloud/fc-open20210406 and @alicloud/fc20230330 (Node), after 3 s"),
    http(
        "FCG0576",
        "result-cut-at-64-kib",
        "returns the first 64 KiB of a longer payload",
        &["FC-INVOKE-003", "FC-PARSE-001"],
        |exchange, request| {
            let mut answer = exchange.send(request)?;
            answer.body.truncate(64 * 1024);
            Ok(answer)
        },
    ),
    http(
        "FCG0577",
        "many-headers-refused",
        "reports a response with more than 64 headers as malformed",
        &["FC-INVOKE-009"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::ManyHeadersRefused);
            exchange.send(request)
        },
    )
    .seen_in("the Python SDKs, above 100 headers"),
    http(
        "FCG0578",
        "long-heads-refused",
        "reports a response with a head of more than 8 KiB as malformed",
        &["FC-INVOKE-009"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::LongHeadRefused);
            exchange.send(request)
        },
    ),
    http(
        "FCG0579",
        "chunk-extensions-refused",
        "reports chunks with an extension as malformed",
        &["FC-INVOKE-009"],
        |exchange, request| {
            exchange.misreading = Some(Misreading::ExtensionsRefused);
            exchange.send(request)
        },
    ),
    http(
        "FCG0580",
        "line-ends-of-the-result-changed",
        "replaces CR LF in the payload of a response by LF",
        &["FC-INVOKE-003", "FC-PARSE-001"],
        |exchange, request| {
            let mut answer = exchange.send(request)?;
            let text = String::from_utf8(answer.body);
            answer.body = match text {
                Ok(text) => text.replace("\r\n", "\n").into_bytes(),
                Err(error) => error.into_bytes(),
            };
            Ok(answer)
        },
    ),
    http(
        "FCG0581",
        "result-cut-at-nul",
        "returns the payload up to its first zero byte",
        &["FC-INVOKE-003", "FC-PARSE-001"],
        |exchange, request| {
            let mut answer = exchange.send(request)?;
            if let Some(end) = answer.body.iter().position(|byte| *byte == 0) {
                answer.body.truncate(end);
            }
            Ok(answer)
        },
    ),
    http(
        "FCG0582",
        "result-without-byte-order-mark",
        "removes a byte order mark from the payload of a response",
        &["FC-INVOKE-003", "FC-PARSE-001"],
        |exchange, request| {
            let mut answer = exchange.send(request)?;
            if answer.body.starts_with(b"\xef\xbb\xbf") {
                answer.body.drain(..3);
            }
            Ok(answer)
        },
    ),
];
