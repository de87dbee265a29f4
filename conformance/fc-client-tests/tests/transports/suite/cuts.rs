//! Connections that cannot be made, are lost, or fall silent.

use std::time::Duration;

use bytes::Bytes;
use fc_transport::TransportErrorKind::{Connect, Interrupted, Timeout};
use fcgate_http::origin::{DeadPort, Step};

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{Expected, PATH, patient, request, short, tells_no_secret};
use crate::rows::{Row, play};

#[test]
fn a_refused_connection_is_connect() {
    let port = DeadPort::refusing().unwrap();
    let result = Backend::new(patient()).send(request(&port.url(PATH), Bytes::new()));
    let error = result.unwrap_err();
    assert_eq!(error.kind(), Connect, "{error:?}");
    tells_no_secret(&error);
}

#[test]
fn a_host_without_an_address_is_connect() {
    let url = format!("http://nowhere.invalid{PATH}");
    let result = Backend::new(patient()).send(request(&url, Bytes::new()));
    let error = result.unwrap_err();
    assert_eq!(error.kind(), Connect, "{error:?}");
    tells_no_secret(&error);
}

#[test]
fn a_connection_that_is_not_made_in_time_ends() {
    let port = DeadPort::silent().unwrap();
    let result = Backend::new(short()).send(request(&port.url(PATH), Bytes::new()));
    let error = result.unwrap_err();
    // The whole limit is over: a client that cannot tell how far it came has to say so.
    assert!(matches!(error.kind(), Connect | Timeout), "{error:?}");
    tells_no_secret(&error);
}

#[test]
fn a_lost_connection_is_interrupted() {
    play::<Backend>(vec![
        Row::new("hf-001", [Step::Close], Expected::error(Interrupted)),
        // A reset may come before the client has seen that it is connected.
        Row::new(
            "hf-002",
            [Step::Reset],
            Expected::error(Interrupted).or(Connect),
        ),
        Row::new(
            "closed behind the request",
            [Step::ReadRequest, Step::Close],
            Expected::error(Interrupted),
        ),
        Row::new(
            "reset behind the request",
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
fn silence_ends_at_the_limit() {
    play::<Backend>(vec![
        Row::new("hf-005", [Step::Hold], Expected::error(Timeout)).limits(short()),
        Row::new("silent", [Step::Stall], Expected::error(Timeout)).limits(short()),
        Row::new("hf-061", [Step::Hold], Expected::error(Timeout))
            .payload(32 << 20)
            .limits(short()),
        Row::new(
            "taken and silent",
            [Step::ReadRequest, Step::Hold],
            Expected::error(Timeout),
        )
        .limits(short()),
    ]);
}

#[test]
fn progress_does_not_put_off_the_limit_of_the_whole() {
    let slow = |text: &str, millis| {
        let drip = Step::drip(text.to_owned(), Duration::from_millis(millis));
        [Step::ReadRequest, drip, Step::Stall]
    };
    let limits = short().idle(Duration::from_secs(5));
    let body = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n12345678901234567890";
    play::<Backend>(vec![
        Row::new(
            "hf-008",
            slow("HTTP/1.1 200 OK\r\n", 200),
            Expected::error(Timeout),
        )
        .limits(limits),
        Row::new("body", slow(body, 20), Expected::error(Timeout)).limits(limits),
    ]);
}

#[test]
fn silence_within_a_response_ends_at_the_idle_limit() {
    let idle = patient().idle(Duration::from_millis(300));
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n12345";
    play::<Backend>(vec![
        Row::sends("idle", head, Expected::error(Timeout)).limits(idle),
    ]);
}

#[test]
fn the_idle_limit_does_not_hold_while_the_function_runs() {
    // A function may run for a day before it answers.
    let idle = patient().idle(Duration::from_millis(50));
    let answer = Step::send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345");
    // A drip of nothing visible: an interim response would already be the beginning of an answer.
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
fn a_slow_body_within_the_idle_limit_is_read_to_its_end() {
    // The body as a whole takes longer than the limit of silence, and no pause in it comes near.
    let idle = patient().idle(Duration::from_secs(1));
    let drip = Step::drip("1234567890", Duration::from_millis(150));
    let head = Step::send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
    let expected = Backend::ENGINE.pick(
        Expected::answer(200, "1234567890"),
        // Its limits are for the whole body, or for every read, also the one that waits for the function.
        Expected::error(Timeout),
    );
    let steps = [Step::ReadRequest, head, drip, Step::Stall];
    play::<Backend>(vec![Row::new("slow", steps, expected).limits(idle)]);
}
