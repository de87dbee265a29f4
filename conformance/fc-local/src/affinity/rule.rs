//! The configuration of the session affinity of a function.

/// Where a session id is, and when the session ends before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SessionRule {
    /// `HEADER_FIELD` affinity.
    Header,
    /// `GENERATED_COOKIE` affinity.
    Cookie,
    /// `HEADER_FIELD` affinity; a session ends after three requests, and its id then starts a new one.
    Short,
    /// `HEADER_FIELD` affinity; a session ends after three requests, and its id is then refused.
    NoReuse,
    /// `HEADER_FIELD` affinity; the instance has too many requests, so that those of existing sessions are refused.
    Busy,
    /// `MCP_STREAMABLE` affinity: the function makes the id, and a DELETE ends the session. Triggers only.
    Mcp,
}

/// The requests of a session that ends early.
const FEW: u64 = 3;

impl SessionRule {
    /// The number of requests after which a session ends.
    pub(super) fn most_requests(self) -> u64 {
        match self {
            Self::Short | Self::NoReuse => FEW,
            Self::Header | Self::Cookie | Self::Busy | Self::Mcp => u64::MAX,
        }
    }
}
