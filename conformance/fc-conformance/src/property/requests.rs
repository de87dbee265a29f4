//! Generates requests in wire form, and the signatures that the oracle expects for them.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

use fcgate_cases::corpus::{SignExpectation, Stimulus};
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{Credentials, HeaderList, Scheme, SignInput, SignKind, Stages};

const HOST: &str = "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com";
const ID: &str = "FCTESTACCESSKEYID01";
const SECRET: &str = "fcTestAccessKeySecret0123456789";
const NONCE: &str = "0123456789abcdef0123456789abcdef";

/// The parts of a request, decoded.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    pub(super) method: String,
    pub(super) path: Vec<String>,
    pub(super) query: Vec<(String, String)>,
    /// The `x-fc-` headers. Each name is in lower case and occurs once.
    pub(super) headers: HeaderList,
    /// The other headers, signed or unsigned.
    pub(super) others: HeaderList,
    pub(super) body: Vec<u8>,
    pub(super) secret: String,
    pub(super) token: Option<String>,
    pub(super) time: String,
    pub(super) seconds: i64,
}

/// Generates a header value of visible characters; spaces are allowed only inside.
pub(super) fn value() -> impl Strategy<Value = String> + Clone {
    "[!-~]([ -~]{0,20}[!-~])?"
}

/// Generates a time in the years 1970 to 2106, in seconds.
pub(super) fn time_in_seconds() -> impl Strategy<Value = i64> + Clone {
    any::<u32>().prop_map(i64::from)
}

/// Formats a time as in the adapter protocol.
pub(super) fn iso(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map(|time| time.to_string())
        .unwrap_or_default()
}

/// Formats a time as an HTTP date (RFC 9110, 5.6.7).
pub(super) fn imf(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .and_then(|time| DateTimePrinter::new().timestamp_to_rfc9110_string(&time))
        .unwrap_or_default()
}

/// Generates a dummy secret of any length.
pub(super) fn secret() -> impl Strategy<Value = String> + Clone {
    "[A-Za-z0-9]{0,50}".prop_map(|more| format!("{SECRET}{more}"))
}

pub(super) fn parts() -> impl Strategy<Value = Parts> + Clone {
    let segment = "[A-Za-z0-9_.~ é中+-]{0,6}[A-Za-z0-9_]";
    let pair = (
        "[A-Za-z][A-Za-z0-9._-]{0,5}",
        "[A-Za-z0-9 ._~/;&=+é中-]{0,8}",
    );
    let method = prop_oneof![
        Just("POST".to_owned()),
        Just("GET".to_owned()),
        Just("PUT".to_owned()),
        Just("DELETE".to_owned()),
    ];
    let request = (
        method,
        vec(segment, 1..4),
        vec(pair, 0..4),
        vec(("x-fc-z[a-z0-9_-]{1,8}", value()), 0..5),
        vec(any::<u8>(), 0..40),
    );
    let rest = (
        proptest::option::of("[a-z]{1,5}/[a-z]{1,5}(; charset=utf-8)?"),
        proptest::option::of("[!-~]{1,24}"),
        secret(),
        proptest::option::of(
            "[A-Za-z0-9+/=]{1,20}".prop_map(|token| format!("CAISdummySTS{token}")),
        ),
        time_in_seconds(),
    );
    (request, rest).prop_map(|(request, rest)| {
        let (method, path, query, mut headers, body) = request;
        let (content_type, content_md5, secret, token, seconds) = rest;
        headers.sort();
        headers.dedup_by(|one, other| one.0 == other.0);
        let mut others = vec![("Date".to_owned(), imf(seconds))];
        others.extend(content_type.map(|value| ("Content-Type".to_owned(), value)));
        others.extend(content_md5.map(|value| ("Content-MD5".to_owned(), value)));
        Parts {
            method,
            path,
            query,
            headers: headers.into(),
            others: others.into(),
            body,
            secret,
            token,
            time: iso(seconds),
            seconds,
        }
    })
}

