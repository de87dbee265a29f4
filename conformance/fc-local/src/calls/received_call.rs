//! One call that the server received.

use crate::functions::{Call, FunctionName};
use crate::resource_names::ResourceNames;

/// The result of the check of a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureVerdict {
    /// The signature is valid, or the HTTP trigger demands none.
    Accepted,
    /// The signature, the key, the time or the token is wrong: the error code of the answer.
    Refused(String),
}

/// One call that the server received: an invocation or a request of an HTTP trigger, also a refused one.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ReceivedCall {
    /// The number of the call. Numbers start at 1, increase, and are never used again.
    pub number: u64,
    /// What the function receives. The headers and the query are without credentials.
    pub call: Call,
    /// The revision of the API in the path.
    pub revision: &'static str,
    /// Whether the function exists: a built-in function or one of the user's own.
    pub is_known: bool,
    /// Whether the signature was accepted.
    pub signature: SignatureVerdict,
    /// The code of the error with which the server refused the call before it reached the function.
    pub refusal: Option<String>,
    /// The status of the answer; `None` while the function runs, and if the connection is closed instead.
    pub status: Option<u16>,
    /// The required checks of the request that failed: expected and found.
    pub failed_checks: Vec<String>,
}

impl ReceivedCall {
    /// Whether a name of the table matches this call.
    #[must_use]
    pub fn is_of(&self, name: &FunctionName) -> bool {
        name.matches(&names(&self.call))
    }

    /// The approximate number of bytes that the record takes.
    pub(super) fn bytes(&self) -> usize {
        const FIXED: usize = 1024;
        let call = &self.call;
        let headers = call.headers.iter();
        let headers: usize = headers.map(|(name, value)| name.len() + value.len()).sum();
        FIXED + call.payload.len() + call.target.len() + headers
    }
}

/// The names of a call, for the table of functions.
pub(super) fn names(call: &Call) -> ResourceNames {
    ResourceNames {
        // A revision in which the service is never a part of the name of the function.
        revision: "2021-04-06",
        service: call.service.clone(),
        function: call.function.clone(),
        qualifier: call.qualifier.clone(),
    }
}
