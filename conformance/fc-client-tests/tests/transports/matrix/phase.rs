//! The phase of an exchange in which the fault occurs.

use fcgate_http::origin::Step;

/// A valid response. Each phase within the response has sent a prefix of it.
pub(super) const ANSWER: &str = "HTTP/1.1 200 OK\r\nX-Fc-Request-Id: 1-23\r\n\
    Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Accept,
    Head,
    Request,
    Status,
    Headers,
    Body,
}

impl Phase {
    pub(super) const ALL: [Self; 6] = [
        Self::Accept,
        Self::Head,
        Self::Request,
        Self::Status,
        Self::Headers,
        Self::Body,
    ];

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Accept => "accepted",
            Self::Head => "head read",
            Self::Request => "request read",
            Self::Status => "in the status",
            Self::Headers => "in the headers",
            Self::Body => "in the body",
        }
    }

    /// The bytes that the origin has sent before the fault.
    pub(super) fn sent(self) -> &'static str {
        let until = match self {
            Self::Accept | Self::Head | Self::Request => 0,
            Self::Status => "HTTP/1.1 2".len(),
            Self::Headers => "HTTP/1.1 200 OK\r\nX-Fc-Request-Id: 1".len(),
            Self::Body => ANSWER.len() - "56789\r\n0\r\n\r\n".len(),
        };
        &ANSWER[..until]
    }

    /// The steps of the origin before the fault.
    pub(super) fn steps(self) -> Vec<Step> {
        match self {
            Self::Accept => vec![],
            Self::Head => vec![Step::ReadHead],
            Self::Request => vec![Step::ReadRequest],
            Self::Status | Self::Headers | Self::Body => {
                vec![Step::ReadRequest, Step::send(self.sent())]
            }
        }
    }
}
