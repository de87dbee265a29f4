//! Mistakes in the `x-fc-` header block of the `FC` scheme.

use super::signing_mutant::{fc, fc_adds};
use crate::mutant::Mutant;
use crate::signing::encoding::trim;
use crate::signing::fc_pieces::{FcPieces, all};
use crate::signing::request::RequestToSign;

pub(super) const MUTANTS: &[Mutant] = &[
    fc(
        "FCG0115",
        "headers-unsorted",
        "signs the x-fc- headers in the order in which they are sent",
        &["FC-SIGN-008"],
        |request, pieces| {
            pieces.headers = all(request);
            pieces.headers.retain(|(name, _)| name.starts_with("x-fc-"));
        },
    ),
    fc(
        "FCG0116",
        "headers-sorted-before-lower-casing",
        "sorts the x-fc- headers by their names as given and then writes them in lower case",
        &["FC-SIGN-008"],
        |request, pieces| {
            let mut headers: Vec<_> = request.headers.iter().cloned().collect();
            headers.sort();
            let lower = headers
                .into_iter()
                .map(|(name, value)| (name.to_ascii_lowercase(), trim(&value).to_owned()));
            pieces.headers = lower
                .filter(|(name, _)| name.starts_with("x-fc-"))
                .collect();
        },
    )
    .seen_in("alibabacloud-gateway-fc"),
    fc(
        "FCG0117",
        "header-names-as-given",
        "signs the names of the x-fc- headers as given, not in lower case",
        &["FC-SIGN-008"],
        |request, pieces| {
            for (name, _) in &mut pieces.headers {
                let given = request.headers.iter();
                let mut given = given.filter(|(other, _)| other.eq_ignore_ascii_case(name));
                if let Some((spelling, _)) = given.next() {
                    name.clone_from(spelling);
                }
            }
        },
    ),
    fc(
        "FCG0118",
        "headers-sorted-by-line",
        "sorts whole lines of name, colon and value, not names",
        &["FC-SIGN-008"],
        |_, pieces| {
            let line = |(name, value): &(String, String)| format!("{name}:{value}");
            pieces.headers.sort_by_key(line);
        },
    ),
    fc(
        "FCG0119",
        "headers-sorted-by-culture",
        "sorts the x-fc- headers by the rules of a language, which ignore hyphens",
        &["FC-SIGN-008"],
        |_, pieces| {
            pieces
                .headers
                .sort_by_key(|(name, _)| name.replace('-', ""));
        },
    )
    .seen_in("fc-csharp-sdk"),
    fc(
        "FCG0120",
        "prefix-without-hyphen",
        "signs every header whose name starts with x-fc, with or without a hyphen after it",
        &["FC-SIGN-008"],
        |request, pieces| select(request, pieces, |name| name.starts_with("x-fc")),
    )
    .seen_in("fc-java-sdk"),
    fc(
        "FCG0121",
        "prefix-anywhere",
        "signs every header whose name contains x-fc-",
        &["FC-SIGN-008"],
        |request, pieces| select(request, pieces, |name| name.contains("x-fc-")),
    )
    .seen_in("alibabacloud-gateway-fc"),
    fc(
        "FCG0122",
        "all-headers-signed",
        "signs every header of the request in the block",
        &["FC-SIGN-008"],
        |request, pieces| select(request, pieces, |_| true),
    ),
    fc(
        "FCG0123",
        "security-token-unsigned",
        "sends the security token but does not sign its header",
        &["FC-SIGN-013"],
        |_, pieces| {
            pieces
                .headers
                .retain(|(name, _)| name != "x-fc-security-token");
            pieces
                .pairs
                .retain(|pair| !pair.starts_with(b"x-fc-security-token="));
        },
    ),
    fc_adds(
        "FCG0124",
        "security-token-not-sent",
        "does not send the security token of temporary credentials",
        &["FC-SIGN-013", "FC-BUILD-023"],
        |_, added| added.remove("x-fc-security-token"),
    )
    .seen_in(
        "@alicloud/fc2 (Node), unless the access key id starts with STS; fc-go-sdk, DoHttpRequest",
    ),
    fc_adds(
        "FCG0125",
        "security-token-in-the-header-of-acs3",
        "sends the security token in x-acs-security-token under the FC scheme",
        &["FC-SIGN-013", "FC-BUILD-023"],
        |given, added| {
            added.remove("x-fc-security-token");
            if let Some(token) = &given.credentials.security_token {
                added.set("x-acs-security-token", token.clone());
            }
        },
    ),
    fc(
        "FCG0126",
        "empty-values-left-out",
        "leaves x-fc- headers with an empty value out of the block",
        &["FC-SIGN-009"],
        |_, pieces| pieces.headers.retain(|(_, value)| !value.is_empty()),
    ),
    fc(
        "FCG0127",
        "values-folded",
        "replaces runs of spaces inside a value by one space, as Signature Version 4 does",
        &["FC-SIGN-009"],
        |_, pieces| {
            for (_, value) in &mut pieces.headers {
                *value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            }
        },
    ),
    fc(
        "FCG0128",
        "values-in-lower-case",
        "signs the values of the x-fc- headers in lower case",
        &["FC-SIGN-009"],
        |_, pieces| {
            for (_, value) in &mut pieces.headers {
                value.make_ascii_lowercase();
            }
        },
    ),
    fc(
        "FCG0129",
        "space-after-colon",
        "writes a space between the colon and the value of an x-fc- header",
        &["FC-SIGN-008"],
        |_, pieces| pieces.colon = ": ",
    ),
    fc(
        "FCG0130",
        "no-line-end-after-the-last-header",
        "joins the x-fc- headers by LF, without an LF after the last one",
        &["FC-SIGN-008"],
        |_, pieces| pieces.last_header_ends = false,
    ),
    fc(
        "FCG0131",
        "empty-line-without-headers",
        "signs an empty line if no x-fc- header is sent",
        &["FC-SIGN-008"],
        |_, pieces| {
            if pieces.headers.is_empty() {
                pieces.path.insert(0, b'\n');
            }
        },
    ),
];

/// Signs the headers with such a name, sorted.
fn select(request: &RequestToSign<'_>, pieces: &mut FcPieces, is_signed: fn(&str) -> bool) {
    pieces.headers = all(request);
    pieces.headers.retain(|(name, _)| is_signed(name));
    pieces
        .headers
        .sort_by(|(one, _), (other, _)| one.cmp(other));
}
