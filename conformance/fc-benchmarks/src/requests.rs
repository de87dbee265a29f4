//! The requests that the rows sign: those of the project's notes on performance, with dummy keys.

use fc_sign::{Credentials, Timestamp};
use hmac::{Hmac, KeyInit as _};
use http::{HeaderName, HeaderValue, Request};
use sha2::Sha256;

const SECRET: &str = "fcTestAccessKeySecret0123456789";
const URL: &str = "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com\
    /2021-04-06/services/demoService/functions/demoFunction/invocations";

pub(crate) fn credentials() -> Credentials {
    Credentials::new(
        "FCTESTACCESSKEYID01".parse().unwrap(),
        SECRET.parse().unwrap(),
    )
}

/// The key state of the same secret.
pub(crate) fn hmac_key() -> Hmac<Sha256> {
    Hmac::new_from_slice(SECRET.as_bytes()).unwrap()
}

pub(crate) fn time() -> Timestamp {
    "2022-05-11T09:00:00Z".parse().unwrap()
}

/// A typical invocation without a date: seven lines to sign and a body of 1 KiB.
pub(crate) fn undated() -> Request<Vec<u8>> {
    Request::post(URL)
        .header("content-type", "application/octet-stream")
        .header("x-fc-account-id", "1234567890123456")
        .header("x-fc-invocation-type", "Sync")
        .header("x-fc-log-type", "Tail")
        .header("x-fc-trace-id", "1-5f4dcc3b-0123456789abcdef01234567")
        .body(vec![b'x'; 1024])
        .unwrap()
}

/// The same with a date.
pub(crate) fn dated() -> Request<Vec<u8>> {
    let mut request = undated();
    let date = HeaderValue::from_static("Wed, 11 May 2022 09:00:00 GMT");
    request.headers_mut().insert("date", date);
    request
}

/// The same with 20 more headers of 240 bytes.
pub(crate) fn large() -> Request<Vec<u8>> {
    with_headers(20, Order::Ascending, 240)
}

/// The order of headers in a request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Order {
    Ascending,
    Descending,
    /// The order of a generator with a fixed start.
    Random,
}

impl Order {
    pub(crate) const ALL: [(Self, &'static str); 3] = [
        (Self::Ascending, "ascending"),
        (Self::Descending, "descending"),
        (Self::Random, "random"),
    ];
}

/// The dated request with more headers, whose values have `len` bytes.
pub(crate) fn with_headers(count: u16, order: Order, len: usize) -> Request<Vec<u8>> {
    let mut request = dated();
    let mut numbers: Vec<u16> = (0..count).collect();
    match order {
        Order::Ascending => {}
        Order::Descending => numbers.reverse(),
        // A multiplier that is prime to 65,536 gives every number another key.
        Order::Random => numbers.sort_by_key(|number| number.wrapping_mul(40_503)),
    }
    for number in numbers {
        let name: HeaderName = format!("x-fc-meta-{number:04}").parse().unwrap();
        let value = "m".repeat(len).parse().unwrap();
        request.headers_mut().insert(name, value);
    }
    request
}
