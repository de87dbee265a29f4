//! Requests are sent unchanged and responses are returned unchanged.

use bytes::Bytes;
use fcgate_http::origin::{Connection, Origin, Script};

use super::Backend;
use crate::backends::Subject;
use crate::exchange::Expected;
use crate::exchange::{PATH, generous_limits, request};
use crate::rows::{Row, play};

const ANSWER: &str = "HTTP/1.1 200 OK\r\nX-Fc-Request-Id: 1\r\nX-Fc-Twice: a\r\nX-Fc-Twice: b\r\nContent-Length: 4\r\n\r\ndone";

/// The lines of the head of the only request, in lower case, and its body.
fn only_request(origin: &Origin) -> (Vec<String>, Vec<u8>) {
    let connections = origin.connections();
    let all: Vec<&[u8]> = connections.iter().flat_map(Connection::requests).collect();
    assert_eq!(all.len(), 1, "{connections:?}");
    let end = all[0].windows(4).position(|window| window == b"\r\n\r\n");
    let (lines, body) = all[0].split_at(end.unwrap() + 4);
    let lines = String::from_utf8_lossy(lines).to_ascii_lowercase();
    let lines = lines.trim_end().split("\r\n").map(Into::into).collect();
    (lines, body.to_vec())
}

#[test]
fn the_request_is_sent_unchanged() {
    let origin = Origin::start(Script::serving(ANSWER)).unwrap();
    let target = "/2021-04-06/services/s/functions/f/invocations?qualifier=a%2fb%20c%27&x=+";
    let body: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let mut request = request(&origin.url(target), Bytes::from(body.clone()));
    for value in ["one", "two", "caf\u{e9}"] {
        let value = http::HeaderValue::from_bytes(value.as_bytes()).unwrap();
        request.headers_mut().append("x-fc-repeated", value);
    }
    Backend::new(generous_limits()).send(request).unwrap();

    let (mut lines, arrived) = only_request(&origin);
    assert_eq!(arrived, body);
    assert_eq!(lines.remove(0), format!("post {target} http/1.1"));
    // A client may send User-Agent and `Accept: */*`. Other headers could change the response.
    lines.retain(|line| line != "accept: */*" && !line.starts_with("user-agent: "));
    lines.sort();
    let mut wanted = vec![
        "authorization: fc id:secret-signature".to_owned(),
        "content-length: 100000".to_owned(),
        "content-type: application/octet-stream".to_owned(),
        format!("host: {}", origin.address()),
        "x-fc-repeated: one".to_owned(),
        "x-fc-repeated: two".to_owned(),
        "x-fc-repeated: caf\u{e9}".to_owned(),
        "x-fc-security-token: secret-token".to_owned(),
    ];
    wanted.sort();
    assert_eq!(lines, wanted);
}

#[test]
fn the_response_is_returned_unchanged() {
    let origin = Origin::start(Script::serving(ANSWER)).unwrap();
    let response = Backend::new(generous_limits())
        .send(request(&origin.url(PATH), Bytes::new()))
        .unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.body(), "done");
    let twice: Vec<_> = response.headers().get_all("x-fc-twice").iter().collect();
    assert_eq!(twice, ["a", "b"]);
    assert_eq!(only_request(&origin).1, b"");
}

#[test]
fn every_status_is_returned_as_ok() {
    let rows = [
        200, 202, 203, 299, 400, 404, 412, 429, 499, 500, 502, 503, 504, 599, 999,
    ];
    let row = |status| {
        let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: 3\r\n\r\nabc");
        Row::sends("status", answer, Expected::answer(status, "abc"))
    };
    play::<Backend>(rows.map(row).into());
}

#[test]
fn requests_are_not_retried_after_any_status() {
    let row = |id, status, header| {
        let answer = format!("HTTP/1.1 {status} X\r\n{header}\r\nContent-Length: 1\r\n\r\nx");
        Row::sends(id, answer, Expected::answer(status, "x"))
    };
    play::<Backend>(vec![
        row("timeout", 408, "Connection: close"),
        row("misdirected", 421, "X-Fc-Request-Id: 1"),
        row("too-early", 425, "X-Fc-Request-Id: 1"),
        row("retry-after", 503, "Retry-After: 0"),
    ]);
}
