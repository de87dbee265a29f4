//! Invocations whose payload and result are streams.

use std::error::Error;
use std::fmt::{self, Write as _};
use std::future::poll_fn;
use std::io::{self, Read};
use std::pin::Pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use fc_headers::{InputError, InputErrorKind};
use fc_response::{Metadata, Outcome, OutcomeKind};
use fc_sign::{BlockingCredentialsProvider, Credentials, CredentialsProvider};
use fc_transport::{
    BlockingStreamingTransport, ExchangeLimits, StreamingTransport, TimeLeft, TransportError,
    TransportErrorKind,
};
use http::{HeaderName, HeaderValue, Request, Response};
use http_body::Body;

use crate::client_state::ClientState;
use crate::instrumentation::{Ending, Invocation};
use crate::{
    BlockingClient, Client, DeadlinePhase, InvokeError, InvokeFunctionInput, InvokeOptions, Scheme,
    Signer, StreamingOutcome,
};

/// A payload that is sent as a stream.
///
/// The `FC` scheme does not sign it. ACS3 signs its SHA-256, which the caller must know before sending.
pub struct StreamingPayload<B> {
    body: B,
    sha256: Option<[u8; 32]>,
}

impl<B> StreamingPayload<B> {
    /// Makes a payload from a body of known length.
    pub fn new(body: B) -> Self {
        Self { body, sha256: None }
    }

    /// Sets the SHA-256 of the whole payload; ACS3 requires it.
    #[must_use]
    pub fn sha256(self, digest: [u8; 32]) -> Self {
        Self {
            sha256: Some(digest),
            ..self
        }
    }
}

impl<B> fmt::Debug for StreamingPayload<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamingPayload")
            .field("sha256", &self.sha256)
            .finish_non_exhaustive()
    }
}

const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-acs-content-sha256");

impl ClientState {
    /// Makes the signed head of a streamed request. The call was made before, which refuses a scheme that the revision
    /// does not accept.
    fn streaming_head(
        &self,
        input: &InvokeFunctionInput,
        sha256: Option<[u8; 32]>,
        credentials: &Credentials,
    ) -> Result<Request<Bytes>, InvokeError> {
        let refuse = |kind, field| InvokeError::from(InputError::new(kind, field));
        if !input.payload.is_empty() {
            return Err(refuse(InputErrorKind::TwoPayloads, "payload"));
        }
        if input.settings.content_md5 {
            return Err(refuse(
                InputErrorKind::Missing,
                "Content-MD5 of a streamed payload",
            ));
        }
        let scheme = self.scheme(input);
        let mut head = input.to_request(&self.endpoint, scheme);
        match sha256 {
            Some(digest) if scheme == Scheme::Acs3 => {
                head.headers_mut().insert(CONTENT_SHA256, hex(digest));
            }
            None if scheme == Scheme::Acs3 => {
                return Err(refuse(
                    InputErrorKind::Missing,
                    "SHA-256 of a streamed payload",
                ));
            }
            _ => {}
        }
        let signer = Signer::new(scheme, credentials);
        let additions = signer.sign_head(&head, self.now()?, &self.nonce(scheme)?)?;
        additions.apply(head.headers_mut());
        Ok(head)
    }

    /// Whether the body of this response is the result of the function.
    fn is_result<B>(&self, response: &Response<B>) -> bool {
        let (status, headers) = (response.status(), response.headers());
        OutcomeKind::classify(status, headers) == Some(OutcomeKind::Completed)
            && (self.accepts_unidentified || Metadata::new(headers).has_request_id())
    }

    /// Makes the outcome of a response that is not a result.
    fn read_other<B>(&self, response: Response<Bytes>) -> Result<StreamingOutcome<B>, InvokeError> {
        let outcome = if self.accepts_unidentified {
            Outcome::from_unidentified_response(response)
        } else {
            Outcome::from_response(response)
        };
        Ok(StreamingOutcome::Other(outcome?))
    }
}

