//! The steps of an origin, by connection or by request.

use bytes::Bytes;

use crate::answer::Step;

/// The steps of an origin for its first, second, ... connection or request.
///
/// After the last step of a list the origin plays [`Step::Close`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    lists: Vec<Vec<Step>>,
    counted: Counted,
}

/// Whether a script counts connections or requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    Connections,
    Requests,
}

/// The steps for one connection.
#[derive(Debug)]
pub(super) enum Play {
    Steps(Vec<Step>),
    /// The list for the request that arrives on the connection.
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

    /// These steps after every request, or until [`then`](Self::then) sets other ones.
    ///
    /// On each connection the origin first reads a complete request. Requests are counted over all connections.
    pub fn on_request(steps: impl Into<Vec<Step>>) -> Self {
        Self {
            lists: vec![steps.into()],
            counted: Counted::Requests,
        }
    }

    /// Adds the steps of the next connection or request. The last list is used for all that follow.
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
    fn the_last_list_is_used_for_all_following_connections() {
        let script = Script::every([Step::Reset]).then([Step::Close]);
        assert_eq!(script.list(0), [Step::Reset]);
        assert_eq!(script.list(1), [Step::Close]);
        assert_eq!(script.list(7), [Step::Close]);
    }
}
