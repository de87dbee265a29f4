//! The limits of a server.

use std::time::Duration;

/// The limits of a server: the number of its connections, and the time that a client has.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Limits {
    /// The most open connections. Further clients wait; a connection without a request makes room.
    pub connections: usize,
    /// How long a connection may have no request.
    pub idle: Duration,
    /// How long the head of a request may take, from its first byte.
    pub head: Duration,
    /// How long the body of a request may take, from the end of its head.
    pub body: Duration,
    /// How long the client may read nothing of an answer.
    pub answer: Duration,
    /// How long the end of the server waits for the asynchronous calls of own functions. Then they are stopped, and logged.
    pub background: Duration,
}

impl Limits {
    /// 256 connections; 60 seconds without a request, 10 seconds for a head, 60 for a body, 60 for an answer; 5 for
    /// asynchronous calls at the end.
    pub fn new() -> Self {
        Self {
            connections: 256,
            idle: Duration::from_secs(60),
            head: Duration::from_secs(10),
            body: Duration::from_secs(60),
            answer: Duration::from_secs(60),
            background: Duration::from_secs(5),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}
