//! Mistakes between signing and sending, which only a captured request shows.
//!
//! No case can show them: an adapter returns the headers that it adds, before its HTTP client changes the
//! request. They explain captured requests.

use super::signing_mutant::{acs3, fc, not_sent};
use crate::mutant::Mutant;
use crate::signing::encoding::{decode, raw_pairs, text};

pub(super) const MUTANTS: &[Mutant] = &[
    fc(
        "FCG0801",
        "values-untrimmed",
        "signs the spaces around a value, which a receiver strips",
        &["FC-SIGN-009"],
        |request, pieces| {
            let headers = request.headers.iter();
            let mut headers: Vec<(String, String)> = headers
                .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
                .filter(|(name, _)| name.starts_with("x-fc-"))
                .collect();
            headers.sort_by(|(one, _), (other, _)| one.cmp(other));
            pieces.headers = headers;
        },
    )
    .seen_in("aliyun-fc2 (Python), @alicloud/fc2 (Node), fc-java-sdk"),
    fc(
        "FCG0802",
        "values-signed-in-utf-8",
        "signs values in UTF-8 and sends them in Latin-1",
        &["FC-SIGN-009"],
        |_, pieces| in_utf8(&mut pieces.headers),
    )
    .seen_in("aliyun-fc2 (Python), @alicloud/fc2 (Node)"),
    acs3(
        "FCG0803",
        "acs3-values-signed-in-utf-8",
        "signs values in UTF-8 and sends them in Latin-1",
        &["ACS3-SIGN-006"],
        |_, pieces| in_utf8(&mut pieces.headers),
    )
    .seen_in("alibabacloud-fc-open20210406 and alibabacloud-fc20230330 (Python)"),
    fc(
        "FCG0804",
        "name-split-by-question-mark",
        "signs a name with a question mark as a path, and sends the text after the question mark as a query",
        &["FC-SIGN-010"],
        |request, pieces| {
            if pieces.after_path.is_empty() && !request.query().is_empty() {
                pieces.after_path.push(b'?');
                pieces.after_path.extend(decode(request.query()));
            }
        },
    )
    .seen_in("aliyun-fc2 (Python), @alicloud/fc2 (Node), fc-java-sdk"),
    fc(
        "FCG0805",
        "trigger-query-decoded-whole",
        "decodes the whole query of an HTTP trigger, keeps a plus, then splits it and does not sort the pairs",
        &["FC-SIGN-021", "FC-SIGN-023"],
        |request, pieces| {
            if !pieces.pairs.is_empty() {
                let query = text(decode(request.query()));
                let pairs = raw_pairs(&query).map(|(key, value)| format!("{key}={value}"));
                pieces.pairs = pairs
                    .map(|pair| crate::signing::encoding::bytes(&pair))
                    .collect();
            }
        },
    )
    .seen_in("alibabacloud-fc-open20210406 (Python), by alibabacloud-gateway-fc-util"),
    not_sent(
        "FCG0806",
        "value-signed-twice",
        "signs a header twice that was set under two spellings of its name, and sends it once",
        &["FC-SIGN-008"],
    )
    .seen_in("@alicloud/fc2 (Node)"),
    not_sent(
        "FCG0807",
        "two-values-signed-one-sent",
        "signs both values of a header that was set twice, and sends one of them",
        &["FC-SIGN-008"],
    )
    .seen_in("aliyun-fc2 (Python)"),
    not_sent(
        "FCG0808",
        "acs3-two-values-signed-one-sent",
        "signs both values of a header that was set twice, and sends one of them",
        &["ACS3-SIGN-006"],
    )
    .seen_in("the generated SDKs for Python and Node"),
    not_sent(
        "FCG0809",
        "another-content-type-sent",
        "signs its own Content-Type and sends a different one",
        &["FC-SIGN-004"],
    )
    .seen_in("aliyun-fc2 (Python), when the caller gives a Content-Type; fc-go-sdk, DoHttpRequest"),
    not_sent(
        "FCG0810",
        "dot-segments-folded",
        "signs a path with dot segments, which its HTTP client removes before sending",
        &["FC-SIGN-010"],
    )
    .seen_in("aliyun-fc2 (Python)"),
    not_sent(
        "FCG0811",
        "name-unescaped",
        "writes a name into the URL without escapes, so that a question mark or a number sign in it cuts the path",
        &["FC-SIGN-010"],
    )
    .seen_in("aliyun-fc2 (Python), @alicloud/fc2 (Node)"),
    not_sent(
        "FCG0812",
        "secret-with-white-space",
        "signs with a secret that has white space around it, pasted or read from a file",
        &["FC-SIGN-002", "ACS3-SIGN-002"],
    ),
    not_sent(
        "FCG0813",
        "another-secret",
        "signs the correct text with a secret that is not the one of this access key id",
        &["FC-SIGN-002", "ACS3-SIGN-002"],
    ),
    not_sent(
        "FCG0814",
        "older-scheme-of-the-gateway",
        "signs with `acs` (HMAC-SHA1), the older scheme of the gateway, which is neither FC nor ACS3",
        &["FC-SIGN-001", "ACS3-SIGN-001"],
    )
    .seen_in("the generated SDKs, when their signature algorithm is set to v2; the command `aliyun fc-open`"),
    not_sent(
        "FCG0815",
        "headers-added-after-signing",
        "adds headers after signing that the service includes in the signature",
        &["FC-SIGN-004", "FC-SIGN-008"],
    ),
    not_sent(
        "FCG0816",
        "path-prefixed-on-the-way",
        "signs a path without the prefix that a base path or a gateway adds",
        &["FC-SIGN-010"],
    ),
];

/// The UTF-8 of each value as one Latin-1 character a byte, which is how values are signed.
fn in_utf8(headers: &mut [(String, String)]) {
    for (_, value) in headers {
        *value = value.bytes().map(char::from).collect();
    }
}
