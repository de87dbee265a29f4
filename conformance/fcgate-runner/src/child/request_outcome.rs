//! The outcome of one request to a process.

use std::sync::mpsc::SyncSender;

use super::fault::Fault;
use super::reply_line::ReplyLine;
use super::system::ExitStatus;

/// A reply line, and whether the secret of the request was on standard error before it.
#[derive(Debug)]
pub(super) struct ChildResponse {
    pub(super) line: ReplyLine,
    pub(super) leaked: bool,
}

/// The reason why a request has no reply.
#[derive(Debug, Clone)]
pub(super) enum NoReply {
    /// The reply did not arrive in time, and no other request was pending.
    Timeout,
    /// The process exited, and no other request was pending.
    Exited(ExitStatus),
    /// The process exited, hung or leaked while several requests were pending.
    Ambiguous,
    /// The process was terminated before the request was sent. A new process has to be started.
    Terminated,
    /// The adapter broke the protocol.
    Broken(Fault),
    /// The run was stopped.
    Stopped,
    /// The gate could not send the request.
    NotSent(String),
}

/// The sending end of the channel on which the caller waits for its reply.
pub(super) type ReplySender = SyncSender<Result<ChildResponse, NoReply>>;

/// The reason why a process receives no further requests.
#[derive(Debug, Clone)]
pub(super) enum Terminated {
    /// The process exited.
    Exited {
        status: ExitStatus,
        /// Whether a request has already failed because of this exit.
        reported: bool,
    },
    /// The gate killed the process because a reply did not arrive in time.
    Timeout,
    /// The adapter broke the protocol.
    Broken(Fault),
    /// The run was stopped.
    Stopped,
}
