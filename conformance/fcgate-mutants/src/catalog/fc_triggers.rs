//! Mistakes in the `FC` signature of HTTP triggers and of signed URLs.

use fcgate_protocol::SignKind;

use super::signing_mutant::{fc, fc_adds};
use crate::mutant::Mutant;
use crate::signing::encoding::{decode, form_decode, raw_pairs};
use crate::signing::fc_pieces::FcPieces;
use crate::signing::request::RequestToSign;

pub(super) const MUTANTS: &[Mutant] = &[
    fc(
        "FCG0161",
        "trigger-without-line-feed",
        "leaves out the LF after the path of an HTTP trigger if there is no query",
        &["FC-SIGN-020"],
        |_, pieces| {
            if pieces.pairs.is_empty() {
                pieces.after_path.clear();
            }
        },
    )
    .seen_in("fc-go-sdk and @alicloud/fc2 (Node) before their fixes; funcraft"),
    fc(
        "FCG0162",
        "trigger-query-unsorted",
        "signs the pairs of an HTTP trigger in the order of the query",
        &["FC-SIGN-021"],
        |request, pieces| of_query(request, pieces, form_decode),
    )
    .seen_in("fc-csharp-sdk, fc-php-sdk, alibabacloud-gateway-fc-util (Python)"),
    fc(
        "FCG0163",
        "trigger-query-sorted-by-key",
        "sorts the pairs of an HTTP trigger by key only, and leaves equal keys unsorted",
        &["FC-SIGN-021"],
        |request, pieces| {
            of_query(request, pieces, form_decode);
            let key = |pair: &Vec<u8>| pair.split(|byte| *byte == b'=').next().map(<[u8]>::to_vec);
            pieces.pairs.sort_by_key(key);
        },
    ),
    fc(
        "FCG0164",
        "trigger-query-escaped",
        "signs the pairs of an HTTP trigger with their percent escapes",
        &["FC-SIGN-021"],
        |request, pieces| {
            of_query(request, pieces, |text| text.as_bytes().to_vec());
            pieces.pairs.sort();
        },
    ),
    fc(
        "FCG0165",
        "trigger-plus-stays",
        "keeps a plus in the query of an HTTP trigger, which means a space",
        &["FC-SIGN-023"],
        |request, pieces| {
            of_query(request, pieces, decode);
            pieces.pairs.sort();
        },
    )
    .seen_in("alibabacloud-gateway-fc-util (Python)"),
    fc(
        "FCG0166",
        "trigger-query-split-at-semicolon",
        "joins the pairs of an HTTP trigger with semicolons and splits them there again",
        &["FC-SIGN-021"],
        |_, pieces| {
            let joined = pieces.pairs.join(&b';');
            pieces.pairs = joined
                .split(|byte| *byte == b';')
                .map(<[u8]>::to_vec)
                .collect();
            pieces.pairs.retain(|pair| !pair.is_empty());
            pieces.pairs.sort();
        },
    )
    .seen_in("alibabacloud-gateway-fc"),
    fc(
        "FCG0167",
        "trigger-last-value-only",
        "signs only the last value of a repeated key in the query of an HTTP trigger",
        &["FC-SIGN-022"],
        |request, pieces| {
            let mut last = std::collections::BTreeMap::new();
            for (key, value) in raw_pairs(request.query()) {
                last.insert(form_decode(key), form_decode(value));
            }
            pieces.pairs.retain(|pair| {
                let mut parts = pair.splitn(2, |byte| *byte == b'=');
                let key = parts.next().unwrap_or_default();
                let value = parts.next().unwrap_or_default();
                last.get(key).is_none_or(|last| last == value)
            });
            pieces.pairs.dedup();
        },
    )
    .seen_in("fc-java-sdk, addQuery"),
    fc(
        "FCG0168",
        "trigger-empty-value-bare",
        "signs a key with an empty value without its equals sign",
        &["FC-SIGN-022"],
        |_, pieces| {
            for pair in &mut pieces.pairs {
                if pair.ends_with(b"=") {
                    pair.pop();
                }
            }
        },
    )
    .seen_in("the SDKs do so for a key without values"),
    fc(
        "FCG0169",
        "trigger-query-unsigned",
        "signs an HTTP trigger without its query, as an API request",
        &["FC-SIGN-020"],
        |_, pieces| {
            pieces.pairs.clear();
            pieces.after_path.clear();
        },
    )
    .seen_in("funcraft"),
    fc(
        "FCG0170",
        "trigger-question-mark",
        "signs the path of an HTTP trigger, a question mark and the query as sent",
        &["FC-SIGN-020"],
        |request, pieces| {
            if request.given.kind == Some(SignKind::HttpTrigger) && !pieces.pairs.is_empty() {
                pieces.after_path = format!("?{}", request.query()).into_bytes();
                pieces.pairs.clear();
            }
        },
    ),
    fc(
        "FCG0171",
        "trigger-query-line-feed",
        "ends the last pair of an HTTP trigger with LF",
        &["FC-SIGN-021"],
        |_, pieces| {
            if !pieces.pairs.is_empty() {
                pieces.end.push(b'\n');
            }
        },
    ),
    fc(
        "FCG0172",
        "trigger-numbers-unsigned",
        "does not sign pairs whose value is a number",
        &["FC-SIGN-021"],
        |_, pieces| {
            pieces.pairs.retain(|pair| {
                let value = pair
                    .splitn(2, |byte| *byte == b'=')
                    .nth(1)
                    .unwrap_or_default();
                value.is_empty() || !value.iter().all(u8::is_ascii_digit)
            });
        },
    )
    .seen_in("@alicloud/fc2 (Node)"),
    fc(
        "FCG0173",
        "trigger-empty-path",
        "signs an empty path as empty, although the request is sent with a slash",
        &["FC-SIGN-020"],
        |request, pieces| {
            if request.path().is_empty() {
                pieces.path.clear();
            }
        },
    )
    .seen_in("alibabacloud fc-open20210406 before 1.1.4"),
    fc(
        "FCG0174",
        "trigger-query-decoded-before-splitting",
        "decodes the query of an HTTP trigger before it splits the query into pairs",
        &["FC-SIGN-021"],
        |request, pieces| {
            if !pieces.pairs.is_empty() {
                let query = String::from_utf8_lossy(&form_decode(request.query())).into_owned();
                let pairs = raw_pairs(&query).map(|(key, value)| format!("{key}={value}"));
                pieces.pairs = pairs.map(String::into_bytes).collect();
                pieces.pairs.sort();
            }
        },
    )
    .seen_in("alibabacloud-gateway-fc-util (Python)"),
    fc(
        "FCG0175",
        "trigger-proxy-path",
        "signs the path of an HTTP trigger as a path below /2016-08-15/proxy",
        &["FC-SIGN-024"],
        |request, pieces| {
            let is_trigger = request.given.kind == Some(SignKind::HttpTrigger);
            if is_trigger && !pieces.path.starts_with(b"/2016-08-15/") {
                pieces
                    .path
                    .splice(0..0, *b"/2016-08-15/proxy/demoService/demoFunction");
            }
        },
    ),
    fc(
        "FCG0181",
        "signed-url-with-date",
        "signs the time of a signed URL instead of the expiry",
        &["FC-SIGN-030"],
        |request, pieces| {
            if request.given.kind == Some(SignKind::PresignedUrl) {
                pieces.date = crate::signing::encoding::imf_date(&request.given.time);
            }
        },
    ),
    fc(
        "FCG0182",
        "signed-url-own-pairs-unsigned",
        "leaves the access key id and the expiry out of the signed pairs of a signed URL",
        &["FC-SIGN-031"],
        |_, pieces| {
            pieces.pairs.retain(|pair| {
                !pair.starts_with(b"x-fc-access-key-id=") && !pair.starts_with(b"x-fc-expires=")
            });
        },
    ),
    fc(
        "FCG0183",
        "signed-url-signature-unescaped",
        "writes the signature into a signed URL without percent escapes",
        &["FC-SIGN-031"],
        |_, pieces| pieces.in_url = str::to_owned,
    ),
    fc(
        "FCG0184",
        "signed-url-without-headers",
        "leaves the x-fc- headers out of the string to sign of a signed URL",
        &["FC-SIGN-031"],
        |request, pieces| {
            if request.given.kind == Some(SignKind::PresignedUrl) {
                pieces.headers.clear();
            }
        },
    ),
    fc_adds(
        "FCG0185",
        "signed-url-with-authorization",
        "adds an authorization header to a request whose URL is signed",
        &["FC-SIGN-031"],
        |given, added| {
            if given.kind == Some(SignKind::PresignedUrl) {
                let id = &given.credentials.access_key_id;
                added.set("authorization", format!("FC {id}:"));
            }
        },
    ),
];

/// The pairs in the order of the query, spelled in one way.
fn of_query(request: &RequestToSign<'_>, pieces: &mut FcPieces, spelling: fn(&str) -> Vec<u8>) {
    if !pieces.pairs.is_empty() {
        let pairs = raw_pairs(request.query());
        let pairs = pairs.map(|(key, value)| [spelling(key), spelling(value)].join(&b'='));
        pieces.pairs = pairs.collect();
    }
}
