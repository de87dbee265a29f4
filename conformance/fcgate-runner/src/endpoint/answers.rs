//! Converts the answers of the corpus from JSON data to responses and steps.

use std::time::Duration;

use bytes::Bytes;

use fcgate_cases::corpus::{Act, Answer, CannedAnswer, OTHER_AUTHORITY, OTHER_LISTENER};
use fcgate_http::answer::{Response, Step};

/// Replaces the placeholders of the listener that must receive nothing.
fn with_elsewhere(text: &str, elsewhere: &str) -> String {
    let authority = elsewhere.strip_prefix("http://").unwrap_or(elsewhere);
    let text = text.replace(OTHER_LISTENER, elsewhere);
    text.replace(OTHER_AUTHORITY, authority)
}

/// A whole response; `elsewhere` is the URL of the listener that must receive nothing.
pub(super) fn response(canned: &CannedAnswer, elsewhere: &str) -> Response {
    let mut response = Response::new(canned.status);
    response.headers = canned.headers.clone();
    for (_, value) in &mut response.headers {
        *value = with_elsewhere(value, elsewhere);
    }
    response.body.clone_from(&canned.body);
    response
}

/// The steps after a request; the connection ends with the last.
pub(super) fn steps(answer: &Answer, elsewhere: &str) -> Vec<Step> {
    match answer {
        Answer::Canned(canned) => vec![Step::send(response(canned, elsewhere).to_bytes(true))],
        Answer::Script(acts) => acts.iter().map(|act| step(act, elsewhere)).collect(),
    }
}

fn step(act: &Act, elsewhere: &str) -> Step {
    match act {
        Act::Send(text) => Step::send(with_elsewhere(text, elsewhere)),
        Act::SendBytes(bytes) => Step::Send(Bytes::copy_from_slice(bytes)),
        Act::Repeat(repeated) => Step::send(repeated.text.repeat(repeated.count)),
        Act::Flood(text) => Step::flood(text.clone()),
        Act::PauseMs(length) => Step::Pause(Duration::from_millis(*length)),
        Act::Stall => Step::Stall,
        Act::Reset => Step::Reset,
        Act::Close | Act::Refuse => Step::Close,
    }
}
