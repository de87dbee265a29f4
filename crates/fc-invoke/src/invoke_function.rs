//! `InvokeFunction` as an operation.

use bytes::Bytes;
use fc_response::{Accepted, Outcome, Reply, ResponseError, ServiceError};
use http::{Request, Response};

use crate::{Endpoint, InvokeError, InvokeFunctionInput, Operation, Revision, Safety, Scheme};

impl InvokeFunctionInput {
    /// Whether it is an asynchronous invocation with an id; the builder refuses the id of a synchronous one.
    fn is_task(&self) -> bool {
        self.stateful_async_invocation_id().is_some()
    }
}

/// A refusal is an [`Outcome`], not an error.
impl Operation for InvokeFunctionInput {
    type Output = Outcome;

    fn revision(&self) -> Revision {
        self.target().revision()
    }

    fn safety(&self) -> Safety {
        if self.is_task() {
            Safety::RunsFunctionOnce
        } else {
            Safety::RunsFunction
        }
    }

    fn to_request_with_room(
        &self,
        endpoint: &Endpoint,
        scheme: Scheme,
        room: usize,
    ) -> Request<Bytes> {
        self.request_with_room(endpoint, scheme, room)
    }

    fn read(
        response: Response<Bytes>,
        accepts_unidentified: bool,
    ) -> Result<Reply<Outcome>, ResponseError> {
        let outcome = if accepts_unidentified {
            Outcome::from_unidentified_response(response)
        } else {
            Outcome::from_response(response)
        };
        Ok(match outcome? {
            Outcome::Rejected(error) => Reply::Rejected(error),
            outcome => Reply::Output(outcome),
        })
    }

    fn refused(error: ServiceError) -> Result<Outcome, InvokeError> {
        Ok(Outcome::Rejected(error))
    }

    /// Reads a 409 that reports that an earlier attempt was accepted.
    fn settled(&self, error: ServiceError) -> Result<Outcome, ServiceError> {
        if self.is_task() {
            return Accepted::from_duplicate(error).map(Outcome::Accepted);
        }
        Err(error)
    }
}
