//! Turns a response into steps for the player of `fcgate-http`.

use std::time::Duration;

use fcgate_http::answer::{BodyFraming, Response, Step};

/// The pause between two bytes of a body that is sent byte by byte.
const BETWEEN: Duration = Duration::from_millis(20);
/// The most bytes of a body that are sent one by one; the rest is sent at once.
const DRIPS: usize = 50;
/// The size of a chunk, in bytes.
const CHUNK: usize = 8;

/// The way in which a response is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delivery {
    Whole,
    Chunked,
    /// Sends the response after a pause.
    Late,
    /// Sends the body byte by byte.
    Drip,
    /// Sends the head, then nothing until the client closes the connection.
    Stall,
    /// Sends half of the body, then closes the connection.
    Cut,
    /// Sends half of the head, then closes the connection.
    CutHead,
    /// Closes the connection without a response.
    Close,
    Reset,
}

impl Delivery {
    /// The steps that send this response.
    ///
    /// `late` is the pause before a late response. With `close`, the head announces that the connection closes.
    pub(super) fn steps(self, response: &Response, late: Duration, close: bool) -> Vec<Step> {
        let head = || response.head(BodyFraming::Length, close);
        let body = response.body.as_slice();
        let half = |bytes: &[u8]| bytes.get(..bytes.len() / 2).unwrap_or_default().to_vec();
        match self {
            Self::Whole => vec![Step::send(response.to_bytes(close))],
            Self::Chunked => vec![Step::send(response.to_chunked_bytes(CHUNK, close))],
            Self::Late => vec![Step::Pause(late), Step::send(response.to_bytes(close))],
            Self::Drip => {
                let (drops, rest) = body.split_at(body.len().min(DRIPS));
                vec![
                    Step::send(head()),
                    Step::drip(drops.to_vec(), BETWEEN),
                    Step::send(rest.to_vec()),
                ]
            }
            Self::Stall => vec![Step::send(head()), Step::Stall],
            Self::Cut => vec![Step::send([head(), half(body)].concat()), Step::Close],
            Self::CutHead => vec![Step::send(half(&head())), Step::Close],
            Self::Close => vec![Step::Close],
            Self::Reset => vec![Step::Reset],
        }
    }
}
