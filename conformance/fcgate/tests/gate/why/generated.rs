//! Requests with one mistake each, made without the search: the oracle signs one request, another one is sent.

use fcgate::why::{self, Body, CapturedRequest, Exchange, SignatureStatus};
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{Credentials, SignKind};

const ID: &str = "LTAI5dummyAccessKeyId";
const SECRET: &str = "dummySecret+For/LoopbackOnly";
const BODY: &str = r#"{"a": 1}"#;

/// How a request is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    FcApi,
    FcTrigger,
    FcUrl,
    Acs3Api,
    Acs3Trigger,
}

use Form::{Acs3Api, Acs3Trigger, FcApi, FcTrigger, FcUrl};

/// A mistake: what was signed instead of the sent request, and with which secret.
struct Mistake {
    form: Form,
    /// Changes the sent request into the signed one.
    signed: fn(&mut WireRequest),
    /// Changes the secret.
    secret: fn(&str) -> String,
    /// Changes the signature.
    signature: fn(&str) -> String,
    name: &'static str,
    words: &'static str,
}

fn same(text: &str) -> String {
    text.to_owned()
}

const fn change(
    form: Form,
    signed: fn(&mut WireRequest),
    name: &'static str,
    words: &'static str,
) -> Mistake {
    Mistake {
        form,
        signed,
        secret: same,
        signature: same,
        name,
        words,
    }
}

const fn secret(form: Form, secret: fn(&str) -> String, words: &'static str) -> Mistake {
    Mistake {
        secret,
        ..change(form, |_| {}, "secret-in-another-spelling", words)
    }
}

const fn signature(
    form: Form,
    signature: fn(&str) -> String,
    name: &'static str,
    words: &'static str,
) -> Mistake {
    Mistake {
        signature,
        ..change(form, |_| {}, name, words)
    }
}

fn set(request: &mut WireRequest, name: &str, value: &str) {
    request.headers.set(name, value);
}

fn set_method(request: &mut WireRequest, method: &str) {
    method.clone_into(&mut request.method);
}

fn retarget(request: &mut WireRequest, from: &str, to: &str) {
    assert!(request.target.contains(from), "{}", request.target);
    request.target = request.target.replacen(from, to, 1);
}

const METHOD: &str = "another-method-sent";
const SLASHES: &str = "slashes-changed-on-the-way";
const PREFIXED: &str = "path-prefixed-on-the-way";
const PREFIX_REMOVED: &str = "path-prefix-removed-on-the-way";
const QUERY_ADDED: &str = "query-parameters-added-after-signing";
const QUERY_LOST: &str = "query-parameters-signed-not-sent";
const QUERY: &str = "query-changed-on-the-way";
const NOT_SENT: &str = "header-signed-not-sent";
const ADDED: &str = "headers-added-after-signing";
const VALUE: &str = "header-value-changed-after-signing";
const TYPE: &str = "another-content-type-sent";
const HOST: &str = "host-changed-after-signing";
const ZONE: &str = "date-of-another-time-zone";
const DATE: &str = "date-changed-after-signing";
const BODY_CHANGED: &str = "body-changed-after-signing";
const SIGNATURE: &str = "signature-changed-on-the-way";

