//! Answers that come before the request is read.

use fc_transport::TransportErrorKind::{Interrupted, Timeout};
use fcgate_http::origin::Step;

use super::Backend;
use crate::backends::Subject;
use crate::exchange::{Expected, short};
use crate::rows::{Row, play};

const ANSWER: &str =
    "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 5\r\n\r\nlarge";
const LARGE: usize = 8 << 20;

#[test]
fn an_early_answer_is_delivered_when_the_rest_is_still_read() {
    let steps = [Step::ReadHead, Step::send(ANSWER), Step::Close];
    let expected = Expected::answer(413, "large");
    play::<Backend>(vec![Row::new("hf-060", steps, expected).payload(LARGE)]);
}

#[test]
fn an_early_answer_with_a_reset_is_delivered_or_interrupted() {
    let steps = [Step::ReadHead, Step::send(ANSWER), Step::Reset];
    let expected = Expected::answer(413, "large").or(Interrupted);
    play::<Backend>(vec![Row::new("hf-060", steps, expected).payload(LARGE)]);
}

#[test]
fn an_early_answer_of_a_server_that_reads_no_more_is_delivered_or_ends_at_the_limit() {
    let steps = [Step::ReadHead, Step::send(ANSWER), Step::Hold];
    let expected = Backend::ENGINE.pick(
        Expected::answer(413, "large"),
        // It reads nothing before it has written everything.
        Expected::error(Timeout),
    );
    play::<Backend>(vec![
        Row::new("hf-060", steps, expected)
            .payload(LARGE)
            .limits(short()),
    ]);
}
