//! A received call as JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::calls::{ReceivedCall, SignatureVerdict};
use crate::functions::CallKind;

pub(super) fn of(received: &ReceivedCall) -> Value {
    let call = &received.call;
    let headers = call.headers.iter();
    let headers: Vec<_> = headers.map(|(name, value)| json!([name, value])).collect();
    let (verdict, code) = match &received.signature {
        SignatureVerdict::Accepted => ("accepted", None),
        SignatureVerdict::Refused(code) => ("refused", Some(code)),
    };
    json!({
        "number": received.number,
        "request_id": call.request_id,
        "service": call.service,
        "function": call.function,
        "qualifier": call.qualifier,
        "revision": received.revision,
        "kind": match call.kind {
            CallKind::Sync => "Sync",
            CallKind::Async => "Async",
            CallKind::HttpTrigger => "HttpTrigger",
        },
        "method": call.method,
        "target": call.target,
        "headers": headers,
        "payload": {
            "base64": STANDARD.encode(&call.payload),
            "text": std::str::from_utf8(&call.payload).ok(),
        },
        "is_known": received.is_known,
        "signature": {"verdict": verdict, "code": code},
        "refusal": received.refusal,
        "status": received.status,
        "failed_checks": received.failed_checks,
    })
}