const MISTAKES: [Mistake; 61] = [
    change(
        FcApi,
        |it| set_method(it, "GET"),
        METHOD,
        "`GET` was signed",
    ),
    change(
        FcTrigger,
        |it| set_method(it, "GET"),
        METHOD,
        "`GET` was signed",
    ),
    change(
        FcUrl,
        |it| set_method(it, "POST"),
        METHOD,
        "`POST` was signed",
    ),
    change(
        Acs3Api,
        |it| set_method(it, "PUT"),
        METHOD,
        "`PUT` was signed",
    ),
    change(
        Acs3Trigger,
        |it| set_method(it, "GET"),
        METHOD,
        "`GET` was signed",
    ),
    change(
        FcApi,
        |it| set(it, "date", "Sat, 28 Nov 2026 01:00:00 GMT"),
        ZONE,
        "8 h",
    ),
    change(
        FcTrigger,
        |it| set(it, "date", "Sat, 28 Nov 2026 14:30:00 GMT"),
        ZONE,
        "5 h 30 min",
    ),
    change(
        Acs3Api,
        |it| set(it, "x-acs-date", "2026-11-28T17:00:00Z"),
        ZONE,
        "8 h",
    ),
    change(
        FcApi,
        |it| set(it, "date", "Sat, 28 Nov 2026 08:59:57 GMT"),
        DATE,
        "08:59:57",
    ),
    change(
        Acs3Api,
        |it| set(it, "x-acs-date", "2026-11-28T09:00:02Z"),
        DATE,
        "09:00:02",
    ),
    change(
        Acs3Trigger,
        |it| set(it, "x-acs-date", "2026-11-28T09:07:00Z"),
        DATE,
        "09:07:00",
    ),
    change(
        FcApi,
        |it| set(it, "date", "2026-11-28T09:00:00Z"),
        "date-in-another-form",
        "ISO 8601",
    ),
    change(
        FcTrigger,
        |it| set(it, "date", "1795856400"),
        "date-in-another-form",
        "Unix seconds",
    ),
    change(
        Acs3Api,
        |it| set(it, "x-acs-date", "Sat, 28 Nov 2026 09:00:00 GMT"),
        "date-in-another-form",
        "HTTP",
    ),
    change(
        FcUrl,
        |it| retarget(it, "x-fc-expires=1795860000", "x-fc-expires=1795856400"),
        "expiry-changed-after-signing",
        "1795856400",
    ),
    change(
        Acs3Api,
        |it| set(it, "host", "1234567890123456.cn-hangzhou.fc.aliyuncs.com"),
        HOST,
        "1234567890123456.cn-hangzhou",
    ),
    change(
        Acs3Api,
        |it| set(it, "host", "fcv3.cn-shanghai.aliyuncs.com"),
        HOST,
        "cn-shanghai",
    ),
    change(
        Acs3Api,
        |it| set(it, "host", "fcv3.cn-hangzhou.aliyuncs.com:443"),
        HOST,
        ":443",
    ),
    change(
        Acs3Trigger,
        |it| set(it, "host", "fn-abc.cn-hangzhou-vpc.fcapp.run"),
        HOST,
        "-vpc",
    ),
    change(
        FcApi,
        |it| it.headers.remove("x-fc-log-type"),
        "headers-unsigned",
        "",
    ),
    change(
        FcApi,
        |it| it.headers.remove("content-type"),
        "content-type-left-out",
        "",
    ),
    change(
        FcTrigger,
        |it| it.headers.remove("x-fc-trace-id"),
        ADDED,
        "x-fc-trace-id",
    ),
    change(
        FcApi,
        |it| set(it, "x-fc-invocation-type", "Async"),
        NOT_SENT,
        "`x-fc-invocation-type: Async`",
    ),
    change(
        FcTrigger,
        |it| set(it, "x-fc-account-id", "1234567890123456"),
        NOT_SENT,
        "x-fc-account-id",
    ),
    change(
        FcUrl,
        |it| set(it, "content-type", "application/json"),
        NOT_SENT,
        "content-type",
    ),
    change(
        FcApi,
        |it| set(it, "x-fc-log-type", "None"),
        VALUE,
        "`None`",
    ),
    change(
        FcTrigger,
        |it| set(it, "content-type", "text/html"),
        TYPE,
        "text/html",
    ),
    change(
        Acs3Api,
        |it| set(it, "content-type", "application/json; charset=utf-8"),
        TYPE,
        "charset=utf-8",
    ),
    change(FcApi, |it| it.target += "/", SLASHES, "invocations/"),
    change(
        FcTrigger,
        |it| retarget(it, "/v1", "//v1"),
        SLASHES,
        "/api//v1",
    ),
    change(
        Acs3Api,
        |it| retarget(it, "/functions", "//functions"),
        SLASHES,
        "//functions",
    ),
    change(
        Acs3Trigger,
        |it| retarget(it, "/run", "/run/"),
        SLASHES,
        "/run/",
    ),
    change(
        FcApi,
        |it| it.target = format!("/api/v1{}", it.target),
        PREFIX_REMOVED,
        "`/api/v1`",
    ),
    change(
        Acs3Trigger,
        |it| it.target = format!("/prod{}", it.target),
        PREFIX_REMOVED,
        "`/prod`",
    ),
    change(FcTrigger, |it| retarget(it, "/api", ""), PREFIXED, "`/api`"),
    change(
        Acs3Api,
        |it| retarget(it, "/2023-03-30/", "/2021-04-06/"),
        "another-revision-sent",
        "/2021-04-06/",
    ),
    change(
        FcApi,
        |it| retarget(it, "/invocations", ""),
        "path-extended-on-the-way",
        "/invocations",
    ),
    change(
        Acs3Trigger,
        |it| retarget(it, "caf%C3%A9", "caf%c3%a9"),
        "path-escapes-changed-on-the-way",
        "lower case",
    ),
    change(
        FcTrigger,
        |it| retarget(it, "&n=2", ""),
        QUERY_ADDED,
        "`n=2`",
    ),
    change(
        FcUrl,
        |it| retarget(it, "&from=wechat", ""),
        QUERY_ADDED,
        "`from=wechat`",
    ),
    change(
        Acs3Api,
        |it| retarget(it, "?qualifier=LATEST", ""),
        "acs3-query-unsigned",
        "",
    ),
    change(
        Acs3Trigger,
        |it| retarget(it, "&n=2", ""),
        QUERY_ADDED,
        "`n=2`",
    ),
    change(
        Acs3Trigger,
        |it| it.target += "&debug=true",
        QUERY_LOST,
        "`debug=true`",
    ),
    change(
        FcTrigger,
        |it| it.target += "&qualifier=LATEST",
        QUERY_LOST,
        "`qualifier=LATEST`",
    ),
    change(
        FcTrigger,
        |it| retarget(it, "x=1", "x=1%20"),
        QUERY,
        "a space after the value",
    ),
    change(
        Acs3Trigger,
        |it| retarget(it, "x=1", "X=1"),
        QUERY,
        "the key was in upper case",
    ),
    change(
        Acs3Api,
        |it| {
            set(
                it,
                "x-acs-content-sha256",
                &oracle::sha256_hex(br#"{"a":1}"#),
            );
        },
        BODY_CHANGED,
        "no white space",
    ),
    change(
        Acs3Api,
        |it| set(it, "x-acs-content-sha256", &oracle::sha256_hex(b"")),
        BODY_CHANGED,
        "empty",
    ),
    secret(FcApi, |it| format!("'{it}'"), "single quotes"),
    secret(FcTrigger, str::to_ascii_lowercase, "lower case"),
    secret(Acs3Api, |it| format!("\"{it}\""), "double quotes"),
    secret(Acs3Trigger, |it| it.replace('+', " "), "a plus is a space"),
    secret(FcUrl, |it| format!("{it}&"), "ampersand"),
    secret(Acs3Api, |_| String::new(), "the variable was empty"),
    Mistake {
        name: "secret-with-white-space",
        ..secret(Acs3Api, |it| format!("{it}\n"), "a line end")
    },
    Mistake {
        name: "secret-with-white-space",
        ..secret(FcUrl, |it| format!(" {it}"), "a space before")
    },
    signature(
        FcApi,
        |it| {
            it.replace('=', "%3D")
                .replace('+', "%2B")
                .replace('/', "%2F")
        },
        SIGNATURE,
        "percent-encoded",
    ),
    signature(FcTrigger, |it| format!("\"{it}\""), SIGNATURE, "quotes"),
    signature(
        Acs3Api,
        |it| format!("{} {}", &it[..32], &it[32..]),
        SIGNATURE,
        "spaces",
    ),
    signature(
        Acs3Api,
        |it| it[..40].to_owned(),
        SIGNATURE,
        "its end is missing",
    ),
    signature(
        FcApi,
        |it| it.trim_end_matches('=').to_owned(),
        "signature-without-padding",
        "",
    ),
];

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
