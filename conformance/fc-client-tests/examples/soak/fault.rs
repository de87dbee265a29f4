//! The faults of the server and the results that they must have.

use std::fmt::Debug;

use fc_invoke::{InvokeError, InvokeErrorKind};
use fc_response::Outcome;
use fc_transport::TransportErrorKind::Interrupted;

/// One call of ten has a fault.
const SHARE: usize = 10;
/// The largest response body that the clients accept.
pub(crate) const BODY_LIMIT: u64 = 4096;

/// What the server does instead of a good answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Closes the connection without a response.
    Silence,
    /// Closes the connection within the head.
    CutHead,
    /// Closes the connection within the body.
    CutBody,
    /// Resets the connection.
    Reset,
    /// Sends a length and a transfer coding, and an empty body.
    TwoLengths,
    /// Sends a length and a transfer coding, and a body.
    TwoLengthsAndBody,
    /// Sends something that is not HTTP.
    NotHttp,
    /// Sends a body beyond the limit of the client.
    LongBody,
    /// Sends 300 headers.
    ManyHeaders,
    /// Refuses the call.
    ServerError,
}

const ALL: [Fault; 10] = [
    Fault::Silence,
    Fault::CutHead,
    Fault::CutBody,
    Fault::Reset,
    Fault::TwoLengths,
    Fault::TwoLengthsAndBody,
    Fault::NotHttp,
    Fault::LongBody,
    Fault::ManyHeaders,
    Fault::ServerError,
];

impl Fault {
    /// The fault of a call.
    pub(crate) fn of(call: usize) -> Option<Self> {
        let kind = ALL.get(call / SHARE % ALL.len()).copied();
        kind.filter(|_| call % SHARE == SHARE / 2)
    }
}

/// The payload of a call; the result of the call has the same bytes.
pub(crate) fn payload(call: usize) -> String {
    format!("call {call:09} {:x<200}", "")
}

/// Whether a call had the result that it must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Expected,
    /// A good answer was lost, and the client said so. A transport closes the connection of a refused answer, and
    /// another call may have been sent on it a moment before.
    Lost,
}

/// Checks the result of a call.
pub(crate) fn check(call: usize, result: Result<Outcome, InvokeError>) -> Result<Verdict, String> {
    let unexpected = |shown: &dyn Debug| {
        let fault = Fault::of(call);
        Err(format!("call {call} with fault {fault:?}: {shown:?}"))
    };
    match (Fault::of(call), result) {
        (None, Ok(Outcome::Completed(done))) if **done.payload() == *payload(call).as_bytes() => {
            Ok(Verdict::Expected)
        }
        (Some(Fault::ServerError), Ok(Outcome::Rejected(_))) => Ok(Verdict::Expected),
        (_, Ok(outcome)) => unexpected(&outcome),
        (fault, Err(error)) => match (fault, error.kind()) {
            (None, InvokeErrorKind::Transport(error)) if error.kind() == Interrupted => {
                Ok(Verdict::Lost)
            }
            (None | Some(Fault::ServerError), _) => unexpected(&error),
            (Some(_), InvokeErrorKind::Transport(_)) => Ok(Verdict::Expected),
            (Some(_), _) => unexpected(&error),
        },
    }
}
