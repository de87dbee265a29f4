//! The oracle verifies every request that the signer accepts; they share no code.
//!
//! 2,000 requests for each kind of signature; `PROPTEST_CASES=100000` generates more.

use std::cell::Cell;

use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::Implementation as _;
use fcgate_protocol::{Reply, SignInput, SignKind, SignOutput};
use fcgate_reference::Reference;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::json;

/// The values of an input of `sign`.
#[derive(Debug, Clone)]
struct Drawn {
    method: String,
    path: Vec<String>,
    query: Vec<(String, Option<String>)>,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    secret: String,
    token: Option<String>,
    seconds: u32,
    nonce: String,
}

fn drawn(names: &'static str) -> impl Strategy<Value = Drawn> {
    let segment = "([A-Za-z0-9._~+=:@-]|%20|%2B|%25|%E4%B8%AD){1,8}";
    let key = "([A-Za-z0-9._~-]|%20|\\+|%C3%A9){1,5}";
    let value = "([A-Za-z0-9._~/;-]|%20|\\+|%26|%3D){0,6}";
    let header = (names, "[!-~]([ -~]{0,10}[!-~])?");
    let fixed = prop_oneof![
        Just("content-type").prop_map(str::to_owned),
        Just("Content-MD5").prop_map(str::to_owned),
        Just("Accept").prop_map(str::to_owned),
    ];
    let request = (
        prop_oneof!["POST", "GET", "PUT"],
        vec(segment, 1..5),
        vec((key, proptest::option::of(value)), 0..4),
        (vec(header, 0..5), vec((fixed, "[!-~]{0,12}"), 0..3)),
        vec(any::<u8>(), 0..40),
    );
    let signing = (
        "[!-~]{1,80}",
        proptest::option::of("[!-~]{1,40}"),
        any::<u32>(),
        "[!-~]{1,32}",
    );
    (request, signing).prop_map(|((method, path, query, headers, body), signing)| {
        let (secret, token, seconds, nonce) = signing;
        let headers = [headers.0, headers.1].concat();
        Drawn {
            method,
            path,
            query,
            headers,
            body,
            secret,
            token,
            seconds,
            nonce,
        }
    })
}

fn target(drawn: &Drawn) -> String {
    let pair = |(key, value): &(String, Option<String>)| match value {
        Some(value) => format!("{key}={value}"),
        None => key.clone(),
    };
    let query: Vec<String> = drawn.query.iter().map(pair).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("/{}{mark}{}", drawn.path.join("/"), query.join("&"))
}

/// A second of the year 2022.
fn time(drawn: &Drawn) -> String {
    let (rest, second) = (drawn.seconds / 60, drawn.seconds % 60);
    let (rest, minute) = (rest / 60, rest % 60);
    let (rest, hour) = (rest / 24, rest % 24);
    format!(
        "2022-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z",
        rest / 28 % 12 + 1,
        rest % 28 + 1
    )
}

fn input(drawn: &Drawn, scheme: &str, kind: &str) -> SignInput {
    use base64::Engine as _;
    let mut given = json!({
        "scheme": scheme,
        "kind": kind,
        "method": drawn.method,
        "url": format!("https://fn.example.com{}", target(drawn)),
        "headers": drawn.headers,
        "body_b64": base64::engine::general_purpose::STANDARD.encode(&drawn.body),
        "credentials": {"access_key_id": "FCTESTACCESSKEYID01", "access_key_secret": drawn.secret},
        "time": time(drawn),
        "nonce": drawn.nonce,
        "expires": 1_700_000_000,
    });
    if let Some(token) = &drawn.token {
        given["credentials"]["security_token"] = json!(token);
    }
    serde_json::from_value(given).unwrap()
}

/// The request as received.
fn received(drawn: &Drawn, output: &SignOutput) -> WireRequest {
    let signed = output
        .url
        .as_deref()
        .and_then(|url| url.strip_prefix("https://fn.example.com"));
    let target = signed.map_or_else(|| target(drawn), str::to_owned);
    let headers = drawn.headers.clone();
    let request = WireRequest::new(&drawn.method, target).headers(&headers);
    request
        .header("host", "fn.example.com")
        .headers(&output.headers)
        .body(&drawn.body)
}

fn agree(names: &'static str, scheme: &str, kind: &str, at_least: f64) {
    let mut config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    if config.cases == 256 {
        config.cases = 2_000;
    }
    let (cases, accepted) = (config.cases, Cell::new(0_u32));
    let mut runner = TestRunner::new(config);
    let checked = runner.run(&drawn(names), |drawn| {
        let input = input(&drawn, scheme, kind);
        let Reply::Ok(output) = Reference.sign(&input) else {
            return Ok(());
        };
        accepted.set(accepted.get() + 1);
        let request = received(&drawn, &output);
        let sign_kind = input.kind.unwrap_or(SignKind::Api);
        let verdict = oracle::verify(&request, input.scheme, sign_kind, &input.credentials);
        if verdict.verifies() {
            return Ok(());
        }
        Err(TestCaseError::fail(format!(
            "{verdict:?}\n{:?}",
            output.stages
        )))
    });
    checked.unwrap_or_else(|failure| panic!("{failure}"));
    let share = f64::from(accepted.get()) / f64::from(cases);
    assert!(
        share >= at_least,
        "only {share} of the requests were signed"
    );
}

const X_FC: &str = "[Xx]-[Ff]c-[a-z0-9-]{1,6}|x-fcx|[A-Z]-[a-z]{1,4}";
const X_ACS: &str = "[Xx]-[Aa]cs-[a-z0-9-]{1,6}|x-fc-[a-z]{1,3}|[A-Z]-[a-z]{1,4}";

#[test]
fn signer_and_oracle_agree_on_api_requests() {
    agree(X_FC, "fc", "api", 0.5);
}

#[test]
fn signer_and_oracle_agree_on_http_triggers() {
    agree(X_FC, "fc", "http-trigger", 0.3);
}

#[test]
fn signer_and_oracle_agree_on_pre_signed_urls() {
    agree(X_FC, "fc", "presigned-url", 0.3);
}

#[test]
fn signer_and_oracle_agree_on_acs3() {
    agree(X_ACS, "acs3", "api", 0.5);
}
