//! Nobody is sent anywhere else by an answer.

use fc_transport::TransportErrorKind::Protocol;
use fcgate_http::origin::{Origin, Script, Step};

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{Exchange, Expected, PATH, exchange, patient, request};

/// The response comes back as it is; the other listener hears nothing and the origin nothing more.
fn stays(id: &str, status: u16, headers: impl Fn(&Origin) -> Vec<u8>) {
    let other = Origin::start(Script::serving(
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    ));
    let other = other.unwrap();
    let mut answer = format!("HTTP/1.1 {status} X\r\nContent-Length: 5\r\n").into_bytes();
    answer.extend(headers(&other));
    answer.extend(b"\r\nmoved");
    let subject = Backend::new(patient());
    let steps = [Step::ReadRequest, Step::Send(answer.into()), Step::Stall];
    let Exchange { result, origin } = exchange(&subject, steps, "payload");
    let fault = Expected::answer(status, "moved").misses(&result);
    assert_eq!(fault, None, "{id}");
    assert_eq!(
        other.connection_count(),
        0,
        "{id}: {:?}",
        other.connections()
    );
    assert_eq!(origin.connection_count(), 1, "{id}");
}

fn elsewhere(id: &str, status: u16) {
    stays(id, status, |other| {
        format!("Location: {}\r\n", other.url("/x")).into_bytes()
    });
}

fn header(id: &str, status: u16, line: &'static str) {
    stays(id, status, |_| format!("{line}\r\n").into_bytes());
}

#[test]
fn moved_permanently_to_another_listener() {
    elsewhere("tp-001", 301);
}

#[test]
fn found_at_another_listener() {
    elsewhere("found", 302);
}

#[test]
fn see_other_at_another_listener() {
    elsewhere("tp-003", 303);
}

#[test]
fn temporary_redirect_to_another_listener() {
    elsewhere("tp-004", 307);
}

#[test]
fn permanent_redirect_to_another_listener() {
    elsewhere("permanent", 308);
}

#[test]
fn other_statuses_with_a_location() {
    // 304 has no body and stands elsewhere.
    for status in [200, 201, 202, 300, 305, 306] {
        elsewhere("location", status);
    }
}

#[test]
fn redirects_to_the_same_host() {
    for status in [301, 302, 303, 307, 308] {
        header("tp-006", status, "Location: /same/host");
        header("scheme-relative", status, "Location: //localhost/same/host");
    }
}

#[test]
fn redirects_to_other_schemes() {
    header("tp-007", 302, "Location: file:///outside/secret.txt");
    header("https", 307, "Location: https://127.0.0.1:1/x");
    header("no URL", 302, "Location: http://[::1");
    header("empty", 302, "Location: ");
}

#[test]
fn a_refresh_to_another_listener() {
    stays("tp-009", 300, |other| {
        format!("Refresh: 0; url={}\r\n", other.url("/")).into_bytes()
    });
}

#[test]
fn an_alternative_service_is_ignored() {
    let other = Origin::start(Script::serving(
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    ));
    let other = other.unwrap();
    let port = other.address().port();
    let answer = format!(
        "HTTP/1.1 200 OK\r\nAlt-Svc: http/1.1=\":{port}\", h2=\":9\"\r\nStrict-Transport-Security: max-age=1\r\nContent-Length: 0\r\n\r\n"
    );
    let origin = Origin::start(Script::serving(answer)).unwrap();
    let subject = Backend::new(patient());
    for _ in 0..2 {
        subject.send(request(&origin.url(PATH), "".into())).unwrap();
    }
    assert_eq!(other.connection_count(), 0, "tp-013");
    assert_eq!(origin.invocations(), 2, "tp-013");
}

#[test]
fn a_cookie_is_not_sent_back() {
    let answer = "HTTP/1.1 200 OK\r\nSet-Cookie: sid=1; Path=/\r\nContent-Length: 0\r\n\r\n";
    let origin = Origin::start(Script::serving(answer)).unwrap();
    let subject = Backend::new(patient());
    for _ in 0..2 {
        subject.send(request(&origin.url(PATH), "".into())).unwrap();
    }
    assert_eq!(origin.invocations(), 2, "tp-010");
    for heard in origin.connections() {
        let text = String::from_utf8_lossy(heard.received()).to_ascii_lowercase();
        assert!(!text.contains("cookie"), "tp-010: {text}");
    }
}

#[test]
fn a_location_that_is_no_text_is_not_followed() {
    // The LF ends the line and the CRLF behind it the head: what follows is the body.
    let answer = b"HTTP/1.1 302 X\r\nLocation: \xff\n\r\n".to_vec();
    let subject = Backend::new(patient());
    let steps = [Step::ReadRequest, Step::Send(answer.into()), Step::Close];
    let Exchange { result, origin } = exchange(&subject, steps, "payload");
    let fault = Expected::answer(302, "").or(Protocol).misses(&result);
    assert_eq!(fault, None, "tp-008");
    assert_eq!(origin.connection_count(), 1, "tp-008");
}
