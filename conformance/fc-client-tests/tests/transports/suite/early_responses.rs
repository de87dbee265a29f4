//! Responses that are sent before the request was read.

use fc_transport::TransportErrorKind::{Interrupted, Timeout};
use fcgate_http::origin::Step;

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{Expected, short_limits};
use crate::rows::{Row, play};

const ANSWER: &str =
    "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 5\r\n\r\nlarge";
const LARGE: usize = 8 << 20;

#[test]
fn an_early_response_is_returned_if_the_server_reads_the_rest() {
    let steps = [Step::ReadHead, Step::send(ANSWER), Step::Close];
    let expected = Expected::answer(413, "large");
    play::<Backend>(vec![Row::new("hf-060", steps, expected).payload(LARGE)]);
}

#[test]
fn an_early_response_before_a_reset_is_returned_or_interrupted() {
    let steps = [Step::ReadHead, Step::send(ANSWER), Step::Reset];
    let expected = Expected::answer(413, "large").or(Interrupted);
    play::<Backend>(vec![Row::new("hf-060", steps, expected).payload(LARGE)]);
}

#[test]
fn an_early_response_of_a_server_that_stops_reading_is_returned_or_times_out() {
    let steps = [Step::ReadHead, Step::send(ANSWER), Step::Hold];
    let expected = Backend::ENGINE.pick(
        Expected::answer(413, "large"),
        // ureq reads nothing before it has sent the whole request.
        Expected::error(Timeout),
    );
    play::<Backend>(vec![
        Row::new("hf-060", steps, expected)
            .payload(LARGE)
            .limits(short_limits()),
    ]);
}
