//! The signers reproduce the test vectors in `fixtures/vectors/signing.json`, stage by stage.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "an invalid vector fails the test"
)]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fc_sign::{Credentials, Timestamp, acs3, fc};
use http::{HeaderName, HeaderValue, Request};
use serde_json::Value;

fn vectors(scheme: &str, kind: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("signing.json")).unwrap();
    let all = file["vectors"].as_array().unwrap();
    // Skips the vectors on which official sources disagree; the gate only records them.
    let certain = all
        .iter()
        .filter(|v| ["normative", "known-answer"].contains(&text(v, "verdict")));
    certain
        .filter(|v| text(v, "scheme") == scheme && text(v, "kind") == kind)
        .cloned()
        .collect()
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

/// The request of a vector, without the headers that signing adds.
fn request(vector: &Value, target: &str) -> Request<Vec<u8>> {
    let uri = format!("https://{}{target}", text(vector, "host"));
    let body = STANDARD.decode(text(vector, "body_b64")).unwrap();
    let mut request = Request::builder()
        .method(text(vector, "method"))
        .uri(uri)
        .body(body)
        .unwrap();
    for pair in vector["headers"].as_array().unwrap() {
        let name: HeaderName = pair[0].as_str().unwrap().parse().unwrap();
        let is_added = ["host", "x-fc-security-token"].contains(&name.as_str());
        if !is_added {
            let value = HeaderValue::from_bytes(pair[1].as_str().unwrap().as_bytes()).unwrap();
            request.headers_mut().append(name, value);
        }
    }
    request
}

fn credentials(vector: &Value) -> Credentials {
    let id = text(vector, "access_key_id").parse().unwrap();
    let secret = text(vector, "access_key_secret").parse().unwrap();
    match vector["security_token"].as_str() {
        Some(token) => Credentials::temporary(id, secret, token.parse().unwrap()),
        None => Credentials::new(id, secret),
    }
}

fn time() -> Timestamp {
    "2022-05-11T09:00:00Z".parse().unwrap()
}

#[test]
fn every_fc_vector_is_reproduced_stage_by_stage() {
    let mut seen = 0;
    for (kind, resource) in [
        ("api", fc::Resource::Api),
        ("http-trigger", fc::Resource::HttpTrigger),
    ] {
        for vector in vectors("fc", kind) {
            let id = text(&vector, "id");
            let request = request(&vector, text(&vector, "raw_target"));
            let signer = fc::FcSigner::new(&credentials(&vector));
            let stages = &vector["stages"];
            let explained = signer.explain(&request, resource, time()).unwrap();
            assert_eq!(
                explained.canonical_headers(),
                text(stages, "canonical_headers"),
                "{id}"
            );
            assert_eq!(
                explained.canonical_resource(),
                text(stages, "canonical_resource"),
                "{id}"
            );
            assert_eq!(
                explained.string_to_sign(),
                text(stages, "string_to_sign"),
                "{id}"
            );
            assert_eq!(explained.signature(), text(stages, "signature"), "{id}");
            let additions = signer.sign(&request, resource, time()).unwrap();
            assert_eq!(
                additions.authorization(),
                text(&vector, "authorization"),
                "{id}"
            );
            seen += 1;
        }
    }
    assert_eq!(seen, 15);
}

/// Vector AC-08, the recipe of the manual, on which three official helpers agree.
#[test]
fn a_call_of_a_trigger_is_signed_by_acs3_as_in_the_manual() {
    let file: Value = serde_json::from_str(include_str!("signing.json")).unwrap();
    let mut vectors = file["vectors"].as_array().unwrap().iter();
    let vector = vectors
        .find(|vector| text(vector, "id") == "AC-08")
        .unwrap();
    let signer = acs3::Acs3Signer::new(&credentials(vector));
    let with_both_headers = request(vector, text(vector, "raw_target"));
    let mut with_none = with_both_headers.clone();
    with_none.headers_mut().clear();
    for request in [&with_both_headers, &with_none] {
        let explained = signer.explain_http_trigger(request, time()).unwrap();
        let stages = &vector["stages"];
        assert_eq!(
            explained.canonical_request(),
            text(stages, "canonical_request")
        );
        assert_eq!(explained.string_to_sign(), text(stages, "string_to_sign"));
        assert_eq!(explained.signature(), text(stages, "signature"));
    }
    let added = signer.sign_http_trigger(&with_none, time()).unwrap();
    let added: Vec<(&str, &[u8])> = added
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_bytes()))
        .collect();
    let authorization = text(vector, "authorization").as_bytes();
    assert_eq!(
        added,
        [
            ("x-acs-date", &b"2022-05-11T09:00:00Z"[..]),
            ("x-acs-security-token", b""),
            ("authorization", authorization),
        ]
    );
}

#[test]
fn a_call_of_a_trigger_that_the_samples_sign_in_different_ways_is_refused() {
    let key = Credentials::new("id".parse().unwrap(), "secret".parse().unwrap());
    let signer = acs3::Acs3Signer::new(&key);
    let refusal = |target: &str, header: Option<(&str, &str)>| {
        let mut request = Request::get(format!("https://f.cn-hangzhou.fcapp.run{target}"));
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        let request = request.body(()).unwrap();
        let error = signer.sign_http_trigger(&request, time()).err();
        error.map(|error| error.to_string().split(':').next().unwrap().to_owned())
    };
    for target in ["/a%20b", "/$a", "/a?b=1&b=2", "/a?b&c&b"] {
        assert_eq!(
            refusal(target, None).as_deref(),
            Some("ambiguous-resource"),
            "{target}"
        );
    }
    let token = Some(("x-acs-security-token", "of-another-key"));
    assert_eq!(refusal("/a", token).as_deref(), Some("token-conflict"));
    let authorization = Some(("authorization", "ACS3-HMAC-SHA256 a"));
    assert_eq!(
        refusal("/a", authorization).as_deref(),
        Some("already-signed")
    );
    for target in ["", "/", "/a?b=%20&c", "/a/b?x=1"] {
        assert_eq!(refusal(target, None), None, "{target}");
    }
}

