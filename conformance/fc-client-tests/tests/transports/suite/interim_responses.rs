//! Interim responses, and responses without a body.

use fc_transport::TransportErrorKind::{Protocol, Timeout};
use fcgate_http::origin::Step;

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{Expected, exchange, generous_limits, short_limits};
use crate::rows::{Row, play};

const GOOD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345";
const CONTINUE: &str = "HTTP/1.1 100 Continue\r\n\r\n";
const HINTS: &str = "HTTP/1.1 103 Early Hints\r\nX-Fc-Error-Type: UnhandledInvocationError\r\n\r\n";

#[test]
fn interim_responses_are_skipped() {
    let accepted = |id, answer: String| Row::sends(id, answer, Expected::answer(200, "12345"));
    play::<Backend>(vec![
        accepted("hf-052", format!("{CONTINUE}{GOOD}")),
        accepted("hf-053", format!("{HINTS}{GOOD}")),
        accepted(
            "processing",
            format!("HTTP/1.1 102 Processing\r\n\r\n{GOOD}"),
        ),
        accepted("many", format!("{CONTINUE}{HINTS}{CONTINUE}{GOOD}")),
    ]);
}

#[test]
fn headers_of_an_interim_response_are_dropped() {
    let subject = Backend::new(generous_limits());
    let answer = Step::send(format!("{HINTS}{GOOD}"));
    let steps = [Step::ReadRequest, answer, Step::Stall];
    let response = exchange(&subject, steps, "").result.expect("hf-053");
    assert_eq!(response.headers().get("x-fc-error-type"), None, "hf-053");
}

#[test]
fn endless_interim_responses_end_at_a_limit() {
    let steps = [Step::ReadRequest, Step::flood(CONTINUE.repeat(1024))];
    let expected = Expected::error(Timeout).or(Protocol);
    // While more can be read, hyper does not see that the call was dropped.
    play::<Backend>(vec![
        Row::new("endless 100", steps, expected)
            .limits(short_limits())
            .keeps_connection(),
    ]);
}

#[test]
fn interim_responses_do_not_extend_the_total_limit() {
    let pause = std::time::Duration::from_millis(20);
    let steps = [
        Step::ReadRequest,
        Step::drip(CONTINUE.repeat(100), pause),
        Step::Stall,
    ];
    let expected = Expected::error(Timeout);
    play::<Backend>(vec![
        Row::new("dripped 100", steps, expected).limits(short_limits()),
    ]);
}

#[test]
fn a_101_response_is_returned() {
    let answer = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n";
    play::<Backend>(vec![
        Row::sends_and_closes("hf-056", answer, Expected::answer(101, "")).closes_connection(),
    ]);
}

#[test]
fn bytes_after_a_response_without_a_body_are_not_read_as_a_response() {
    let stray = "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n12345";
    play::<Backend>(vec![
        Row::sends("hf-057", stray, Expected::answer(204, "")).closes_connection(),
    ]);
}

#[test]
fn responses_without_a_body_are_returned_at_once() {
    let row = |id, status, headers| {
        let answer = format!("HTTP/1.1 {status} X\r\n{headers}\r\n");
        Row::sends(id, answer, Expected::answer(status, ""))
    };
    play::<Backend>(vec![
        row("hf-058", 304, "Content-Length: 10\r\n"),
        row("204", 204, ""),
        row("204 with zero", 204, "Content-Length: 0\r\n"),
        row("empty", 200, "Content-Length: 0\r\n"),
    ]);
}
