//! One attempt of a call, without a client: the result of the transport and the decision.

use bytes::Bytes;
use fc_headers::InvocationType;
use fc_invoke::{Call, Next, Scheme, Signer};
use fc_transport::{TransportError, TransportErrorKind};
use http::{Request, Response};

use crate::samples::{builder, credentials, endpoint};

pub(crate) type SendResult = Result<Response<Bytes>, TransportError>;

pub(crate) fn signer() -> Signer {
    Signer::new(Scheme::Fc, &credentials())
}

pub(crate) fn plain() -> Call {
    let input = builder().build().unwrap();
    Call::new(&input, &endpoint(), Scheme::Fc).unwrap()
}

pub(crate) fn task() -> Call {
    let input = builder()
        .invocation_type(InvocationType::Async)
        .stateful_async_invocation_id("task-1".parse().unwrap())
        .build()
        .unwrap();
    Call::new(&input, &endpoint(), Scheme::Fc).unwrap()
}

pub(crate) fn attempt(call: Call, result: SendResult) -> Next {
    sent(call, result).1
}

pub(crate) fn sent(call: Call, result: SendResult) -> (Request<Bytes>, Next) {
    let time = "2022-05-11T09:00:00Z".parse().unwrap();
    let (request, in_flight) = call.start(&signer(), time, &"n".parse().unwrap()).unwrap();
    (request, in_flight.finish(result))
}

pub(crate) fn error(kind: TransportErrorKind) -> SendResult {
    Err(TransportError::new(kind, "scripted"))
}

pub(crate) fn answer(status: u16, code: &str) -> SendResult {
    let body = format!(r#"{{"ErrorCode":"{code}","ErrorMessage":"m"}}"#);
    Ok(Response::builder()
        .status(status)
        .header("x-fc-request-id", "r-1")
        .body(Bytes::from(body))
        .unwrap())
}

pub(crate) fn retried(next: Next) -> Call {
    match next {
        Next::Retry(call, _) => call,
        Next::Done(done) => panic!("not retried: {done:?}"),
    }
}