#[test]
fn every_pre_signed_url_vector_is_reproduced_stage_by_stage() {
    let vectors = vectors("fc", "presigned-url");
    assert_eq!(vectors.len(), 2);
    for vector in vectors {
        let id = text(&vector, "id");
        let target = text(&vector, "raw_target");
        let (path, query) = target.split_once('?').unwrap();
        let given: Vec<&str> = query
            .split('&')
            .filter(|pair| !pair.starts_with("x-fc-"))
            .collect();
        let request = request(&vector, &format!("{path}?{}", given.join("&")));
        let signer = fc::FcSigner::new(&credentials(&vector));
        let expires: Timestamp = vector["expires"].as_i64().unwrap().try_into().unwrap();
        let before: Timestamp = (vector["expires"].as_i64().unwrap() - 900)
            .try_into()
            .unwrap();
        let stages = &vector["stages"];
        let explained = signer.explain_presigned(&request, before, expires).unwrap();
        assert_eq!(
            explained.canonical_headers(),
            text(stages, "canonical_headers"),
            "{id}"
        );
        assert_eq!(
            explained.canonical_resource(),
            text(stages, "canonical_resource"),
            "{id}"
        );
        assert_eq!(
            explained.string_to_sign(),
            text(stages, "string_to_sign"),
            "{id}"
        );
        assert_eq!(explained.signature(), text(stages, "signature"), "{id}");
        let url = signer
            .presign_with_token(&request, before, expires)
            .unwrap();
        if query.contains("x-fc-signature") {
            assert_eq!(url.uri().path_and_query().unwrap(), target, "{id}");
        }
    }
}

#[test]
fn every_acs3_vector_is_reproduced_for_both_sets_of_signed_headers() {
    let mut seen = 0;
    for vector in vectors("acs3", "api") {
        let id = text(&vector, "id");
        let request = request(&vector, text(&vector, "raw_target"));
        let nonce = "0123456789abcdef0123456789abcdef".parse().unwrap();
        for official in vector["official"].as_array().unwrap() {
            if official["verifies"] != true {
                continue;
            }
            let names = text(official, "signed_headers");
            let coverage = if names.contains("user-agent") {
                acs3::Coverage::Everything
            } else {
                acs3::Coverage::Required
            };
            let signer = acs3::Acs3Signer::new(&credentials(&vector)).coverage(coverage);
            let explained = signer.explain(&request, time(), &nonce).unwrap();
            assert_eq!(explained.signed_headers(), names, "{id}");
            assert_eq!(explained.signature(), text(official, "signature"), "{id}");
            if let Some(canonical) = official["canonical_request"].as_str() {
                assert_eq!(explained.canonical_request(), canonical, "{id}");
            }
            if let Some(string_to_sign) = official["string_to_sign"].as_str() {
                assert_eq!(explained.string_to_sign(), string_to_sign, "{id}");
            }
            let additions = signer.sign(&request, time(), &nonce).unwrap();
            assert!(
                additions
                    .authorization()
                    .to_str()
                    .unwrap()
                    .ends_with(explained.signature())
            );
            seen += 1;
        }
    }
    assert!(seen >= 14, "{seen} official signatures");
}

#[test]
fn acs3_signs_a_required_header_of_the_request_or_adds_a_missing_one() {
    const REQUIRED: [&str; 3] = [
        "x-acs-date",
        "x-acs-signature-nonce",
        "x-acs-content-sha256",
    ];
    let (nonce, other) = ("0123456789abcdef0123456789abcdef", "another");
    let (nonce, other) = (nonce.parse().unwrap(), other.parse().unwrap());
    let later = "2022-05-11T09:00:01Z".parse().unwrap();
    for vector in vectors("acs3", "api") {
        let id = text(&vector, "id");
        let signer = acs3::Acs3Signer::new(&credentials(&vector));
        let all = request(&vector, text(&vector, "raw_target"));
        let official = text(&vector["official"][0], "signature");
        // Signing adds only the header that the request lacks.
        for name in REQUIRED {
            let mut request = all.clone();
            request.headers_mut().remove(name);
            let time = if name == REQUIRED[0] { time() } else { later };
            let nonce = if name == REQUIRED[1] { &nonce } else { &other };
            let explained = signer.explain(&request, time, nonce).unwrap();
            assert_eq!(explained.signature(), official, "{id} {name}");
            let additions = signer.sign(&request, time, nonce).unwrap();
            let added: Vec<&str> = additions.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(added, [name, "authorization"], "{id}");
            additions.apply(request.headers_mut());
            assert_eq!(request.headers()[name], all.headers()[name], "{id}");
        }
        // The `Host` header takes precedence over the host of the URI.
        let mut request = all.clone();
        *request.uri_mut() = text(&vector, "raw_target").parse().unwrap();
        let host = text(&vector, "host").parse().unwrap();
        request.headers_mut().insert("host", host);
        let explained = signer.explain(&request, later, &other).unwrap();
        assert_eq!(explained.signature(), official, "{id}");
    }
}
