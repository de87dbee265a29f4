//! What an origin does, as data.

use std::time::Duration;

use bytes::Bytes;

/// One thing that the origin does on a connection.
///
/// The play ends early when the peer goes away or the origin is dropped. Behind the last step stands
/// [`Close`](Step::Close).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Reads until the head of the next request is whole.
    ReadHead,
    /// Reads until the next request is whole, by its `Content-Length` or its chunks.
    ReadRequest,
    /// Reads this many further bytes and no more.
    Read(usize),
    /// Sends the bytes.
    Send(Bytes),
    /// Sends the bytes again and again until the peer goes away.
    Flood(Bytes),
    /// Sends one byte after the other with a pause behind each.
    Drip(Bytes, Duration),
    /// Does nothing for that long.
    Pause(Duration),
    /// Sends nothing more, but reads on until the peer goes away.
    Stall,
    /// Neither sends nor reads until the origin is dropped.
    Hold,
    /// Ends the sending half (FIN) and reads on until the peer goes away.
    ///
    /// A socket that is closed with unread bytes would send a reset and not an end.
    Close,
    /// Resets the connection (RST).
    Reset,
    /// Begins again with the first step. A round that neither read nor sent anything is the last.
    Again,
}

impl Step {
    /// [`Step::Send`] of a text.
    pub fn send(text: impl Into<Bytes>) -> Self {
        Self::Send(text.into())
    }

    /// [`Step::Flood`] with a text.
    pub fn flood(text: impl Into<Bytes>) -> Self {
        Self::Flood(text.into())
    }

    /// [`Step::Drip`] of a text.
    pub fn drip(text: impl Into<Bytes>, pause: Duration) -> Self {
        Self::Drip(text.into(), pause)
    }
}

/// What an origin does on its first, second, ... connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    lists: Vec<Vec<Step>>,
    counted: Counted,
}

/// What the lists of a script are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    Connections,
    Requests,
}

/// What is played on one connection.
#[derive(Debug)]
pub(super) enum Play {
    Steps(Vec<Step>),
    /// The list that is for the request that comes on the connection.
    ByRequest(Script),
}

impl Script {
    /// The same steps on every connection.
    pub fn every(steps: impl Into<Vec<Step>>) -> Self {
        Self {
            lists: vec![steps.into()],
            counted: Counted::Connections,
        }
    }

    /// The steps behind the first request, and behind every other one unless [`then`](Self::then) says
    /// otherwise: each connection is read until a request is whole, whichever number that request has.
    pub fn on_request(steps: impl Into<Vec<Step>>) -> Self {
        Self {
            lists: vec![steps.into()],
            counted: Counted::Requests,
        }
    }

    /// Other steps from the next connection or request on: the last list holds for all that follow.
    #[must_use]
    pub fn then(mut self, steps: impl Into<Vec<Step>>) -> Self {
        self.lists.push(steps.into());
        self
    }

    /// Answers every request on every connection with these bytes.
    pub fn serving(answer: impl Into<Bytes>) -> Self {
        Self::every([Step::ReadRequest, Step::Send(answer.into()), Step::Again])
    }

    pub(super) fn of_connection(&self, index: usize) -> Play {
        match self.counted {
            Counted::Connections => Play::Steps(self.list(index)),
            Counted::Requests => Play::ByRequest(self.clone()),
        }
    }

    /// The steps of the connection or request of that number, counted from 0.
    pub(super) fn list(&self, index: usize) -> Vec<Step> {
        let steps = self.lists.get(index).or(self.lists.last());
        steps.cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Script, Step};

    #[test]
    fn the_last_list_holds_for_all_connections_that_follow() {
        let script = Script::every([Step::Reset]).then([Step::Close]);
        assert_eq!(script.list(0), [Step::Reset]);
        assert_eq!(script.list(1), [Step::Close]);
        assert_eq!(script.list(7), [Step::Close]);
    }
}
