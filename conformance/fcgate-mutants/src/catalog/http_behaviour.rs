//! Mistakes in the exchange of messages.

use fcgate_protocol::{BuildOutput, HeaderList, TransportClass};

use crate::client::exchange::Exchange;
use crate::client::framing::Received;
use crate::client::redirect;
use crate::mistake::Mistake;
use crate::mutant::Mutant;

use super::constructor::constructor;

pub(super) type Answer = Result<Received, TransportClass>;

constructor!(http, |wrongly: fn(
    &mut Exchange,
    &BuildOutput,
) -> Answer| Mistake::Http(wrongly));

pub(super) const MUTANTS: &[Mutant] = &[
    http(
        "FCG0501",
        "sent-twice",
        "sends every request twice",
        &["FC-INVOKE-001", "FC-TRIGGER-003"],
        |exchange, request| exchange.send(request).and_then(|_| exchange.send(request)),
    ),
    http(
        "FCG0502",
        "server-errors-retried",
        "retries an invocation on any 5xx, up to three attempts",
        &["FC-INVOKE-001"],
        |exchange, request| repeated(exchange, request, 3, |answer| answer.status >= 500),
    )
    .seen_in("fc-java-sdk"),
    http(
        "FCG0503",
        "throttling-retried",
        "retries an invocation on 429 although the caller set no retry policy",
        &["FC-INVOKE-001"],
        |exchange, request| repeated(exchange, request, 2, |answer| answer.status == 429),
    ),
    http(
        "FCG0504",
        "function-errors-retried",
        "retries an invocation whose function failed",
        &["FC-INVOKE-001"],
        |exchange, request| {
            repeated(exchange, request, 2, |answer| {
                answer.headers.contains("x-fc-error-type")
            })
        },
    ),
    http(
        "FCG0505",
        "refusals-retried",
        "retries a request that was refused with 403, with the same signature",
        &["FC-INVOKE-001"],
        |exchange, request| repeated(exchange, request, 2, |answer| answer.status == 403),
    ),
    http(
        "FCG0506",
        "acceptances-retried",
        "retries an asynchronous invocation until the response is 200",
        &["FC-INVOKE-001"],
        |exchange, request| repeated(exchange, request, 3, |answer| answer.status == 202),
    ),
    http(
        "FCG0507",
        "redirects-followed",
        "follows a redirect, and sends the signature to its target",
        &[
            "FC-INVOKE-001",
            "FC-INVOKE-004",
            "FC-PARSE-005",
            "FC-TRIGGER-003",
        ],
        |exchange, request| redirect::send(exchange, request, |redirect| Some(redirect.next)),
    )
    .seen_in(
        "alibabacloud-fc-open20210406, alibabacloud-fc20230330, aliyun-fc2 (Python), fc-java-sdk",
    ),
    http(
        "FCG0508",
        "first-request-unsigned",
        "sends a request without its signature first and signs after a refusal",
        &["FC-INVOKE-001", "FC-INVOKE-002"],
        |exchange, request| {
            let mut unsigned = request.clone();
            unsigned.headers.remove("authorization");
            exchange.send(&unsigned)?;
            exchange.send(request)
        },
    ),
    http(
        "FCG0509",
        "get-before-post",
        "sends a GET to the path before it invokes",
        &["FC-INVOKE-001", "FC-INVOKE-002"],
        |exchange, request| {
            let mut look = request.clone();
            "GET".clone_into(&mut look.method);
            look.body.clear();
            exchange.send(&look)?;
            exchange.send(request)
        },
    ),
    http(
        "FCG0510",
        "errors-as-transport-errors",
        "reports every status from 400 on as a transport error",
        &["FC-INVOKE-003", "FC-PARSE-005"],
        |exchange, request| {
            let answer = exchange.send(request)?;
            if answer.status >= 400 {
                return Err(TransportClass::Other);
            }
            Ok(answer)
        },
    )
    .seen_in("HTTP libraries that raise on a status"),
    http(
        "FCG0511",
        "body-not-read",
        "returns the response before its body is read",
        &["FC-INVOKE-003"],
        |exchange, request| {
            let mut answer = exchange.send(request)?;
            answer.body.clear();
            Ok(answer)
        },
    )
    .seen_in("@alicloud/fc20230330 (Node), when the returned stream is aborted"),
    http(
        "FCG0512",
        "headers-lost",
        "returns the response without its headers",
        &["FC-INVOKE-003"],
        |exchange, request| {
            let mut answer = exchange.send(request)?;
            answer.headers = HeaderList::new();
            Ok(answer)
        },
    )
    .seen_in("alibabacloud-fc-open20210406 (Python), after a truncated head"),
    http(
        "FCG0513",
        "body-read-once",
        "reads from the connection once and returns these bytes (16 here) as the body",
        &["FC-INVOKE-003"],
        |exchange, request| {
            let mut answer = exchange.send(request)?;
            answer.body.truncate(16);
            Ok(answer)
        },
    ),
    http(
        "FCG0514",
        "not-sent",
        "returns an outcome without sending a request",
        &["FC-INVOKE-001"],
        |_, _| {
            Ok(Received {
                status: 200,
                headers: HeaderList::new(),
                body: br#"{"ok":true}"#.to_vec(),
            })
        },
    ),
    http(
        "FCG0515",
        "host-without-port",
        "sends the Host header without the port, and signs it with the port",
        &["FC-INVOKE-002"],
        |exchange, request| {
            exchange.host_with_port = false;
            exchange.send(request)
        },
    )
    .seen_in("@alicloud/fc2 (Node) sends it so; the FC scheme does not sign it"),
];

/// Sends again while the condition holds.
fn repeated(
    exchange: &Exchange,
    request: &BuildOutput,
    times: usize,
    again: fn(&Received) -> bool,
) -> Answer {
    let mut answer = exchange.send(request)?;
    for _ in 1..times {
        if again(&answer) {
            answer = exchange.send(request)?;
        }
    }
    Ok(answer)
}
