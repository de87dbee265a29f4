//! One attempt whose result is pending.

use bytes::Bytes;
use fc_sign::{Nonce, Timestamp};
use http::Request;

use crate::{Call, InvokeError, InvokeFunctionInput, Operation, Signer};

/// One attempt whose result is pending; see [`Call`].
#[must_use = "an attempt ends when its result is passed to `finish`"]
#[derive(Debug)]
pub struct InFlight<O = InvokeFunctionInput> {
    pub(crate) call: Call<O>,
    pub(crate) time: Timestamp,
}

/// The number of headers that a transport adds: `Host` and `Content-Length`.
const WRITTEN_BY_TRANSPORTS: usize = 2;

impl<O: Operation> Call<O> {
    /// Signs the request of the next attempt.
    ///
    /// # Errors
    ///
    /// [`InvokeErrorKind::Sign`](crate::InvokeErrorKind::Sign) if the request cannot be signed, for example because the corrected time is outside of the years
    /// 1970 to 9999.
    pub fn start(
        mut self,
        signer: &Signer,
        time: Timestamp,
        nonce: &Nonce,
    ) -> Result<(Request<Bytes>, InFlight<O>), InvokeError> {
        let time = self.corrected(time).map_err(|error| self.fail(error))?;
        let room = signer.added_headers() + WRITTEN_BY_TRANSPORTS;
        let mut request = (self.input).to_request_with_room(&self.endpoint, self.scheme, room);
        let additions = signer.sign_built(&request, time, nonce);
        let additions = additions.map_err(|error| self.fail(error))?;
        additions.apply(request.headers_mut());
        self.attempt = self.attempt.saturating_add(1);
        Ok((request, InFlight { call: self, time }))
    }
}

impl<O: Operation> InFlight<O> {
    /// The number of the attempt, counted from 1.
    pub fn attempt(&self) -> u32 {
        self.call.attempt
    }

    /// The time that the attempt was signed for.
    pub fn time(&self) -> Timestamp {
        self.time
    }
}
