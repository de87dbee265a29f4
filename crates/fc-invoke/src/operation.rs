//! An operation of the service, as a call sends it.

use std::fmt;

use bytes::Bytes;
use fc_response::{Failure, Reply, ResponseError, ServiceError};
use http::{Request, Response};

use crate::{Endpoint, InvokeError, Revision, Scheme};

/// An operation of the service: its input makes the request, reads the response, and says whether it can be repeated.
///
/// [`Call`](crate::Call) sends every operation in the same way: each attempt is signed again, and retries follow from
/// [`safety`](Self::safety). Implement it for an operation that this crate does not have.
pub trait Operation: Clone + fmt::Debug {
    /// The output of a success.
    type Output: fmt::Debug;

    /// The revision of the API, which selects the signature scheme.
    fn revision(&self) -> Revision;

    /// The effect of sending the request twice.
    fn safety(&self) -> Safety;

    /// Makes the unsigned request with space for `room` more headers.
    fn to_request_with_room(
        &self,
        endpoint: &Endpoint,
        scheme: Scheme,
        room: usize,
    ) -> Request<Bytes>;

    /// Reads a complete response. If `accepts_unidentified` is set, a success needs no request id.
    ///
    /// # Errors
    ///
    /// [`ResponseError`] for a response that the operation does not define.
    fn read(
        response: Response<Bytes>,
        accepts_unidentified: bool,
    ) -> Result<Reply<Self::Output>, ResponseError>;

    /// Makes the result of a refusal that is not retried. By default it is an error.
    ///
    /// # Errors
    ///
    /// [`InvokeErrorKind::Failed`](crate::InvokeErrorKind::Failed), unless a refusal is an output of the operation.
    fn refused(error: ServiceError) -> Result<Self::Output, InvokeError> {
        Err(Failure::from(error).into())
    }

    /// Converts the refusal of a retry into the output of an earlier attempt, if it means that this attempt arrived.
    ///
    /// # Errors
    ///
    /// Returns the refusal unchanged if it has another meaning, which is the default.
    #[expect(clippy::result_large_err, reason = "the refusal is returned unchanged")]
    fn settled(&self, error: ServiceError) -> Result<Self::Output, ServiceError> {
        Err(error)
    }
}

/// The effect of sending the request of an operation twice.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Safety {
    /// It runs a function, so that a request that may have arrived is sent again only if the caller allows it.
    RunsFunction,
    /// It runs a function, and the service refuses a second request with the same task id.
    RunsFunctionOnce,
    /// It changes a state, and the second request changes nothing more.
    Repeatable,
    /// It only reads.
    Reads,
}

impl Safety {
    /// Whether the operation runs a function.
    pub fn runs_function(self) -> bool {
        matches!(self, Self::RunsFunction | Self::RunsFunctionOnce)
    }
}
