//! Mistakes in the request that leaves: its time, its nonce, its connection, its further attempts.

use std::time::Duration;

use fcgate_protocol::BuildInput;
use jiff::Timestamp;

use super::constructor::constructor;
use super::http_behaviour::http;
use crate::mistake::Mistake;
use crate::mutant::Mutant;

constructor!(prepares, |wrongly: fn(&mut BuildInput, u32)| {
    Mistake::Prepares(wrongly)
});

pub(super) const MUTANTS: &[Mutant] = &[
    prepares(
        "FCG0541",
        "clock-8-hours-ahead",
        "sends the local time of China as UTC, 8 hours ahead",
        &["FC-INVOKE-020"],
        |input, _| {
            if let Ok(now) = input.time.parse::<Timestamp>() {
                let ahead = now.saturating_add(Duration::from_secs(8 * 3600));
                input.time = ahead.map_or_else(|_| input.time.clone(), |time| time.to_string());
            }
        },
    ),
    prepares(
        "FCG0542",
        "clock-stopped-in-1970",
        "sends the start of 1970 as the time",
        &["FC-INVOKE-020"],
        |input, _| "1970-01-01T00:00:00Z".clone_into(&mut input.time),
    ),
    prepares(
        "FCG0543",
        "nonce-constant",
        "signs every request with the same nonce",
        &["FC-INVOKE-021"],
        |input, _| "0123456789abcdef0123456789abcdef".clone_into(&mut input.nonce),
    ),
    prepares(
        "FCG0544",
        "further-attempts-without-payload",
        "sends a further attempt without the payload, correctly signed",
        &["FC-INVOKE-019"],
        |input, attempt| {
            if attempt > 0 {
                input.input.payload = None;
            }
        },
    )
    .seen_in("alibabacloud-fc20230330 (Python) with a stream as the body, the Go and Java clients of 2023-03-30 with their retry options"),
    prepares(
        "FCG0545",
        "further-attempts-without-options",
        "sends a further attempt without the qualifier, the options and the headers of the caller",
        &["FC-INVOKE-019"],
        |input, attempt| {
            if attempt > 0 {
                let payload = input.input.payload.take();
                let service = input.input.service.take();
                let function = std::mem::take(&mut input.input.function);
                input.input = fcgate_protocol::Invocation::new(function);
                input.input.service = service;
                input.input.payload = payload;
            }
        },
    ),
    http(
        "FCG0546",
        "http-1-0",
        "sends the request with HTTP/1.0",
        &["FC-INVOKE-022"],
        |exchange, request| {
            exchange.version = "HTTP/1.0";
            exchange.send(request)
        },
    ),
    http(
        "FCG0547",
        "two-host-headers",
        "sends the Host header twice",
        &["FC-INVOKE-022"],
        |exchange, request| {
            exchange.hosts = 2;
            exchange.send(request)
        },
    ),
    http(
        "FCG0548",
        "length-in-characters",
        "sends the number of characters of the payload as Content-Length",
        &["FC-INVOKE-022"],
        |exchange, request| {
            exchange.length_in_characters = true;
            exchange.send(request)
        },
    ),
    http(
        "FCG0549",
        "lf-alone-in-the-head",
        "ends the lines of the head with LF alone",
        &["FC-INVOKE-022"],
        |exchange, request| {
            exchange.line_end = "\n";
            exchange.send(request)
        },
    ),
    http(
        "FCG0550",
        "line-end-after-the-body",
        "sends a line end after the body, which Content-Length does not count",
        &["FC-INVOKE-022"],
        |exchange, request| {
            exchange.after_the_body = "\r\n";
            exchange.send(request)
        },
    ),
    prepares(
        "FCG0551",
        "secret-sent",
        "sends the access key secret in a header",
        &["FC-INVOKE-022"],
        |input, _| {
            let secret = input.credentials.access_key_secret.clone();
            let headers = input.input.headers.get_or_insert_default();
            headers.push("X-Access-Key-Secret", secret);
        },
    ),
];
