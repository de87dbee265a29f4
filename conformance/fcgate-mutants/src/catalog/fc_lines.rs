//! Mistakes in the first four lines of the `FC` string to sign: Content-MD5, Content-Type, date.

use super::signing_mutant::{fc, fc_adds};
use crate::mutant::Mutant;
use crate::signing::encoding::{base64, hex, imf_date, md5};
use crate::signing::fc_pieces::FcPieces;
use crate::signing::request::RequestToSign;

pub(super) const MUTANTS: &[Mutant] = &[
    fc(
        "FCG0101",
        "content-md5-left-out",
        "leaves the Content-MD5 line empty although the header is sent",
        &["FC-SIGN-004"],
        |_, pieces| pieces.content_md5 = Some(String::new()),
    )
    .seen_in("alibabacloud-gateway-fc-util (Java)"),
    fc(
        "FCG0102",
        "content-md5-hex",
        "signs the hex MD5 of the body instead of the Content-MD5 header that it sends",
        &["FC-SIGN-004"],
        |request, pieces| of_body(request, pieces, |digest| hex(&digest)),
    )
    .seen_in("fc-go-sdk and alibabacloud-gateway-fc-util (Go) spell it so"),
    fc(
        "FCG0103",
        "content-md5-base64-of-hex",
        "signs base64 of the hex MD5 of the body instead of the Content-MD5 header that it sends",
        &["FC-SIGN-004"],
        |request, pieces| of_body(request, pieces, |digest| base64(hex(&digest).as_bytes())),
    )
    .seen_in("@alicloud/fc2 (Node) spells it so"),
    fc(
        "FCG0104",
        "content-md5-base64",
        "signs base64 of the MD5 of the body instead of the Content-MD5 header that it sends",
        &["FC-SIGN-004"],
        |request, pieces| of_body(request, pieces, |digest| base64(&digest)),
    )
    .seen_in("fc-java-sdk and alibabacloud-gateway-fc spell it so"),
    fc(
        "FCG0105",
        "content-type-left-out",
        "leaves the Content-Type line empty although the header is sent",
        &["FC-SIGN-004"],
        |_, pieces| pieces.content_type.clear(),
    ),
    fc(
        "FCG0106",
        "content-type-without-parameters",
        "signs the media type without its parameters",
        &["FC-SIGN-004"],
        |_, pieces| {
            let end = pieces.content_type.find(';');
            pieces
                .content_type
                .truncate(end.unwrap_or(usize::MAX).min(pieces.content_type.len()));
        },
    ),
    fc(
        "FCG0107",
        "content-type-default",
        "signs application/json if no Content-Type is sent",
        &["FC-SIGN-004"],
        |request, pieces| {
            if !request.headers.contains("content-type") {
                "application/json".clone_into(&mut pieces.content_type);
            }
        },
    )
    .seen_in("fc-csharp-sdk and alibabacloud-gateway-fc, whose default is signed"),
    fc(
        "FCG0108",
        "content-type-in-lower-case-only",
        "finds the Content-Type only under a lower-case name, and otherwise signs application/json",
        &["FC-SIGN-004"],
        |request, pieces| {
            let other_case =
                |name: &str| name.eq_ignore_ascii_case("content-type") && name != "content-type";
            if request.headers.iter().any(|(name, _)| other_case(name)) {
                "application/json".clone_into(&mut pieces.content_type);
            }
        },
    )
    .seen_in("aliyun-fc2 (Python), fc-csharp-sdk, fc-php-sdk"),
    fc(
        "FCG0109",
        "date-line-missing",
        "leaves out the date line",
        &["FC-SIGN-001"],
        |_, pieces| pieces.date = None,
    ),
    fc(
        "FCG0110",
        "date-of-the-clock",
        "signs the time of its clock although the caller's Date is sent",
        &["FC-SIGN-006"],
        |request, pieces| {
            let (given, expires) = (&request.given, request.given.expires);
            if given.headers.contains("date") && expires.is_none() {
                pieces.date = imf_date(&given.time).or(pieces.date.take());
            }
        },
    )
    .seen_in("aliyun-fc2 (Python) and @alicloud/fc2 (Node), when the caller gives a Date"),
    fc_adds(
        "FCG0111",
        "date-in-iso-form",
        "adds the Date header in ISO 8601 form, as in ACS3",
        &["FC-SIGN-007"],
        |given, added| {
            if added.contains("date") {
                added.set("date", given.time.clone());
            }
        },
    ),
    fc(
        "FCG0112",
        "date-undefined",
        "signs the word undefined if there is no Date header",
        &["FC-SIGN-006"],
        |request, pieces| {
            if request.value("date").is_none() && request.given.expires.is_none() {
                pieces.date = Some("undefined".to_owned());
            }
        },
    )
    .seen_in("@alicloud/fc2 (Node), getSignature"),
    fc_adds(
        "FCG0113",
        "x-fc-date-ignored",
        "adds a Date of its clock although x-fc-date replaces it",
        &["FC-SIGN-006"],
        |given, added| {
            let is_alone = !given.headers.contains("date");
            if is_alone && given.headers.contains("x-fc-date") {
                let date = imf_date(&given.time).unwrap_or_default();
                added.set("date", date);
            }
        },
    )
    .seen_in("aliyun-fc2 (Python), @alicloud/fc2 (Node), fc-go-sdk, fc-csharp-sdk, fc-php-sdk"),
    fc(
        "FCG0114",
        "x-fc-date-unsigned",
        "leaves x-fc-date out of the header block because its value is on the date line",
        &["FC-SIGN-006"],
        |_, pieces| pieces.headers.retain(|(name, _)| name != "x-fc-date"),
    ),
];

/// Computes the line from the body, if a Content-MD5 is sent.
fn of_body(request: &RequestToSign<'_>, pieces: &mut FcPieces, spelling: fn(Vec<u8>) -> String) {
    if pieces
        .content_md5
        .as_ref()
        .is_some_and(|line| !line.is_empty())
    {
        pieces.content_md5 = Some(spelling(md5(&request.given.body)));
    }
}
