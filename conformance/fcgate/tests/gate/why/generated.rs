//! Requests with one mistake each, made without the search: the oracle signs one request, another one is sent.

use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{Credentials, SignKind};
use fcgate_why::{self as why, Body, CapturedRequest, Exchange, SignatureStatus};

use super::mistake::{Acs3Api, Acs3Trigger, FcApi, FcTrigger, FcUrl, Form, Mistake, change};
use super::mistakes::MISTAKES;

const ID: &str = "LTAI5dummyAccessKeyId";
const SECRET: &str = "dummySecret+For/LoopbackOnly";
const BODY: &str = r#"{"a": 1}"#;

fn sent(form: Form) -> WireRequest {
    let fc_date = ("Date", "Sat, 28 Nov 2026 09:00:00 GMT");
    let acs_date = ("x-acs-date", "2026-11-28T09:00:00Z");
    let digest = oracle::sha256_hex(BODY.as_bytes());
    let (method, target, headers): (_, _, Vec<(&str, &str)>) = match form {
        FcApi => (
            "POST",
            "/2021-04-06/services/s/functions/f/invocations",
            vec![
                ("Host", "1234567890123456.cn-hangzhou.fc.aliyuncs.com"),
                fc_date,
                ("Content-Type", "application/octet-stream"),
                ("X-Fc-Log-Type", "Tail"),
            ],
        ),
        FcTrigger => (
            "POST",
            "/api/v1/run?x=1&n=2",
            vec![
                ("Host", "1234567890123456.cn-hangzhou.fcapp.run"),
                fc_date,
                ("Content-Type", "application/json"),
                ("X-Fc-Trace-Id", "t"),
                ("X-Fc-Log-Type", "Tail"),
            ],
        ),
        FcUrl => (
            "GET",
            "/api/run?x-fc-access-key-id=LTAI5dummyAccessKeyId&x-fc-expires=1795860000&from=wechat",
            vec![("Host", "fn-abc.cn-hangzhou.fcapp.run")],
        ),
        Acs3Api => (
            "POST",
            "/2023-03-30/functions/f/invocations?qualifier=LATEST",
            vec![
                ("host", "fcv3.cn-hangzhou.aliyuncs.com"),
                acs_date,
                ("x-fc-account-id", "1234567890123456"),
                ("x-acs-action", "InvokeFunction"),
                ("x-acs-version", "2023-03-30"),
                ("x-acs-signature-nonce", "n1"),
                ("x-acs-content-sha256", &digest),
                ("content-type", "application/json"),
            ],
        ),
        Acs3Trigger => (
            "POST",
            "/caf%C3%A9/run?x=1&n=2",
            vec![
                ("host", "fn-abc.cn-hangzhou.fcapp.run"),
                acs_date,
                ("x-acs-security-token", ""),
                ("x-acs-signature-nonce", "n1"),
            ],
        ),
    };
    let mut request = WireRequest::new(method, target).body(BODY.as_bytes());
    for (name, value) in headers {
        request.headers.push(name, value);
    }
    request
}

const ACS3_API: &str = "content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
const ACS3_TRIGGER: &str = "host;x-acs-date;x-acs-security-token;x-acs-signature-nonce";

/// The captured request: the sent one with the signature of the signed one.
fn captured(mistake: &Mistake) -> Exchange {
    let sent = sent(mistake.form);
    let mut signed = sent.clone();
    (mistake.signed)(&mut signed);
    let secret = (mistake.secret)(SECRET);
    let fc = |kind| oracle::fc_stages(&signed, kind, &secret);
    let stages = match mistake.form {
        FcApi => fc(SignKind::Api),
        FcTrigger => fc(SignKind::HttpTrigger),
        FcUrl => fc(SignKind::PresignedUrl),
        Acs3Api => oracle::acs3_stages(&signed, ACS3_API, &secret).unwrap(),
        Acs3Trigger => oracle::acs3_stages(&signed, ACS3_TRIGGER, &secret).unwrap(),
    };
    let signature = (mistake.signature)(&stages.signature.unwrap());
    let mut request = CapturedRequest::new(&sent.method, &sent.target);
    request.headers = sent.headers;
    request.body = Body::Whole(BODY.as_bytes().to_vec());
    request.sent.push("2026-11-28T09:00:00Z".parse().unwrap());
    let acs3 = |names: &str| {
        format!("ACS3-HMAC-SHA256 Credential={ID},SignedHeaders={names},Signature={signature}")
    };
    match mistake.form {
        FcApi | FcTrigger => request
            .headers
            .push("Authorization", format!("FC {ID}:{signature}")),
        FcUrl => {
            let escaped = signature
                .replace('+', "%2B")
                .replace('/', "%2F")
                .replace('=', "%3D");
            request.target = format!("{}&x-fc-signature={escaped}", request.target);
        }
        Acs3Api => request.headers.push("Authorization", acs3(ACS3_API)),
        Acs3Trigger => request.headers.push("Authorization", acs3(ACS3_TRIGGER)),
    }
    Exchange::new(request)
}

#[test]
fn every_generated_mistake_is_found_within_the_budget_and_nothing_else_is_proven() {
    let mut wrong = Vec::new();
    for mistake in &MISTAKES {
        let key = Credentials::new(ID, SECRET);
        let explanation = why::explain(&captured(mistake), Some(&key)).unwrap();
        let search = explanation.search;
        let text = anstream::adapter::strip_str(&explanation.text()).to_string();
        let all = explanation
            .alternatives
            .iter()
            .flatten()
            .chain(&explanation.causes);
        let is_named = all.clone().any(|cause| cause.mutant == Some(mistake.name));
        let is_proven_wrong = explanation
            .causes
            .iter()
            .any(|cause| cause.is_proven && cause.mutant != Some(mistake.name));
        let is_right = explanation.signature == SignatureStatus::Invalid
            && is_named
            && !is_proven_wrong
            && text.contains(mistake.words)
            && !text.contains(SECRET)
            && search.is_none_or(|search| !search.is_exhausted);
        if !is_right {
            wrong.push(format!(
                "{:?} {} {}: {text}",
                mistake.form, mistake.name, mistake.words
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_request_without_a_mistake_is_valid_in_every_form() {
    for form in [FcApi, FcTrigger, FcUrl, Acs3Api, Acs3Trigger] {
        let none = change(form, |_| {}, "", "");
        let key = Credentials::new(ID, SECRET);
        let explanation = why::explain(&captured(&none), Some(&key)).unwrap();
        assert!(explanation.is_right(), "{form:?}: {}", explanation.text());
    }
}
