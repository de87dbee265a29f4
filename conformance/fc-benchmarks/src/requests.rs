//! The requests that the rows sign: those of the project's notes on performance, with dummy keys.

use fc_sign::acs3::Acs3Signer;
use fc_sign::fc::{FcSigner, Resource};
use fc_sign::{Credentials, Nonce, Timestamp};
use hmac::{Hmac, KeyInit as _};
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use sha2::Sha256;

/// The dummy id of the key.
pub const KEY_ID: &str = "FCTESTACCESSKEYID01";
/// The dummy secret of the key.
pub const SECRET: &str = "fcTestAccessKeySecret0123456789";
const URL: &str = "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com\
    /2021-04-06/services/demoService/functions/demoFunction/invocations";

/// The dummy keys of all rows.
pub fn credentials() -> Credentials {
    credentials_of(KEY_ID, SECRET)
}

/// Other dummy keys.
pub fn credentials_of(id: &str, secret: &str) -> Credentials {
    Credentials::new(id.parse().unwrap(), secret.parse().unwrap())
}

/// The value of `Authorization` for a request with a date, signed with the scheme `FC`.
pub fn authorization<B>(request: &Request<B>, credentials: &Credentials) -> String {
    let mut headers = HeaderMap::new();
    let signer = FcSigner::new(credentials);
    let added = signer.sign(request, Resource::Api, time()).unwrap();
    added.apply(&mut headers);
    headers[AUTHORIZATION].to_str().unwrap().to_owned()
}

/// The undated request with the headers of a signature with the scheme `ACS3-HMAC-SHA256`.
pub fn signed_acs3() -> Request<Vec<u8>> {
    let mut request = undated();
    let signer = Acs3Signer::new(&credentials());
    let added = signer.sign(&request, time(), &nonce()).unwrap();
    added.apply(request.headers_mut());
    request
}

/// The nonce of every signature.
pub fn nonce() -> Nonce {
    "0123456789abcdef0123456789abcdef".parse().unwrap()
}

/// The key state of the same secret.
pub fn hmac_key() -> Hmac<Sha256> {
    Hmac::new_from_slice(SECRET.as_bytes()).unwrap()
}

/// The time of every signature.
pub fn time() -> Timestamp {
    "2022-05-11T09:00:00Z".parse().unwrap()
}

/// A typical invocation without a date: seven lines to sign and a body of 1 KiB.
pub fn undated() -> Request<Vec<u8>> {
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
pub fn dated() -> Request<Vec<u8>> {
    let mut request = undated();
    let date = HeaderValue::from_static("Wed, 11 May 2022 09:00:00 GMT");
    request.headers_mut().insert("date", date);
    request
}

/// The same with 20 more headers of 240 bytes.
pub fn large() -> Request<Vec<u8>> {
    with_headers(20, Order::Ascending, 240)
}

/// The order of headers in a request.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Order {
    /// By name.
    Ascending,
    /// By name, the last one first.
    Descending,
    /// The order of a generator with a fixed start.
    Random,
}

impl Order {
    /// Every order, with its word.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Ascending, "ascending"),
        (Self::Descending, "descending"),
        (Self::Random, "random"),
    ];
}

/// The dated request with more headers, whose values have `len` bytes.
pub fn with_headers(count: u16, order: Order, len: usize) -> Request<Vec<u8>> {
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
