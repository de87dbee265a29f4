//! Mistakes in the composition of the `FC` string to sign and in its resource.

use super::signing_mutant::fc;
use crate::mutant::Mutant;
use crate::signing::encoding::{bytes, decode, form_decode};

pub(super) const MUTANTS: &[Mutant] = &[
    fc(
        "FCG0132",
        "crlf-line-ends",
        "ends the lines with CR and LF",
        &["FC-SIGN-001"],
        |_, pieces| pieces.line_end = "\r\n",
    ),
    fc(
        "FCG0133",
        "method-left-out",
        "signs an empty line instead of the method",
        &["FC-SIGN-001"],
        |_, pieces| pieces.method.clear(),
    ),
    fc(
        "FCG0134",
        "body-signed",
        "adds the SHA-256 of the body to the string to sign",
        &["FC-SIGN-005"],
        |request, pieces| {
            let digest = fcgate_cases::oracle::sha256_hex(&request.given.body);
            pieces.end = format!("\n{digest}").into_bytes();
        },
    ),
    fc(
        "FCG0135",
        "path-escaped",
        "signs the path with its percent escapes, as sent",
        &["FC-SIGN-010"],
        |request, pieces| {
            if !request.path().is_empty() {
                pieces.path = bytes(request.path());
            }
        },
    )
    .seen_in("fc-go-sdk"),
    fc(
        "FCG0136",
        "path-decoded-twice",
        "decodes the percent escapes of the path twice",
        &["FC-SIGN-010"],
        |_, pieces| {
            if let Ok(path) = std::str::from_utf8(&pieces.path) {
                pieces.path = decode(path);
            }
        },
    )
    .seen_in("fc-java-sdk, in signed URLs"),
    fc(
        "FCG0137",
        "plus-in-path-is-space",
        "reads a plus in the path as a space",
        &["FC-SIGN-011"],
        |request, pieces| {
            if !request.path().is_empty() {
                pieces.path = form_decode(request.path());
            }
        },
    ),
    fc(
        "FCG0138",
        "query-signed",
        "signs the query of an API request with the path",
        &["FC-SIGN-010", "FC-SIGN-012"],
        |request, pieces| {
            if pieces.after_path.is_empty() && !request.query().is_empty() {
                pieces.after_path = format!("?{}", request.query()).into_bytes();
            }
        },
    )
    .seen_in("the example of the manual's English edition of 2018"),
    fc(
        "FCG0139",
        "resource-line-feed",
        "ends the resource of an API request with LF, like that of an HTTP trigger",
        &["FC-SIGN-001"],
        |_, pieces| {
            if pieces.after_path.is_empty() {
                pieces.after_path = b"\n".to_vec();
            }
        },
    )
    .seen_in("alibabacloud-gateway-fc, in its FC branch"),
    fc(
        "FCG0140",
        "qualifier-suffix-unsigned",
        "signs the path without the qualifier after the service name",
        &["FC-SIGN-012"],
        |_, pieces| {
            let path = String::from_utf8_lossy(&pieces.path).into_owned();
            let segments = path
                .split('/')
                .enumerate()
                .map(|(place, segment)| match place {
                    3 => segment.split('.').next().unwrap_or_default(),
                    _ => segment,
                });
            pieces.path = segments.collect::<Vec<_>>().join("/").into_bytes();
        },
    ),
    fc(
        "FCG0141",
        "host-in-resource",
        "signs the host before the path",
        &["FC-SIGN-010"],
        |request, pieces| {
            let host = format!("/{}", request.authority()).into_bytes();
            pieces.path.splice(0..0, host);
        },
    ),
    fc(
        "FCG0142",
        "trailing-slash-left-out",
        "signs the path without its trailing slash",
        &["FC-SIGN-010"],
        |_, pieces| {
            if pieces.path.len() > 1 && pieces.path.ends_with(b"/") {
                pieces.path.pop();
            }
        },
    ),
];
