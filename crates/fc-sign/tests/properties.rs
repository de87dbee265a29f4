//! Properties of signing that hold for every request.

#![expect(
    clippy::expect_used,
    reason = "the credentials of these tests are valid"
)]

use std::fmt::Write as _;

use fc_sign::{Credentials, Nonce, Timestamp, acs3, fc};
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use proptest::prelude::*;

const SECRET: &str = "fcTestAccessKeySecret0123456789";
const TOKEN: &str = "CAISdummySTS+token/with==chars";

fn credentials() -> Credentials {
    let id = "FCTESTACCESSKEYID01".parse().expect("an id");
    let secret = SECRET.parse().expect("a secret");
    Credentials::temporary(id, secret, TOKEN.parse().expect("a token"))
}

fn time() -> Timestamp {
    "2022-05-11T09:00:00Z".parse().expect("a time")
}

fn nonce() -> Nonce {
    "0123456789abcdef".parse().expect("a nonce")
}

/// Headers that are valid in HTTP; signing rejects some of them.
fn headers() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = prop_oneof![
        4 => "x-fc-[a-c-]{1,3}",
        1 => Just("content-type".to_owned()),
        1 => Just("content-md5".to_owned()),
        1 => Just("date".to_owned()),
        1 => "x-[a-f]{1,4}",
    ];
    proptest::collection::vec((name, "[ -~]{0,12}"), 0..6)
}

fn target() -> impl Strategy<Value = String> {
    let segment = "[a-zA-Z0-9._~+%2fF05A-]{0,6}";
    (proptest::collection::vec(segment, 1..4), "[a-z=&+%0A]{0,8}").prop_map(|(path, query)| {
        format!(
            "/{}{}{query}",
            path.join("/"),
            if query.is_empty() { "" } else { "?" }
        )
    })
}

fn request(target: &str, headers: &[(String, String)]) -> Option<Request<Vec<u8>>> {
    let mut request = Request::post(format!("https://fc.example.com{target}"))
        .body(Vec::new())
        .ok()?;
    for (name, value) in headers {
        let name: HeaderName = name.parse().ok()?;
        request
            .headers_mut()
            .append(name, HeaderValue::from_str(value).ok()?);
    }
    Some(request)
}

/// The parts of a string to sign.
#[derive(Debug, PartialEq)]
struct Parts {
    lines: [String; 4],
    headers: Vec<(String, String)>,
    path: String,
}

/// Splits a string to sign at its line feeds.
fn parse(text: &str) -> Option<Parts> {
    let mut rest = text.split('\n').map(str::to_owned);
    let lines = [rest.next()?, rest.next()?, rest.next()?, rest.next()?];
    let mut headers = Vec::new();
    for line in rest {
        if line.starts_with('/') {
            return Some(Parts {
                lines,
                headers,
                path: line,
            });
        }
        let (name, value) = line.split_once(':')?;
        headers.push((name.to_owned(), value.to_owned()));
    }
    None
}

/// The parts that the string to sign of a request must have.
fn expected_parts(request: &Request<Vec<u8>>) -> Parts {
    let line = |name: &str| {
        let value = request.headers().get(name).map(HeaderValue::as_bytes);
        String::from_utf8_lossy(value.unwrap_or_default()).into_owned()
    };
    let date = if request.headers().contains_key("date") {
        line("date")
    } else {
        "Wed, 11 May 2022 09:00:00 GMT".to_owned()
    };
    let names = request.headers().keys().map(HeaderName::as_str);
    let mut headers: Vec<_> = names
        .filter(|name| name.starts_with("x-fc-"))
        .map(|name| (name.to_owned(), line(name)))
        .collect();
    headers.push(("x-fc-security-token".to_owned(), TOKEN.to_owned()));
    headers.sort();
    let path = percent_encoding::percent_decode_str(request.uri().path());
    Parts {
        lines: [
            "POST".to_owned(),
            line("content-md5"),
            line("content-type"),
            date,
        ],
        headers,
        path: path.decode_utf8_lossy().into_owned(),
    }
}

fn is_printable(text: &str) -> bool {
    !text.chars().any(char::is_control)
}

proptest! {
    /// Therefore two requests that differ in a covered part have different strings to sign.
    #[test]
    fn the_string_to_sign_can_be_parsed_back_into_the_parts_of_the_request(target in target(), headers in headers()) {
        let Some(request) = request(&target, &headers) else { return Ok(()) };
        let signer = fc::FcSigner::new(&credentials());
        if let Ok(explained) = signer.explain(&request, fc::Resource::Api, time()) {
            prop_assert_eq!(parse(explained.string_to_sign()), Some(expected_parts(&request)));
        }
    }

    #[test]
    fn the_order_of_headers_does_not_change_the_signature(headers in headers()) {
        let mut reversed = headers.clone();
        reversed.reverse();
        let (Some(a), Some(b)) = (request("/p", &headers), request("/p", &reversed)) else {
            return Ok(());
        };
        let signer = fc::FcSigner::new(&credentials());
        let sign = |request| signer.sign(request, fc::Resource::Api, time());
        let text = |value: &HeaderValue| value.as_bytes().to_vec();
        let (a, b) = (sign(&a), sign(&b));
        prop_assert_eq!(a.is_ok(), b.is_ok());
        if let (Ok(a), Ok(b)) = (a, b) {
            prop_assert_eq!(text(a.authorization()), text(b.authorization()));
        }
    }

    #[test]
    fn debug_output_and_errors_contain_no_secret_and_no_control_character(
        target in target(), headers in headers(),
    ) {
        let Some(request) = request(&target, &headers) else { return Ok(()) };
        let fc = fc::FcSigner::new(&credentials());
        let acs3 = acs3::Acs3Signer::new(&credentials());
        let mut output = format!("{:?} {fc:?} {acs3:?}", credentials());
        match fc.sign(&request, fc::Resource::HttpTrigger, time()) {
            Ok(headers) => { let _ = write!(output, "{headers:?}"); }
            Err(error) => { let _ = write!(output, "{error} {error:?}"); }
        }
        match acs3.explain(&request, time(), &nonce()) {
            Ok(explained) => { let _ = write!(output, "{explained:?}"); }
            Err(error) => { let _ = write!(output, "{error} {error:?}"); }
        }
        prop_assert!(is_printable(&output));
        for secret in [SECRET, TOKEN] {
            for piece in secret.as_bytes().windows(6) {
                let piece = String::from_utf8_lossy(piece).into_owned();
                prop_assert!(!output.contains(&piece), "{piece} is in {output}");
            }
        }
    }

    #[test]
    fn signing_is_deterministic_and_does_not_change_the_request(headers in headers()) {
        let Some(request) = request("/p?q=1", &headers) else { return Ok(()) };
        let before: HeaderMap = request.headers().clone();
        let signer = acs3::Acs3Signer::new(&credentials());
        let sign = || signer.sign(&request, time(), &nonce()).map(|a| a.authorization().as_bytes().to_vec());
        prop_assert_eq!(sign(), sign());
        let signer = fc::FcSigner::new(&credentials());
        let sign = || signer.sign(&request, fc::Resource::Api, time()).map(|a| a.authorization().as_bytes().to_vec());
        prop_assert_eq!(sign(), sign());
        prop_assert_eq!(&before, request.headers());
    }
}
