//! Interim responses, and responses without a body.

use fc_transport::TransportErrorKind::{Protocol, Timeout};
use fcgate_http::origin::Step;

use super::Backend;
use crate::exchange::{Expected, short_limits};
use crate::rows::{Row, play};

const GOOD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345";
const CONTINUE: &str = "HTTP/1.1 100 Continue\r\n\r\n";
const HINTS: &str = "HTTP/1.1 103 Early Hints\r\nX-Fc-Error-Type: UnhandledInvocationError\r\n\r\n";

#[test]
fn interim_responses_are_skipped() {
    let accepted = |id, answer: String| Row::sends(id, answer, Expected::answer(200, "12345"));
    play::<Backend>(vec![
        accepted(
            "processing",
            format!("HTTP/1.1 102 Processing\r\n\r\n{GOOD}"),
        ),
        accepted("many", format!("{CONTINUE}{HINTS}{CONTINUE}{GOOD}")),
    ]);
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
fn responses_without_a_body_are_returned_at_once() {
    let row = |id, status, headers| {
        let answer = format!("HTTP/1.1 {status} X\r\n{headers}\r\n");
        Row::sends(id, answer, Expected::answer(status, ""))
    };
    play::<Backend>(vec![
        row("204", 204, ""),
        row("204 with zero", 204, "Content-Length: 0\r\n"),
        row("empty", 200, "Content-Length: 0\r\n"),
    ]);
}