const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Percent-encodes all characters except the unreserved ones.
pub(super) fn escaped(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

/// Joins the segments to a path, with a slash before each.
pub(super) fn path_of(segments: impl IntoIterator<Item = String>) -> String {
    segments
        .into_iter()
        .fold(String::new(), |path, segment| path + "/" + &segment)
}

impl Parts {
    pub(super) fn target(&self) -> String {
        let path = path_of(self.path.iter().map(|segment| escaped(segment)));
        let pairs = self.query.iter();
        let pairs: Vec<String> = pairs
            .map(|(key, value)| format!("{}={}", escaped(key), escaped(value)))
            .collect();
        let mark = if pairs.is_empty() { "" } else { "?" };
        format!("{path}{mark}{}", pairs.join("&"))
    }

    fn credentials(&self) -> Credentials {
        let credentials = Credentials::new(ID, self.secret.clone());
        match &self.token {
            Some(token) => credentials.security_token(token.clone()),
            None => credentials,
        }
    }

    /// Returns the request with this target and these headers.
    pub(super) fn input(&self, scheme: Scheme, target: &str, headers: HeaderList) -> SignInput {
        SignInput {
            scheme,
            kind: None,
            method: self.method.clone(),
            url: format!("{HOST}{target}"),
            headers,
            body: self.body.clone(),
            credentials: self.credentials(),
            time: self.time.clone(),
            nonce: NONCE.to_owned(),
            expires: None,
        }
    }

    /// All headers: first `others`, then the `x-fc-` headers.
    pub(super) fn all_headers(&self) -> HeaderList {
        self.others.iter().chain(&self.headers).cloned().collect()
    }

    /// The unchanged request for the `FC` scheme.
    pub(super) fn plain(&self) -> SignInput {
        self.input(Scheme::Fc, &self.target(), self.all_headers())
    }
}

/// Returns the request of the case `sign.fc-headers.empty-value` with another trace id.
pub(super) fn request_with_trace_id(value: &str) -> SignInput {
    SignInput {
        scheme: Scheme::Fc,
        kind: None,
        method: "POST".to_owned(),
        url: format!("{HOST}/2021-04-06/services/demoService/functions/demoFunction/invocations"),
        headers: HeaderList::from([
            ("Date", "Wed, 11 May 2022 09:00:00 GMT"),
            ("Content-Type", "application/json"),
            ("X-Fc-Account-Id", ""),
            ("X-Fc-Trace-Id", value),
        ]),
        body: br#"{"key":"value"}"#.to_vec(),
        credentials: Credentials::new(ID, SECRET),
        time: "2022-05-11T09:00:00Z".to_owned(),
        nonce: NONCE.to_owned(),
        expires: None,
    }
}

/// Returns a request of the `FC` scheme with the signature that the oracle expects.
pub(super) fn fc(given: SignInput) -> Stimulus {
    let kind = given.kind.unwrap_or_default();
    let target = given.url.strip_prefix(HOST).unwrap_or_default();
    let mut request = WireRequest::new(&given.method, target)
        .headers(&given.headers)
        .body(&given.body);
    if let Some(token) = &given.credentials.security_token {
        request = request.header("x-fc-security-token", token.clone());
    }
    let stages = oracle::fc_stages(&request, kind, &given.credentials.access_key_secret);
    let mut expect = SignExpectation {
        verifies: Some(true),
        ..SignExpectation::default()
    };
    if kind != SignKind::PresignedUrl {
        let signature = stages.signature.unwrap_or_default();
        expect.authorization = Some(format!(
            "FC {}:{signature}",
            given.credentials.access_key_id
        ));
        expect.stages = Some(Stages {
            string_to_sign: stages.string_to_sign,
            ..Stages::default()
        });
    }
    Stimulus::Sign { given, expect }
}

/// Returns a request whose signature must verify, independently of which names were signed.
pub(super) fn verifying(given: SignInput) -> Stimulus {
    let expect = SignExpectation {
        verifies: Some(true),
        ..SignExpectation::default()
    };
    Stimulus::Sign { given, expect }
}
