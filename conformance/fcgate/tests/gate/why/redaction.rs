//! The output of `fcgate why` contains no credential and matches its schema.

use fcgate_cases::corpus::Files;
use fcgate_cases::recorded_traffic::recordings;
use fcgate_protocol::Credentials;
use fcgate_why::{self as why, CapturedRequest, Exchange, Explanation, SignatureStatus};

use super::recorded_requests::captured;

const TOKEN: &str = "CAISdummySTS+token/with==chars";

/// The text, JSON and debug output of an explanation.
fn shown(explanation: &Explanation) -> String {
    let json = explanation.json();
    let schema = include_str!("../../../../schema/why.schema.json");
    let schema = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&json)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new(), "{json:#}");
    format!("{}{json}{explanation:?}", explanation.text())
}

#[test]
fn no_secret_or_token_of_a_recorded_request_is_shown() {
    let mut seen = 0;
    for recording in recordings(&Files::embedded()).unwrap() {
        for request in &recording.requests {
            let exchange = Exchange::new(captured(request));
            assert!(!format!("{exchange:?}").contains("FC "), "{exchange:?}");
            let explanation = why::explain(&exchange, Some(&request.credentials)).unwrap();
            let shown = shown(&explanation);
            let secret = &request.credentials.access_key_secret;
            assert!(!shown.contains(secret), "{}", request.case);
            if let Some(token) = &request.credentials.security_token {
                assert!(!shown.contains(token), "{}: {shown}", request.case);
                seen += 1;
            }
        }
    }
    assert!(seen >= 6, "{seen}");
}

/// Source: spec/signing.md HT-09, computed by fc-go-sdk and fc-java-sdk.
#[test]
fn the_token_in_a_signed_url_is_redacted() {
    let target = "/2016-08-15/proxy/demoService.LATEST/demoFunction/test/%E4%B8%AD%20x?e=&x=b&x=a\
        &x-fc-access-key-id=FCTESTACCESSKEYID01&x-fc-expires=1652260500\
        &x-fc-security-token=CAISdummySTS%2Btoken%2Fwith%3D%3Dchars\
        &x-fc-signature=N35tembEhEHcXJ8WBqUbb88B%2BlARIkr9JKk2M3Hp%2BxA%3D";
    let mut key = Credentials::new("FCTESTACCESSKEYID01", "fcTestAccessKeySecret0123456789");
    key.security_token = Some(TOKEN.to_owned());
    let mut captured = CapturedRequest::new("POST", target);
    for (name, value) in [
        ("Content-Type", "application/json"),
        ("X-Fc-Trace-Id", "tr"),
    ] {
        captured.headers.push(name, value);
    }
    let explanation = why::explain(&Exchange::new(captured.clone()), Some(&key)).unwrap();
    assert_eq!(
        explanation.signature,
        SignatureStatus::Valid,
        "{explanation:?}"
    );
    assert!(
        explanation
            .text()
            .contains("x-fc-security-token=[security token]")
    );
    assert!(!shown(&explanation).contains(TOKEN));
    captured.target = captured.target.replace("x=b", "x=c");
    let explanation = why::explain(&Exchange::new(captured), Some(&key)).unwrap();
    assert_eq!(explanation.signature, SignatureStatus::Invalid);
    assert!(!shown(&explanation).contains(TOKEN));
}
