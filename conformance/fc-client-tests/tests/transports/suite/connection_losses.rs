//! Connections that cannot be opened, are lost, or become silent.

use std::time::Duration;

use bytes::Bytes;
use fc_transport::TransportErrorKind::{Connect, Interrupted, Timeout};
use fcgate_http::origin::{DeadPort, Step};

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{Expected, PATH, assert_no_secret, generous_limits, request, short_limits};
use crate::rows::{Row, play};

#[test]
fn a_refused_connection_is_a_connect_error() {
    let port = DeadPort::refusing().unwrap();
    let result = Backend::new(generous_limits()).send(request(&port.url(PATH), Bytes::new()));
    let error = result.unwrap_err();
    assert_eq!(error.kind(), Connect, "{error:?}");
    assert_no_secret(&error);
}

#[test]
fn an_unresolvable_host_is_a_connect_error() {
    let url = format!("http://nowhere.invalid{PATH}");
    let result = Backend::new(generous_limits()).send(request(&url, Bytes::new()));
    let error = result.unwrap_err();
    assert_eq!(error.kind(), Connect, "{error:?}");
    assert_no_secret(&error);
}

#[test]
fn a_connect_that_takes_too_long_ends_at_the_total_limit() {
    let port = DeadPort::silent().unwrap();
    let result = Backend::new(short_limits()).send(request(&port.url(PATH), Bytes::new()));
    let error = result.unwrap_err();
    // A client that cannot distinguish the phase reports the total limit as a timeout.
    assert!(matches!(error.kind(), Connect | Timeout), "{error:?}");
    assert_no_secret(&error);
}

#[test]
fn a_lost_connection_is_an_interrupted_error() {
    play::<Backend>(vec![
        Row::new(
            "closed after the request",
            [Step::ReadRequest, Step::Close],
            Expected::error(Interrupted),
        ),
        Row::new(
            "reset after the request",
            [Step::ReadRequest, Step::Reset],
            Expected::error(Interrupted),
        ),
        Row::sends_and_closes(
            "closed in the status",
            "HTTP/1.1 2",
            Expected::error(Interrupted),
        ),
        Row::sends_and_closes(
            "closed in the headers",
            "HTTP/1.1 200 OK\r\nX-A: ",
            Expected::error(Interrupted),
        ),
    ]);
}

#[test]
fn a_silent_server_ends_at_the_total_limit() {
    play::<Backend>(vec![
        Row::new("silent", [Step::Stall], Expected::error(Timeout)).limits(short_limits()),
        Row::new(
            "read and silent",
            [Step::ReadRequest, Step::Hold],
            Expected::error(Timeout),
        )
        .limits(short_limits()),
    ]);
}

#[test]
fn progress_does_not_extend_the_total_limit() {
    let slow = |text: &str, millis| {
        let drip = Step::drip(text.to_owned(), Duration::from_millis(millis));
        [Step::ReadRequest, drip, Step::Stall]
    };
    let limits = short_limits().idle(Duration::from_secs(5));
    let body = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n12345678901234567890";
    play::<Backend>(vec![
        Row::new("body", slow(body, 20), Expected::error(Timeout)).limits(limits),
    ]);
}

#[test]
fn silence_within_a_response_ends_at_the_idle_limit() {
    let idle = generous_limits().idle(Duration::from_millis(300));
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n12345";
    play::<Backend>(vec![
        Row::sends("idle", head, Expected::error(Timeout)).limits(idle),
    ]);
}

#[test]
fn the_idle_limit_does_not_apply_before_the_response() {
    // A function may run for a day before it answers.
    let idle = generous_limits().idle(Duration::from_millis(50));
    let answer = Step::send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345");
    // A pause without bytes, because an interim response would already begin the response.
    let steps = [
        Step::ReadRequest,
        Step::Pause(Duration::from_millis(400)),
        answer,
        Step::Stall,
    ];
    play::<Backend>(vec![
        Row::new("runs long", steps, Expected::answer(200, "12345")).limits(idle),
    ]);
}

#[test]
fn a_slow_body_within_the_idle_limit_is_read_completely() {
    // The body takes longer than the idle limit, but no pause in it does.
    let idle = generous_limits().idle(Duration::from_secs(1));
    let drip = Step::drip("1234567890", Duration::from_millis(150));
    let head = Step::send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
    let expected = Backend::ENGINE.pick(
        Expected::answer(200, "1234567890"),
        // ureq has limits only for the whole body, or for every read including the wait for the response.
        Expected::error(Timeout),
    );
    let steps = [Step::ReadRequest, head, drip, Step::Stall];
    play::<Backend>(vec![Row::new("slow", steps, expected).limits(idle)]);
}
