//! The properties of the `FC` signature.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

use fcgate_cases::corpus::{ExpectedHeaders, SignExpectation, Stimulus};
use fcgate_protocol::{RefusalClass, Scheme, SignInput, SignKind, capability};

use super::family::Family;
use super::requests::{self, Parts, escaped, fc, parts, path_of, value};

const FC: &[&str] = &[capability::SIGN_FC, capability::CRED_STS];
const TRIGGER: &[&str] = &[
    capability::SIGN_FC,
    capability::SIGN_FC_HTTP_TRIGGER,
    capability::CRED_STS,
];
const URL: &[&str] = &[
    capability::SIGN_FC,
    capability::SIGN_FC_PRESIGNED_URL,
    capability::CRED_STS,
];

pub(super) const FAMILIES: &[Family] = &[
    Family::new(
        "property.header-order",
        "FC: the order of the headers does not change the signature",
        "A signer that keeps the order of the headers is refused for some requests only.",
        &["FC-SIGN-008"],
        FC,
        || {
            let drawn = (parts(), vec(any::<u32>(), 12));
            drawn
                .prop_map(|(parts, keys)| {
                    let mut other = parts.plain();
                    let mut keys = keys.into_iter().cycle();
                    other.headers.sort_by_cached_key(|_| keys.next());
                    vec![fc(parts.plain()), fc(other)]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.header-name-case",
        "FC: the spelling of header names does not change the signature",
        "Frameworks change the spelling of names, and the wire has no fixed spelling.",
        &["FC-SIGN-008", "FC-SIGN-004"],
        FC,
        || {
            let drawn = (parts(), vec(any::<u32>(), 12));
            drawn
                .prop_map(|(parts, masks)| {
                    let mut other = parts.plain();
                    for ((name, _), mask) in other.headers.iter_mut().zip(masks) {
                        *name = change_case(name, mask);
                    }
                    vec![fc(other)]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.unsigned-additions",
        "FC: headers without the prefix do not change the signature",
        "Proxies and frameworks add headers after the request was signed.",
        &["FC-SIGN-008"],
        FC,
        || {
            let name = prop_oneof![
                "x-[a-eg-z][a-z]{1,6}",
                "y-fc-[a-z]{1,6}",
                "x-fcz[a-z]{1,5}",
                Just("Accept".to_owned())
            ];
            let drawn = (parts(), vec((name, value()), 1..4));
            drawn
                .prop_map(|(parts, mut more)| {
                    more.sort();
                    more.dedup_by(|one, other| one.0 == other.0);
                    let mut other = parts.plain();
                    other.headers.extend(more);
                    vec![fc(parts.plain()), fc(other)]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.signed-changes",
        "FC: any change of a signed part changes the signature",
        "A part that is left out of the signature can be changed on the way.",
        &["FC-SIGN-001", "FC-SIGN-002"],
        FC,
        || {
            let drawn = (parts(), 0_usize..6, "[a-z]{1,3}");
            let drawn = drawn.prop_map(|(parts, place, more)| {
                let changed = changed(&parts, place, &more);
                [parts.plain(), changed]
            });
            let different = drawn.prop_filter("no change", |[one, other]| one != other);
            different.prop_map(|both| both.map(fc).to_vec()).boxed()
        },
    ),
    Family::new(
        "property.body-not-covered",
        "FC: the body does not change the signature",
        "Streams can be sent only if the signature does not need their bytes.",
        &["FC-SIGN-005"],
        FC,
        || {
            let drawn = (parts(), vec(any::<u8>(), 0..60));
            drawn
                .prop_map(|(parts, body)| {
                    let other = SignInput {
                        body,
                        ..parts.plain()
                    };
                    vec![fc(parts.plain()), fc(other)]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.api-query-not-covered",
        "FC: the query of an API request does not change the signature",
        "A signer that signs the query is refused for every request with a qualifier.",
        &["FC-SIGN-010"],
        FC,
        || {
            let drawn = (parts(), vec(("[a-z]{1,4}", "[a-z0-9]{0,4}"), 0..3));
            drawn
                .prop_map(|(parts, query)| {
                    let other = Parts {
                        query,
                        ..parts.clone()
                    };
                    vec![fc(parts.plain()), fc(other.plain())]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.path-spelling",
        "FC: the decoded path is signed, with any escapes on the wire",
        "A signer that signs the escaped path is refused for every name with an escape.",
        &["FC-SIGN-010", "FC-SIGN-011"],
        FC,
        || {
            let drawn = (parts(), vec(any::<u32>(), 4));
            drawn
                .prop_map(|(parts, masks)| {
                    let path = parts.path.iter().zip(masks);
                    let path =
                        path_of(path.map(|(segment, mask)| percent_encode_letters(segment, mask)));
                    let other = parts.input(Scheme::Fc, &path, parts.all_headers());
                    vec![fc(parts.plain()), fc(other)]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.trigger-query",
        "HTTP trigger: order and escapes of the query do not change the signature",
        "Other libraries than the signer build query strings.",
        &["FC-SIGN-020", "FC-SIGN-021", "FC-SIGN-022"],
        TRIGGER,
        || {
            let drawn = (parts(), vec(any::<u32>(), 4));
            drawn
                .prop_map(|(parts, masks)| {
                    let kind = Some(SignKind::HttpTrigger);
                    let target = reorder_and_reencode_query(&parts, &masks);
                    let one = SignInput {
                        kind,
                        ..parts.plain()
                    };
                    let other = SignInput {
                        kind,
                        ..parts.input(Scheme::Fc, &target, parts.all_headers())
                    };
                    vec![fc(one), fc(other)]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.signed-url",
        "A pre-signed URL verifies with every path, query, token and expiry",
        "Only the receiver of a URL notices that it does not verify.",
        &["FC-SIGN-030", "FC-SIGN-031"],
        URL,
        || {
            let drawn = (parts(), prop_oneof![Just(1_i64), 1_i64..1_000_000_000]);
            drawn
                .prop_map(|(parts, later)| {
                    let headers = parts.headers.clone();
                    let given = parts.input(Scheme::Fc, &parts.target(), headers);
                    let kind = Some(SignKind::PresignedUrl);
                    let expires = parts.seconds + later;
                    vec![fc(SignInput {
                        kind,
                        expires: Some(expires),
                        ..given
                    })]
                })
                .boxed()
        },
    ),
    Family::new(
        "property.refusals-keep-secrets",
        "FC: a control byte in a signed value is refused, and no refusal contains the secret",
        "Error messages are written to logs that many people can read.",
        &["FC-SIGN-015"],
        &[capability::SIGN_FC],
        || {
            let control = prop_oneof![Just('\n'), Just('\r'), Just('\0')];
            let drawn = ("[!-~]{0,5}", control, "[!-~]{0,5}");
            drawn
                .prop_map(|(before, control, after)| {
                    let given =
                        requests::request_with_trace_id(&format!("{before}{control}{after}"));
                    let expect = SignExpectation {
                        refused: Some(RefusalClass::Input),
                        ..SignExpectation::default()
                    };
                    vec![Stimulus::Sign { given, expect }]
                })
                .boxed()
        },
    )
    .twin("sign.fc-headers.empty-value", "/given/headers/3/1"),
    Family::new(
        "property.date-added",
        "FC: without a date, Date is made from the signing time, added and signed",
        "A day with one digit or a wrong weekday is refused on some days only.",
        &["FC-SIGN-007"],
        FC,
        || {
            parts()
                .prop_map(|parts| {
                    let date = parts
                        .others
                        .first()
                        .map(|(_, value)| value.clone())
                        .unwrap_or_default();
                    let mut given = parts.plain();
                    given.headers.retain(|(name, _)| name != "Date");
                    let mut dated = fc(parts.plain());
                    if let Stimulus::Sign {
                        given: of_dated,
                        expect,
                    } = &mut dated
                    {
                        *of_dated = given;
                        expect.headers = Some(ExpectedHeaders {
                            present: [("date", date)].into(),
                            absent: Vec::new(),
                        });
                    }
                    vec![dated]
                })
                .boxed()
        },
    ),
];

/// Changes the case of letters: upper case where the mask has a set bit, else lower case.
pub(super) fn change_case(name: &str, mask: u32) -> String {
    let letters = name.chars().enumerate();
    let respelled = letters.map(|(place, letter)| {
        match mask.rotate_right(u32::try_from(place % 32).unwrap_or(0)) & 1 {
            0 => letter.to_ascii_lowercase(),
            _ => letter.to_ascii_uppercase(),
        }
    });
    respelled.collect()
}

/// Percent-encodes letters and digits that need no encoding, where the mask has a set bit.
pub(super) fn percent_encode_letters(text: &str, mask: u32) -> String {
    let mut out = String::new();
    for (place, letter) in text.chars().enumerate() {
        let set = mask.rotate_right(u32::try_from(place % 32).unwrap_or(0)) & 1 == 1;
        if set && letter.is_ascii_alphanumeric() {
            let _ = write!(out, "%{:02x}", u32::from(letter));
        } else {
            out += &escaped(letter.encode_utf8(&mut [0; 4]));
        }
    }
    out
}

/// Returns the target with its query pairs in another order and with other percent-encoding.
pub(super) fn reorder_and_reencode_query(parts: &Parts, masks: &[u32]) -> String {
    let mut pairs: Vec<(u32, String)> = parts
        .query
        .iter()
        .zip(masks)
        .map(|((key, value), mask)| {
            (
                *mask,
                format!(
                    "{}={}",
                    percent_encode_letters(key, *mask),
                    percent_encode_letters(value, !*mask)
                ),
            )
        })
        .collect();
    pairs.sort();
    let pairs: Vec<String> = pairs.into_iter().map(|(_, pair)| pair).collect();
    let path = parts.target();
    let path = path.split('?').next().unwrap_or_default();
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("{path}{mark}{}", pairs.join("&"))
}

/// Returns the request with one signed part changed. If the request has no such part, another part is changed.
fn changed(parts: &Parts, place: usize, more: &str) -> SignInput {
    let mut parts = parts.clone();
    let place = match place {
        3 if parts.others.len() < 2 => 2,
        4 | 5 if parts.headers.is_empty() => 2,
        place => place,
    };
    match place {
        0 if parts.method == "POST" => "PUT".clone_into(&mut parts.method),
        0 => "POST".clone_into(&mut parts.method),
        1 => parts.secret += more,
        2 => parts.path.push(more.to_owned()),
        3 => append(parts.others.last_mut().map(|(_, value)| value), more),
        4 => append(parts.headers.last_mut().map(|(_, value)| value), more),
        _ => append(parts.headers.last_mut().map(|(name, _)| name), more),
    }
    parts.plain()
}

fn append(text: Option<&mut String>, more: &str) {
    if let Some(text) = text {
        text.push_str(more);
    }
}