impl<T: StreamingTransport, P: CredentialsProvider> Client<T, P> {
    /// Invokes a function once with a streamed payload, and returns its result as a stream.
    ///
    /// There is no retry, because a stream cannot be sent twice.
    ///
    /// # Errors
    ///
    /// The errors of [`invoke`](Self::invoke); also `missing` for ACS3 without the SHA-256 of the payload, and
    /// `two-payloads` if the input has a payload too.
    pub async fn invoke_streaming<B>(
        &self,
        input: &InvokeFunctionInput,
        payload: StreamingPayload<B>,
    ) -> Result<StreamingOutcome<T::ResponseBody>, InvokeError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let mut invocation = Invocation::begin(&self.state, input);
        let result = self.stream_once(input, payload, &mut invocation).await;
        invocation.end(&Ending::from(&result));
        result
    }

    async fn stream_once<B>(
        &self,
        input: &InvokeFunctionInput,
        payload: StreamingPayload<B>,
        invocation: &mut Invocation<'_>,
    ) -> Result<StreamingOutcome<T::ResponseBody>, InvokeError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let call = self.state.call(input, InvokeOptions::default())?;
        let loading = self.provider.credentials(self.state.now()?);
        let credentials = self.within_deadline(&call, loading).await;
        let credentials =
            credentials.ok_or_else(|| call.deadline_exceeded(DeadlinePhase::Credentials))??;
        let phase = DeadlinePhase::Credentials;
        self.state.check_deadline(&call, Duration::ZERO, phase)?;
        let head = self
            .state
            .streaming_head(input, payload.sha256, &credentials)?;
        invocation.attempt_started();
        let call = call.started();
        let late = || call.deadline_exceeded(DeadlinePhase::Attempt);
        let exchange = self.transport.stream(head.map(|_| payload.body));
        let Some(result) = self.within_deadline(&call, exchange).await else {
            invocation.attempt_abandoned();
            return Err(late());
        };
        invocation.attempt_ended(&invocation.facts(&result), None);
        let response = result?;
        if self.state.is_result(&response) {
            return Ok(StreamingOutcome::Completed(response));
        }
        let (head, body) = response.into_parts();
        let body = self.within_deadline(&call, read_whole(body)).await;
        let body = body.ok_or_else(late)??;
        let outcome = self.state.read_other(Response::from_parts(head, body))?;
        if outcome.is_token_expired() {
            // A stream cannot be sent twice, but the next invocation shall not fail for the same reason.
            self.provider.discard(&credentials);
        }
        Ok(outcome)
    }
}

impl<T: BlockingStreamingTransport, P: BlockingCredentialsProvider> BlockingClient<T, P> {
    /// Invokes a function once with a payload of `length` bytes from a reader, and returns its result as a reader.
    ///
    /// # Errors
    ///
    /// The same as [`Client::invoke_streaming`].
    pub fn invoke_streaming<R: Read + Send + 'static>(
        &self,
        input: &InvokeFunctionInput,
        payload: StreamingPayload<R>,
        length: u64,
    ) -> Result<StreamingOutcome<T::ResponseBody>, InvokeError> {
        let mut invocation = Invocation::begin(&self.state, input);
        let result = self.stream_once(input, payload, length, &mut invocation);
        invocation.end(&Ending::from(&result));
        result
    }

    fn stream_once<R: Read + Send + 'static>(
        &self,
        input: &InvokeFunctionInput,
        payload: StreamingPayload<R>,
        length: u64,
        invocation: &mut Invocation<'_>,
    ) -> Result<StreamingOutcome<T::ResponseBody>, InvokeError> {
        let call = self.state.call(input, InvokeOptions::default())?;
        let credentials = self.provider.credentials(self.state.now()?)?;
        let phase = DeadlinePhase::Credentials;
        self.state.check_deadline(&call, Duration::ZERO, phase)?;
        let mut head = self
            .state
            .streaming_head(input, payload.sha256, &credentials)?;
        if let Some(left) = self.state.time_left(&call) {
            head.extensions_mut().insert(TimeLeft::new(left));
        }
        invocation.attempt_started();
        let result = self.transport.stream(head.map(|_| payload.body), length);
        invocation.attempt_ended(&invocation.facts(&result), None);
        if self.is_deadline(&call, &result) {
            return Err(call.started().deadline_exceeded(DeadlinePhase::Attempt));
        }
        let response = result?;
        if self.state.is_result(&response) {
            return Ok(StreamingOutcome::Completed(response));
        }
        let (head, body) = response.into_parts();
        let mut bytes = Vec::new();
        let limit = ExchangeLimits::default().body;
        body.take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(transport_error)?;
        check_limit(bytes.len())?;
        let body = Bytes::from(bytes);
        let outcome = self.state.read_other(Response::from_parts(head, body))?;
        if outcome.is_token_expired() {
            self.provider.discard(&credentials);
        }
        Ok(outcome)
    }
}

/// Reads the body of a response that is not a result, up to the body limit of the transports.
async fn read_whole<B>(mut body: B) -> Result<Bytes, TransportError>
where
    B: Body<Data = Bytes, Error = TransportError> + Unpin,
{
    let mut bytes = BytesMut::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        if let Ok(data) = frame?.into_data() {
            bytes.extend_from_slice(&data);
            check_limit(bytes.len())?;
        }
    }
    Ok(bytes.freeze())
}

/// Returns the transport error inside of a read error, or makes one.
fn transport_error(error: io::Error) -> TransportError {
    error.downcast().unwrap_or_else(|error| {
        TransportError::new(
            TransportErrorKind::Interrupted,
            "the connection was lost before the end of the response",
        )
        .because(error)
    })
}

fn check_limit(len: usize) -> Result<(), TransportError> {
    if u64::try_from(len).unwrap_or(u64::MAX) > ExchangeLimits::default().body {
        return Err(TransportError::new(
            TransportErrorKind::Protocol,
            "the response body exceeds the limit",
        ));
    }
    Ok(())
}

fn hex(digest: [u8; 32]) -> HeaderValue {
    let mut text = String::with_capacity(64);
    for byte in digest {
        let _ = write!(text, "{byte:02x}");
    }
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
