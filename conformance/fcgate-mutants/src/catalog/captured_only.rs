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
    not_sent(
        "FCG0817",
        "another-method-sent",
        "signs one method and sends another",
        &["FC-SIGN-001", "ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0818",
        "date-changed-after-signing",
        "signs one time and sends another",
        &["FC-SIGN-006", "ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0819",
        "date-of-another-time-zone",
        "signs the time of one time zone and sends that of another",
        &["FC-SIGN-006", "ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0820",
        "date-in-another-form",
        "signs the date in one form and sends it in another",
        &["FC-SIGN-006", "ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0821",
        "date-of-another-header",
        "signs the date of one header where the rule takes it from another",
        &["FC-SIGN-006", "ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0822",
        "expiry-changed-after-signing",
        "signs a URL with one expiry and sends it with another",
        &["FC-SIGN-030"],
    ),
    not_sent(
        "FCG0823",
        "host-changed-after-signing",
        "signs one host, and the request arrives with another",
        &["ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0824",
        "header-signed-not-sent",
        "signs a header that does not arrive",
        &["FC-SIGN-008", "ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0825",
        "header-value-changed-after-signing",
        "signs one value of a header and sends another",
        &["FC-SIGN-008", "ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0826",
        "two-values-sent-one-signed",
        "sends a header twice and does not sign both values in the way of the rule",
        &["FC-SIGN-008", "ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0827",
        "body-changed-after-signing",
        "signs the digest of one body and sends another",
        &["ACS3-SIGN-007"],
    ),
    not_sent(
        "FCG0828",
        "path-prefix-removed-on-the-way",
        "signs a path with a prefix that a gateway removes",
        &["FC-SIGN-010", "ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0829",
        "path-extended-on-the-way",
        "signs a path without the end that is sent",
        &["FC-SIGN-010", "ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0830",
        "slashes-changed-on-the-way",
        "signs a path with other slashes than arrive",
        &["FC-SIGN-010", "ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0831",
        "path-escapes-changed-on-the-way",
        "signs a path with other escapes than arrive",
        &["FC-SIGN-010", "ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0832",
        "path-spelled-differently",
        "signs the path in another spelling than it arrives",
        &["FC-SIGN-010", "ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0833",
        "path-ending-changed",
        "signs another operation or qualifier in the path than arrives",
        &["FC-SIGN-010", "ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0834",
        "another-revision-sent",
        "signs the path of one revision of the API and sends that of another",
        &["FC-SIGN-010", "ACS3-SIGN-001"],
    ),
    not_sent(
        "FCG0835",
        "query-parameters-added-after-signing",
        "sends query parameters that were not signed",
        &["FC-SIGN-021", "ACS3-SIGN-004"],
    ),
    not_sent(
        "FCG0836",
        "query-parameters-signed-not-sent",
        "signs query parameters that do not arrive",
        &["FC-SIGN-021", "ACS3-SIGN-004"],
    ),
    not_sent(
        "FCG0837",
        "query-changed-on-the-way",
        "signs the query in another spelling than it arrives",
        &["FC-SIGN-021", "ACS3-SIGN-004"],
    ),
    not_sent(
        "FCG0838",
        "plus-sent-unescaped",
        "signs a plus in the query and sends it unescaped, so that a receiver reads a space",
        &["FC-SIGN-023", "ACS3-SIGN-004"],
    ),
    acs3(
        "FCG0839",
        "acs3-empty-path",
        "signs an empty path as empty, although the request is sent with a slash",
        &["ACS3-SIGN-001"],
        |_, pieces| {
            if pieces.path == "/" {
                pieces.path.clear();
            }
        },
    ),
    not_sent(
        "FCG0840",
        "secret-in-another-spelling",
        "signs with something else than the secret: quotes around it, an encoding of it, a placeholder",
        &["FC-SIGN-002", "ACS3-SIGN-002"],
    ),
    not_sent(
        "FCG0841",
        "signature-changed-on-the-way",
        "computes the correct signature and sends it in another form",
        &["FC-SIGN-002", "ACS3-SIGN-003"],
    ),
    not_sent(
        "FCG0842",
        "access-key-id-and-secret-swapped",
        "uses the secret as the access key id, and the access key id as the secret",
        &["FC-SIGN-002", "ACS3-SIGN-002"],
    ),
];

/// The UTF-8 of each value as one Latin-1 character a byte, which is how values are signed.
fn in_utf8(headers: &mut [(String, String)]) {
    for (_, value) in headers {
        *value = value.bytes().map(char::from).collect();
    }
}
