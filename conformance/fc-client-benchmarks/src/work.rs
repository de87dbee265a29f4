//! The invocation, as an input of our client and as a prepared request.

use std::time::Duration;

use bytes::Bytes;
use fc_headers::LogType;
use fc_invoke::{Endpoint, InvokeFunctionInput, Scheme, Signer, Target};
use fc_response::Outcome;
use fc_sign::Credentials;
use fc_transport::ExchangeLimits;
use http::{Request, StatusCode};

use crate::failure::Failure;

/// The time limits of both sides.
pub(crate) const TOTAL: Duration = Duration::from_secs(60);
pub(crate) const IDLE: Duration = Duration::from_secs(30);
/// Requests that every task sends before it is measured.
pub(crate) const WARM_UP: usize = 4;

pub(crate) struct Work {
    pub(crate) endpoint: Endpoint,
    pub(crate) credentials: Credentials,
    pub(crate) input: InvokeFunctionInput,
    pub(crate) finished: Request<Bytes>,
}

impl Work {
    pub(crate) fn at(uri: &str, payload: usize) -> Result<Self, Failure> {
        let endpoint: Endpoint = uri.parse()?;
        let credentials = Credentials::new(
            "FCTESTACCESSKEYID01".parse()?,
            "fcTestAccessKeySecret0123456789".parse()?,
        );
        let target = Target::new("demoService".parse()?, "demoFunction".parse()?);
        let input = InvokeFunctionInput::builder(target)
            .log_type(LogType::Tail)
            .payload(vec![b'x'; payload])
            .build()?;
        let signer = Signer::new(Scheme::Fc, &credentials);
        let mut finished = input.to_request(&endpoint, Scheme::Fc);
        let (time, nonce) = ("2022-05-11T09:00:00Z".parse()?, "0123456789abcdef".parse()?);
        signer
            .sign(&finished, time, &nonce)?
            .apply(finished.headers_mut());
        Ok(Self {
            endpoint,
            credentials,
            input,
            finished,
        })
    }

    /// The bytes of the payload, and of the result.
    pub(crate) fn payload(&self) -> usize {
        self.finished.body().len()
    }
}

pub(crate) fn limits() -> ExchangeLimits {
    ExchangeLimits::default().total(TOTAL).idle(IDLE)
}

/// The parts of a response that the plain HTTP client reads.
pub(crate) fn check(status: StatusCode, body: &[u8], expected: usize) -> Result<(), Failure> {
    if status != StatusCode::OK || body.len() != expected {
        return Err(format!("{status} with {} bytes", body.len()).into());
    }
    Ok(())
}

/// The parts of an outcome that a user of our client reads.
pub(crate) fn check_outcome(outcome: &Outcome, expected: usize) -> Result<(), Failure> {
    let Outcome::Completed(completed) = outcome else {
        return Err(format!("{outcome:?}").into());
    };
    let metadata = completed.metadata();
    if metadata.request_id().is_none() || metadata.duration()?.is_none() {
        return Err("a header is missing".into());
    }
    metadata.log_tail()?.ok_or("the log is missing")?;
    check(completed.status(), completed.payload(), expected)
}
