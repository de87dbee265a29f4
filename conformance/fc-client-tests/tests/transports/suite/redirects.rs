//! Redirects and other headers that name another address are not followed.

use fcgate_http::origin::{Origin, Script, Step};

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{Exchange, Expected, PATH, exchange, generous_limits, request};

/// Asserts that the response is returned, and that no further connection is opened.
fn assert_not_followed(id: &str, status: u16, headers: impl Fn(&Origin) -> Vec<u8>) {
    let other = Origin::start(Script::serving(
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    ));
    let other = other.unwrap();
    let mut answer = format!("HTTP/1.1 {status} X\r\nContent-Length: 5\r\n").into_bytes();
    answer.extend(headers(&other));
    answer.extend(b"\r\nmoved");
    let subject = Backend::new(generous_limits());
    let steps = [Step::ReadRequest, Step::Send(answer.into()), Step::Stall];
    let Exchange { result, origin } = exchange(&subject, steps, "payload");
    let fault = Expected::answer(status, "moved").mismatch(&result);
    assert_eq!(fault, None, "{id}");
    assert_eq!(
        other.connection_count(),
        0,
        "{id}: {:?}",
        other.connections()
    );
    assert_eq!(origin.connection_count(), 1, "{id}");
}

fn with_location(id: &str, status: u16) {
    assert_not_followed(id, status, |other| {
        format!("Location: {}\r\n", other.url("/x")).into_bytes()
    });
}

fn header(id: &str, status: u16, line: &'static str) {
    assert_not_followed(id, status, |_| format!("{line}\r\n").into_bytes());
}

#[test]
fn a_302_is_returned_and_not_followed() {
    with_location("found", 302);
}

#[test]
fn a_308_is_returned_and_not_followed() {
    with_location("permanent", 308);
}

#[test]
fn a_location_with_another_status_is_not_followed() {
    // 304 has no body; another test covers it.
    for status in [200, 201, 202, 300, 305, 306] {
        with_location("location", status);
    }
}

#[test]
fn redirects_to_the_same_host_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        header("same host", status, "Location: /same/host");
        header("scheme-relative", status, "Location: //localhost/same/host");
    }
}

#[test]
fn redirects_to_other_schemes_are_not_followed() {
    header("https", 307, "Location: https://127.0.0.1:1/x");
    header("no URL", 302, "Location: http://[::1");
    header("empty", 302, "Location: ");
}

#[test]
fn an_alt_svc_header_is_ignored() {
    let other = Origin::start(Script::serving(
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    ));
    let other = other.unwrap();
    let port = other.address().port();
    let answer = format!(
        "HTTP/1.1 200 OK\r\nAlt-Svc: http/1.1=\":{port}\", h2=\":9\"\r\nStrict-Transport-Security: max-age=1\r\nContent-Length: 0\r\n\r\n"
    );
    let origin = Origin::start(Script::serving(answer)).unwrap();
    let subject = Backend::new(generous_limits());
    for _ in 0..2 {
        subject.send(request(&origin.url(PATH), "".into())).unwrap();
    }
    assert_eq!(other.connection_count(), 0);
    assert_eq!(origin.invocations(), 2);
}
