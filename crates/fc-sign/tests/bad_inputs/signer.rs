//! Times, headers, paths, nonces and pre-signed URLs.

use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use fc_bad_inputs::{ACCEPT, Entry};
use fc_sign::{Credentials, Nonce, SignatureHeaders, Timestamp, acs3, fc};
use http::{HeaderName, HeaderValue, Request, Uri};

use crate::found;
use crate::samples::{long_lived, temporary, time};

const ERROR: &str = "SignError";
const API: &str = "https://fc.example.com/2021-04-06/services/s/functions/f/invocations";

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    let found = if entry.has("timestamp") {
        timestamp(entry)
    } else if entry.has("request_headers") {
        headers(entry)
    } else if entry.has("path") {
        path(entry)
    } else {
        other(entry)
    };
    entry.expect(&found)
}

fn timestamp(entry: &Entry) -> String {
    let seconds = entry.field("timestamp").as_i64().unwrap();
    let time = Timestamp::try_from(seconds);
    if let Ok(time) = time {
        let mut request = Request::post(API).body(()).unwrap();
        let signed = fc::FcSigner::new(&long_lived()).sign(&request, fc::Resource::Api, time);
        signed.unwrap().apply(request.headers_mut());
        assert_eq!(request.headers()["date"], entry.remark());
    }
    found(ERROR, time)
}

fn headers(entry: &Entry) -> String {
    let mut request = Request::post(API).body(()).unwrap();
    for (name, value) in entry.headers("request_headers") {
        let name: HeaderName = name.parse().unwrap();
        let value = HeaderValue::from_bytes(&value).unwrap();
        request.headers_mut().append(name, value);
    }
    let credentials = if entry.has("credentials") {
        temporary()
    } else {
        long_lived()
    };
    let signer = fc::FcSigner::new(&credentials);
    let explained = signer.explain(&request, fc::Resource::Api, time());
    let lines = explained.map(|explained| explained.canonical_headers().to_owned());
    let expected = match entry.id() {
        "sg-011" => "x-fc-a:\n",
        "sg-012" => "",
        "sg-013" => "x-fc-a:2\nx-fc-z:1\n",
        "sg-014" => "x-fc-a:2\nx-fc-a-b:1\n",
        _ => "the request is refused",
    };
    match lines {
        Ok(lines) => assert_eq!(lines, expected),
        Err(error) => return found::<(), _>(ERROR, Err(error)),
    }
    found(ERROR, signer.sign(&request, fc::Resource::Api, time()))
}

fn path(entry: &Entry) -> String {
    let target = entry.text("path");
    // Only a URI without any part has an empty path.
    let uri = match target.as_str() {
        "" => Uri::from_parts(http::uri::Parts::default()).unwrap(),
        _ => target.parse().unwrap(),
    };
    let request = Request::post(uri).body(()).unwrap();
    let signer = fc::FcSigner::new(&long_lived());
    found(ERROR, signer.sign(&request, fc::Resource::Api, time()))
}

fn presigned(credentials: &Credentials, query: &str, expires: Timestamp) -> String {
    let request = Request::get(format!("https://fc.example.com/p?{query}"));
    let request = request.body(()).unwrap();
    let signer = fc::FcSigner::new(credentials);
    found(ERROR, signer.presign(&request, time(), expires))
}

fn other(entry: &Entry) -> String {
    let later = Timestamp::try_from(1_652_260_500_i64).unwrap();
    match entry.id() {
        "sg-005" => {
            let before = UNIX_EPOCH - Duration::from_nanos(1);
            found(ERROR, Timestamp::try_from(before))
        }
        "sg-019" => {
            let request = Request::builder().method(entry.text("method").as_str());
            let request = request.uri("/a").body(()).unwrap();
            let signer = fc::FcSigner::new(&long_lived());
            found(ERROR, signer.sign(&request, fc::Resource::Api, time()))
        }
        "sg-032" => presigned(&long_lived(), &entry.text("query"), later),
        "sg-033" | "sg-035" => {
            let seconds = entry.field("presign_expires").as_u64().unwrap();
            match Timestamp::try_from(seconds) {
                Ok(expires) => presigned(&long_lived(), "a=1", expires),
                Err(error) => found::<(), _>(ERROR, Err(error)),
            }
        }
        "sg-036" => {
            let usual = presigned(&temporary(), "", later);
            assert_eq!(usual, "SignError:token-in-url");
            let request = Request::get("https://fc.example.com/p").body(()).unwrap();
            let signer = fc::FcSigner::new(&temporary());
            found(ERROR, signer.presign_with_token(&request, time(), later))
        }
        "sg-038" => found(ERROR, entry.text("acs3_nonce").parse::<Nonce>()),
        "sg-040" => {
            let host = entry.text("acs3_host_with_default_port");
            let request = Request::post(format!("https://{host}/p")).body("").unwrap();
            let signer = acs3::Acs3Signer::new(&long_lived());
            let explained = signer.explain(&request, time(), &nonce()).unwrap();
            let text = explained.canonical_request();
            assert!(text.contains("\nhost:fc.example.com\n"), "{text}");
            found(ERROR, signer.sign(&request, time(), &nonce()))
        }
        "sg-041" => large_body(entry),
        "sg-042" => {
            let request = Request::post(API).body("").unwrap();
            let signer = fc::FcSigner::new(&temporary());
            let fc = || headers_of(&signer.sign(&request, fc::Resource::Api, time()).unwrap());
            assert_eq!(fc(), fc());
            let signer = acs3::Acs3Signer::new(&temporary());
            let acs3 = || headers_of(&signer.sign(&request, time(), &nonce()).unwrap());
            assert_eq!(acs3(), acs3());
            ACCEPT.to_owned()
        }
        _ => "an input that the test does not know".to_owned(),
    }
}

fn headers_of(signed: &SignatureHeaders) -> Vec<(HeaderName, HeaderValue)> {
    let headers = signed.iter();
    headers
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn nonce() -> Nonce {
    "0123456789abcdef".parse().unwrap()
}

/// Signs a large body and compares the memory that this takes with a bound that one copy would exceed. Other tests run
/// at the same time and take up to some mebibytes.
fn large_body(entry: &Entry) -> String {
    let body = Bytes::from(entry.bytes("body"));
    let bound = body.len() / 2;
    let request = Request::post(API).body(body).unwrap();
    let profiler = dhat::Profiler::builder().testing().build();
    let signed = fc::FcSigner::new(&long_lived()).sign(&request, fc::Resource::Api, time());
    let _ = signed.unwrap();
    let signed = acs3::Acs3Signer::new(&long_lived()).sign(&request, time(), &nonce());
    let peak = dhat::HeapStats::get().max_bytes;
    drop(profiler);
    assert!(
        peak < bound,
        "signing took {peak} bytes, expected at most {bound}"
    );
    found(ERROR, signed)
}
