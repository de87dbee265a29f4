//! Reading a response.

use std::hint::black_box;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use fc_headers::{
    CodeChecksum, ErrorType, Header, InstanceId, InvocationDuration, InvocationServiceVersion,
    LogResult, LogTail, MaxMemoryUsage, RequestId,
};
use fc_response::{Metadata, Outcome};
use http::{HeaderMap, HeaderName, HeaderValue, Response};

use crate::row::Row;

const LOOK_UPS: &str = "eight look-ups of headers";
const BASE64: &str = "base64 of 4 KiB, portable";
pub(super) const CLONE: &str = "clone of a response";

const NAMES: [HeaderName; 8] = [
    RequestId::NAME,
    ErrorType::NAME,
    LogResult::NAME,
    CodeChecksum::NAME,
    InvocationDuration::NAME,
    MaxMemoryUsage::NAME,
    InvocationServiceVersion::NAME,
    InstanceId::NAME,
];
/// The body of an error response of the manual's form.
pub(super) const ERROR: &[u8] =
    br#"{"ErrorCode":"ResourceExhausted","ErrorMessage":"your concurrency has exceeded"}"#;

pub(super) fn rows() -> Vec<Row> {
    vec![
        Row::new(LOOK_UPS, look_ups),
        Row::new("metadata, every accessor but the log", accessors).over(LOOK_UPS),
        Row::new(BASE64, portable_base64),
        Row::new("log of 4 KiB, decoded", log).over(BASE64),
        Row::new(CLONE, || clone(200, b"hello")),
        Row::new("outcome, success", || outcome(200, b"hello")).over(CLONE),
        Row::new("outcome, error of the service", || outcome(429, ERROR)).over(CLONE),
    ]
}

/// The headers of a captured success, in its order.
fn headers() -> HeaderMap {
    let log = LogTail::from(vec![b'l'; 212]).to_base64();
    let pairs = [
        (
            "access-control-expose-headers",
            "Date,x-fc-request-id,x-fc-error-type",
        ),
        ("content-length", "5"),
        ("content-type", "application/octet-stream"),
        ("x-fc-code-checksum", "14901253298633711047"),
        ("x-fc-instance-id", "c-658af93f-189b68fc-1076dfe07057"),
        ("x-fc-invocation-duration", "58"),
        ("x-fc-invocation-service-version", "LATEST"),
        ("x-fc-log-result", &log),
        ("x-fc-max-memory-usage", "35.21"),
        ("x-fc-request-id", "1-65a24fa0-0b44b15d-431a6b32cc8c"),
        ("date", "Wed, 11 May 2022 09:00:00 GMT"),
    ];
    let mut headers = HeaderMap::with_capacity(pairs.len());
    for (name, value) in pairs {
        headers.insert(HeaderName::from_static(name), value.parse().unwrap());
    }
    headers
}

pub(super) fn response(status: u16, body: &'static [u8]) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(body));
    *response.status_mut() = status.try_into().unwrap();
    *response.headers_mut() = headers();
    response
}

/// The response of a function that failed, with this document.
pub(super) fn failed(document: &'static [u8]) -> Response<Bytes> {
    let mut response = response(200, document);
    let kind = HeaderValue::from_static("UnhandledInvocationError");
    response.headers_mut().insert(ErrorType::NAME, kind);
    response
}

fn look_ups() -> impl FnMut() {
    let headers = headers();
    move || {
        for name in &NAMES {
            black_box(black_box(&headers).get(name));
        }
    }
}

fn accessors() -> impl FnMut() {
    let headers = headers();
    move || {
        let metadata = Metadata::new(black_box(&headers));
        black_box((metadata.request_id(), metadata.instance_id()));
        black_box((metadata.error_type(), metadata.service_version()));
        black_box(metadata.duration().unwrap());
        black_box(metadata.max_memory_usage().unwrap());
        black_box(metadata.code_checksum().unwrap());
    }
}

fn log_text() -> String {
    LogTail::from(vec![b'l'; 4096]).to_base64()
}

fn portable_base64() -> impl FnMut() {
    let text = log_text();
    move || {
        black_box(STANDARD.decode(black_box(&text)).unwrap());
    }
}

/// From the header's value, as a client receives it.
fn log() -> impl FnMut() {
    let value = HeaderValue::from_str(&log_text()).unwrap();
    move || {
        let result = LogResult::decode(black_box(&value)).unwrap();
        black_box(result.decode_tail().unwrap());
    }
}

fn clone(status: u16, body: &'static [u8]) -> impl FnMut() {
    let response = response(status, body);
    move || {
        black_box(black_box(&response).clone());
    }
}

/// The clone is needed, because an outcome takes the response.
fn outcome(status: u16, body: &'static [u8]) -> impl FnMut() {
    let response = response(status, body);
    move || {
        drop(black_box(
            Outcome::from_response(black_box(&response).clone()).unwrap(),
        ));
    }
}
