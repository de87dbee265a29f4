//! Mistakes in the `FC` signature and its authorization, and pieces that are left out.

use super::signing_mutant::fc;
use crate::mutant::Mutant;
use crate::signing::encoding::{base64, hex, hmac_sha1};

pub(super) const MUTANTS: &[Mutant] = &[
    fc(
        "FCG0143",
        "signature-in-hex",
        "writes the signature in hex, as ACS3 does",
        &["FC-SIGN-002"],
        |_, pieces| pieces.encoding = hex,
    ),
    fc(
        "FCG0144",
        "signature-url-safe",
        "writes the signature in the URL-safe alphabet of base64",
        &["FC-SIGN-002"],
        |_, pieces| pieces.encoding = |mac| base64(mac).replace('+', "-").replace('/', "_"),
    )
    .seen_in("a helper in fc-php-sdk that nothing calls"),
    fc(
        "FCG0145",
        "signature-without-padding",
        "writes the signature in base64 without padding",
        &["FC-SIGN-002"],
        |_, pieces| pieces.encoding = |mac| base64(mac).trim_end_matches('=').to_owned(),
    ),
    fc(
        "FCG0146",
        "secret-with-ampersand",
        "appends an ampersand to the secret, as the RPC signature of other products does",
        &["FC-SIGN-002"],
        |_, pieces| pieces.key.push(b'&'),
    ),
    fc(
        "FCG0147",
        "secret-cut-to-64-bytes",
        "uses only the first 64 bytes of the secret",
        &["FC-SIGN-002"],
        |_, pieces| pieces.key.truncate(64),
    ),
    fc(
        "FCG0148",
        "authorization-without-space",
        "writes no space between FC and the access key id",
        &["FC-SIGN-003"],
        |_, pieces| pieces.word = "FC",
    )
    .seen_in("one edition of the manual"),
    fc(
        "FCG0149",
        "authorization-in-lower-case",
        "writes the scheme as fc",
        &["FC-SIGN-003"],
        |_, pieces| pieces.word = "fc ",
    ),
    fc(
        "FCG0150",
        "authorization-with-two-spaces",
        "writes two spaces between FC and the access key id",
        &["FC-SIGN-003"],
        |_, pieces| pieces.word = "FC  ",
    ),
    fc(
        "FCG0151",
        "signature-by-sha1",
        "signs with HMAC-SHA1, as older signatures of other products do",
        &["FC-SIGN-002"],
        |_, pieces| pieces.mac = hmac_sha1,
    ),
    fc(
        "FCG0152",
        "access-key-id-as-secret",
        "signs with the access key id instead of the secret",
        &["FC-SIGN-002"],
        |request, pieces| {
            let id = &request.given.credentials.access_key_id;
            pieces.key = id.as_bytes().to_vec();
        },
    ),
    fc(
        "FCG0153",
        "method-signed-in-lower-case",
        "signs the method in lower case",
        &["FC-SIGN-001"],
        |_, pieces| pieces.method.make_ascii_lowercase(),
    ),
    fc(
        "FCG0154",
        "content-md5-line-missing",
        "leaves out the Content-MD5 line, even if it is empty",
        &["FC-SIGN-001", "FC-SIGN-004"],
        |_, pieces| pieces.content_md5 = None,
    ),
    fc(
        "FCG0155",
        "headers-unsigned",
        "signs none of the x-fc- headers",
        &["FC-SIGN-008"],
        |_, pieces| pieces.headers.clear(),
    ),
];
