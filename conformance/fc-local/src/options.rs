//! The options of a server.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::affinity::SessionHeaderName;
use super::functions::Functions;
use super::limits::Limits;
use super::request_time::Clock;
use super::service_error::Bodies;
use super::tasks::TaskPace;

/// The options of a server.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The family of clients that can read the error bodies.
    pub bodies: Bodies,
    /// The API revision that every request must use; `None` accepts any.
    pub revision: Option<String>,
    /// The delay of the function `slow`.
    pub slow: Duration,
    /// The limits of connections and time.
    pub limits: Limits,
    /// The clock with which the times of requests are compared.
    pub clock: Clock,
    /// Whether each request is judged as if it were sent now, for tests with a frozen clock and for recorded requests.
    pub any_time: bool,
    /// The folder into which every request is written.
    pub record: Option<PathBuf>,
    /// Whether the server speaks TLS, with a certificate authority of its own.
    pub tls: bool,
    /// What moves a task to its next state.
    pub task_pace: TaskPace,
    /// How many polls do not find the record of a new task.
    pub hidden_task_polls: u32,
    /// The header that carries the session id for the functions with session affinity.
    pub session_header: SessionHeaderName,
    /// Functions of the user's own. They hide built-in functions with the same name.
    pub functions: Functions,
    /// Whether the server keeps the calls that it receives, for [`Server::calls`](crate::Server::calls).
    pub keep_calls: bool,
    /// The loopback address of the control interface; port 0 selects a free port. It keeps the calls too.
    pub control: Option<SocketAddr>,
}

impl Options {
    /// The default options: error bodies for all clients, any revision, and a delay of four seconds.
    ///
    /// The delay is longer than the shortest timeout of an SDK.
    pub fn new() -> Self {
        Self {
            bodies: Bodies::Both,
            revision: None,
            slow: Duration::from_secs(4),
            limits: Limits::new(),
            clock: Clock::system(),
            any_time: false,
            record: None,
            tls: false,
            task_pace: TaskPace::Polls,
            hidden_task_polls: 0,
            session_header: SessionHeaderName::default(),
            functions: Functions::default(),
            keep_calls: false,
            control: None,
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}
