//! Mistakes in the ACS3 canonical request.

use fcgate_cases::oracle::sha256_hex;

use super::signing_mutant::acs3;
use crate::mutant::Mutant;
use crate::signing::encoding::{decode, encode, form_decode, raw_pairs, text};

pub(super) const MUTANTS: &[Mutant] = &[
    acs3(
        "FCG0201",
        "acs3-payload-unsigned",
        "leaves the digest of the body out of the canonical request",
        &["ACS3-SIGN-007"],
        |_, pieces| pieces.payload.clear(),
    )
    .seen_in("the manual's recipe for HTTP triggers of FC 3.0"),
    acs3(
        "FCG0202",
        "acs3-payload-as-text",
        "signs the body as text, which replaces bytes that are not UTF-8",
        &["ACS3-SIGN-007"],
        |request, pieces| {
            let body = String::from_utf8_lossy(&request.given.body).into_owned();
            pieces.payload = sha256_hex(body.as_bytes());
        },
    )
    .seen_in("@alicloud/fc-open20210406 (Node), which also sends it so"),
    acs3(
        "FCG0203",
        "acs3-payload-digest-in-upper-case",
        "writes the digest of the body in upper case",
        &["ACS3-SIGN-007"],
        |_, pieces| pieces.payload.make_ascii_uppercase(),
    ),
    acs3(
        "FCG0204",
        "acs3-query-unsorted",
        "signs the query in the order in which it is sent",
        &["ACS3-SIGN-004"],
        |request, pieces| {
            let pairs = raw_pairs(request.query());
            pieces.pairs = pairs
                .map(|(key, value)| (form_decode(key), form_decode(value)))
                .collect();
        },
    ),
    acs3(
        "FCG0205",
        "acs3-query-as-sent",
        "signs keys and values of the query with the percent escapes as sent",
        &["ACS3-SIGN-004"],
        |request, pieces| {
            let raw = |text: &str| text.as_bytes().to_vec();
            let pairs = raw_pairs(request.query());
            pieces.pairs = pairs.map(|(key, value)| (raw(key), raw(value))).collect();
            pieces.pairs.sort();
            pieces.spelling = |bytes| text(bytes.to_vec());
        },
    ),
    acs3(
        "FCG0206",
        "acs3-space-as-plus",
        "signs a space in the query as a plus",
        &["ACS3-SIGN-004"],
        |_, pieces| pieces.spelling = |bytes| encode(bytes).replace("%20", "+"),
    ),
    acs3(
        "FCG0207",
        "acs3-query-unsigned",
        "leaves the query, and with it the qualifier, out of the canonical request",
        &["ACS3-SIGN-004"],
        |_, pieces| pieces.pairs.clear(),
    ),
    acs3(
        "FCG0208",
        "acs3-empty-value-bare",
        "signs a key with an empty value without its equals sign",
        &["ACS3-SIGN-004"],
        |_, pieces| pieces.bare_keys = true,
    )
    .seen_in("alibabacloud-gateway-fc"),
    acs3(
        "FCG0209",
        "acs3-star-unescaped",
        "signs a star in the query as it is",
        &["ACS3-SIGN-004"],
        |_, pieces| pieces.spelling = |bytes| encode(bytes).replace("%2A", "*"),
    ),
    acs3(
        "FCG0210",
        "acs3-tilde-escaped",
        "signs a tilde in the query with a percent escape",
        &["ACS3-SIGN-004"],
        |_, pieces| pieces.spelling = |bytes| encode(bytes).replace('~', "%7E"),
    ),
    acs3(
        "FCG0211",
        "acs3-escapes-in-lower-case",
        "writes the digits of percent escapes in lower case",
        &["ACS3-SIGN-004"],
        |_, pieces| {
            pieces.spelling = |bytes| {
                let encoded = encode(bytes);
                let mut parts = encoded.split('%');
                let mut spelled = parts.next().unwrap_or_default().to_owned();
                for part in parts {
                    let (digits, rest) = part.split_at_checked(2).unwrap_or((part, ""));
                    spelled = spelled + "%" + &digits.to_ascii_lowercase() + rest;
                }
                spelled
            };
        },
    ),
    acs3(
        "FCG0212",
        "acs3-path-decoded",
        "signs the path percent-decoded, as the FC scheme does",
        &["ACS3-SIGN-001"],
        |_, pieces| pieces.path = text(decode(&pieces.path)),
    ),
    acs3(
        "FCG0213",
        "acs3-path-escaped-twice",
        "escapes the path a second time, as Signature Version 4 does",
        &["ACS3-SIGN-001"],
        |_, pieces| pieces.path = encode(pieces.path.as_bytes()).replace("%2F", "/"),
    ),
    acs3(
        "FCG0214",
        "acs3-headers-unsorted",
        "signs the headers in the order in which they are sent",
        &["ACS3-SIGN-005"],
        |request, pieces| {
            let place = |name: &str| {
                let mut names = request.headers.iter();
                names.position(|(other, _)| other.eq_ignore_ascii_case(name))
            };
            pieces.headers.sort_by_key(|(name, _)| place(name));
        },
    ),
    acs3(
        "FCG0215",
        "acs3-values-untrimmed",
        "signs the spaces around a value",
        &["ACS3-SIGN-006"],
        |request, pieces| {
            for (name, signed) in &mut pieces.headers {
                if let Some(given) = request.headers.get(name)
                    && given.trim() == signed
                {
                    given.clone_into(signed);
                }
            }
        },
    ),
    acs3(
        "FCG0216",
        "acs3-values-folded",
        "replaces runs of spaces inside a value by one space, as Signature Version 4 does",
        &["ACS3-SIGN-006"],
        |_, pieces| {
            for (_, value) in &mut pieces.headers {
                *value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            }
        },
    ),
    acs3(
        "FCG0217",
        "acs3-values-in-lower-case",
        "signs the values of the headers in lower case",
        &["ACS3-SIGN-006"],
        |_, pieces| {
            for (_, value) in &mut pieces.headers {
                value.make_ascii_lowercase();
            }
        },
    ),
    acs3(
        "FCG0218",
        "acs3-no-empty-line",
        "leaves out the empty line between the headers and the list of their names",
        &["ACS3-SIGN-001"],
        |_, pieces| pieces.blank_line = false,
    ),
    acs3(
        "FCG0219",
        "acs3-host-unsigned",
        "does not sign the host",
        &["ACS3-SIGN-005"],
        |_, pieces| pieces.headers.retain(|(name, _)| name != "host"),
    ),
    acs3(
        "FCG0220",
        "acs3-content-type-unsigned",
        "does not sign the Content-Type that it sends",
        &["ACS3-SIGN-005"],
        |_, pieces| pieces.headers.retain(|(name, _)| name != "content-type"),
    ),
    acs3(
        "FCG0221",
        "acs3-date-alone-signed",
        "signs only x-acs-date and x-acs-security-token",
        &["ACS3-SIGN-005"],
        |_, pieces| {
            let signed = ["x-acs-date", "x-acs-security-token"];
            pieces
                .headers
                .retain(|(name, _)| signed.contains(&name.as_str()));
        },
    )
    .seen_in("the manual's recipe for HTTP triggers of FC 3.0"),
    acs3(
        "FCG0222",
        "acs3-name-lost-in-a-longer-one",
        "drops a header whose name is part of the name of another one",
        &["ACS3-SIGN-005"],
        |_, pieces| {
            let names: Vec<String> = pieces
                .headers
                .iter()
                .map(|(name, _)| name.clone())
                .collect();
            let is_part = |name: &str| {
                names
                    .iter()
                    .any(|other| other != name && other.contains(name))
            };
            pieces.headers.retain(|(name, _)| !is_part(name));
        },
    )
    .seen_in("alibabacloud-gateway-fc up to 0.0.6"),
    acs3(
        "FCG0223",
        "acs3-host-without-port",
        "signs the host without its port",
        &["ACS3-SIGN-005"],
        |_, pieces| {
            for (name, value) in &mut pieces.headers {
                if name == "host"
                    && let Some((host, _)) = value.clone().split_once(':')
                {
                    host.clone_into(value);
                }
            }
        },
    )
    .seen_in("@alicloud/fc2 (Node) sends the host so"),
    acs3(
        "FCG0224",
        "acs3-security-token-unsigned",
        "sends the security token but does not sign it",
        &["ACS3-SIGN-009"],
        |_, pieces| {
            pieces
                .headers
                .retain(|(name, _)| name != "x-acs-security-token");
        },
    ),
    acs3(
        "FCG0225",
        "acs3-method-left-out",
        "signs an empty line instead of the method",
        &["ACS3-SIGN-001"],
        |_, pieces| pieces.method.clear(),
    ),
    acs3(
        "FCG0226",
        "acs3-pairs-sorted-as-text",
        "sorts the pairs of the query with their equals signs instead of the keys",
        &["ACS3-SIGN-004"],
        |_, pieces| {
            let text = |(key, value): &(Vec<u8>, Vec<u8>)| [encode(key), encode(value)].join("=");
            pieces.pairs.sort_by_key(text);
        },
    ),
    acs3(
        "FCG0227",
        "acs3-query-decoded-twice",
        "decodes the values of the query a second time",
        &["ACS3-SIGN-004"],
        |_, pieces| {
            for (_, value) in &mut pieces.pairs {
                *value = decode(&text(value.clone()));
            }
        },
    ),
    acs3(
        "FCG0228",
        "acs3-query-trimmed",
        "signs the values of the query without the spaces around them",
        &["ACS3-SIGN-004"],
        |_, pieces| {
            for (_, value) in &mut pieces.pairs {
                *value = value.trim_ascii().to_vec();
            }
        },
    ),
    acs3(
        "FCG0229",
        "acs3-punctuation-unescaped",
        "leaves the marks ! ' ( ) * in the query unescaped, as encodeURIComponent does",
        &["ACS3-SIGN-004"],
        |_, pieces| {
            pieces.spelling = |bytes| {
                let marks = ["!", "'", "(", ")", "*"];
                let escaped = ["%21", "%27", "%28", "%29", "%2A"];
                let all = escaped.into_iter().zip(marks);
                all.fold(encode(bytes), |text, (escape, mark)| {
                    text.replace(escape, mark)
                })
            };
        },
    ),
    acs3(
        "FCG0230",
        "acs3-values-decoded",
        "decodes percent escapes in the values of the headers",
        &["ACS3-SIGN-006"],
        |_, pieces| {
            for (_, value) in &mut pieces.headers {
                *value = text(decode(value));
            }
        },
    ),
];
