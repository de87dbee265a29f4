//! `fcgate why` on requests that changed after they were signed, and on captures without a signature.

use fcgate_protocol::Implementation as _;
use fcgate_protocol::{Credentials, Reply, SignInput};
use fcgate_reference::Reference;
use fcgate_why::{self as why, Body, CapturedRequest, Exchange, Explanation, SignatureStatus};
use serde_json::json;

const ID: &str = "FCTESTACCESSKEYID01";
const SECRET: &str = "fcTestAccessKeySecret0123456789";
const PATH: &str = "/2021-04-06/services/s/functions/f/invocations";

/// A request that the reference signed with this key.
fn signed(id: &str, secret: &str) -> CapturedRequest {
    let given: SignInput = serde_json::from_value(json!({
        "scheme": "fc",
        "method": "POST",
        "url": format!("https://localhost{PATH}"),
        "headers": [["Content-Type", "application/json"], ["X-Fc-Log-Type", "Tail"]],
        "body_b64": "",
        "credentials": {"access_key_id": id, "access_key_secret": secret},
        "time": "2022-05-11T09:00:00Z",
        "nonce": "0123456789abcdef0123456789abcdef",
    }))
    .unwrap();
    let Reply::Ok(output) = Reference.sign(&given) else {
        panic!("expected a signed request");
    };
    let mut request = CapturedRequest::new("POST", PATH);
    request.headers = given.headers.into_iter().chain(output.headers).collect();
    request.body = Body::Whole(Vec::new());
    request
}

fn explained(request: CapturedRequest) -> Explanation {
    why::explain(&Exchange::new(request), Some(&Credentials::new(ID, SECRET))).unwrap()
}

fn causes(explanation: &Explanation) -> Vec<String> {
    assert_eq!(explanation.signature, SignatureStatus::Invalid);
    explanation
        .causes
        .iter()
        .map(|cause| format!("{}: {}", cause.mutant.unwrap_or("-"), cause.summary))
        .collect()
}

#[test]
fn headers_added_after_signing_are_named() {
    let mut request = signed(ID, SECRET);
    for (name, value) in [("X-Fc-Trace-Id", "1-2-3"), ("x-fc-b", "2")] {
        request.headers.push(name, value);
    }
    let explanation = explained(request);
    assert_eq!(
        causes(&explanation),
        [
            "headers-added-after-signing: adds headers after signing that the service includes in the \
             signature: x-fc-b, x-fc-trace-id"
        ]
    );
    let signed = explanation.causes[0].signed.as_deref().unwrap();
    assert!(signed.contains("x-fc-log-type:Tail\n/2021"), "{signed}");
}

#[test]
fn a_path_prefix_added_by_a_gateway_is_named() {
    let mut request = signed(ID, SECRET);
    request.target = format!("/gateway/fc{PATH}");
    assert_eq!(
        causes(&explained(request)),
        [
            "path-prefixed-on-the-way: signs a path without the prefix that a base path or a \
             gateway adds: `/gateway/fc`"
        ]
    );
}

#[test]
fn an_access_key_id_used_as_the_secret_is_named() {
    let found = causes(&explained(signed(ID, ID)));
    assert!(
        found[0].starts_with("access-key-id-as-secret: "),
        "{found:?}"
    );
}

#[test]
fn a_different_access_key_id_is_shown_with_the_id_of_the_given_key() {
    let found = causes(&explained(signed("LTAI5another0000ZY", SECRET)));
    assert_eq!(
        found,
        [
            "-: the access key id in the authorization differs from the given key: LTAI…ZY instead of FCTE…01"
        ]
    );
}

#[test]
fn an_unsigned_header_that_the_manual_wants_signed_is_a_note_if_the_signature_verifies() {
    let key = Credentials::new(ID, SECRET);
    let mut request = CapturedRequest::new("POST", PATH);
    let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    // Computed by the ACS3 rule over host, x-acs-content-sha256 and x-acs-date, with Python's hmac and hashlib.
    let signature = "d55d390a9232c7daed14ebfe983d449896d40de397bde3e9b707920594cfc5fa";
    for (name, value) in [
        ("host", "localhost"),
        ("x-acs-action", "InvokeFunction"),
        ("x-acs-content-sha256", digest),
        ("x-acs-date", "2022-05-11T09:00:00Z"),
        (
            "authorization",
            &format!(
                "ACS3-HMAC-SHA256 Credential={ID},SignedHeaders=host;x-acs-content-sha256;x-acs-date,Signature={signature}"
            ),
        ),
    ] {
        request.headers.push(name, value);
    }
    request.body = Body::Whole(Vec::new());
    let explanation = why::explain(&Exchange::new(request), Some(&key)).unwrap();
    assert_eq!(explanation.signature, SignatureStatus::Valid);
    let note = "not among the signed headers: x-acs-action;";
    assert!(
        explanation.notes.iter().any(|one| one.starts_with(note)),
        "{explanation:?}"
    );
}

#[test]
fn a_response_to_a_different_request_adds_a_note_to_a_valid_signature() {
    let mut exchange = Exchange::new(signed(ID, SECRET));
    let message = "The request signature we calculated does not match the signature you provided. \
        server StringToSign is [POST\n\n\n\n/other]";
    let body = json!({"ErrorCode": "SignatureNotMatch", "ErrorMessage": message}).to_string();
    exchange.response = Some(why::read_response(body.as_bytes()).unwrap());
    let explanation = why::explain(&exchange, Some(&Credentials::new(ID, SECRET))).unwrap();
    assert_eq!(explanation.signature, SignatureStatus::Valid);
    assert!(
        explanation.notes[0].starts_with("the service received a different request"),
        "{explanation:?}"
    );
}

#[test]
fn a_capture_without_a_signature_lists_where_it_may_have_been_lost() {
    let exchange = why::read_exchange(b"POST /2021-04-06/services/s HTTP/1.1\r\nHost: h").unwrap();
    let text = why::explain(&exchange, None).unwrap().text();
    assert!(text.contains("the capture ends within the head"), "{text}");
    assert!(text.contains("HAR exports of browsers"), "{text}");
}

#[test]
fn a_har_without_signatures_explains_its_invocation() {
    let entry = |method: &str, path: &str| {
        json!({
            "startedDateTime": "2022-05-11T09:00:00Z",
            "request": {"method": method, "url": format!("https://localhost{path}"), "headers": []},
        })
    };
    let archive = json!({"log": {"entries": [entry("GET", "/index.html"), entry("POST", PATH)]}});
    let exchange = why::read_exchange(archive.to_string().as_bytes()).unwrap();
    assert_eq!(exchange.request.target, PATH);
}
