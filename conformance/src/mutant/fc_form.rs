//! Mistakes in the `FC` signature itself and in the authorization that carries it.

use super::Mutant;
use super::signing::fc;
use super::spelling::{base64, hex};

pub(super) const MUTANTS: &[Mutant] = &[
    fc(
        "FCG0143",
        "signature-in-hex",
        "it writes the signature in hex, as ACS3 does",
        &["FC-SIGN-002"],
        |_, pieces| pieces.encoding = hex,
    ),
    fc(
        "FCG0144",
        "signature-url-safe",
        "it writes the signature in the URL-safe alphabet of base64",
        &["FC-SIGN-002"],
        |_, pieces| pieces.encoding = |mac| base64(mac).replace('+', "-").replace('/', "_"),
    )
    .seen_in("a helper in fc-php-sdk that nothing calls"),
    fc(
        "FCG0145",
        "signature-without-padding",
        "it writes the signature in base64 without padding",
        &["FC-SIGN-002"],
        |_, pieces| pieces.encoding = |mac| base64(mac).trim_end_matches('=').to_owned(),
    ),
    fc(
        "FCG0146",
        "secret-with-ampersand",
        "it appends an ampersand to the secret, as the RPC signature of other products does",
        &["FC-SIGN-002"],
        |_, pieces| pieces.key.push(b'&'),
    ),
    fc(
        "FCG0147",
        "secret-cut-to-64-bytes",
        "it uses no more than 64 bytes of the secret",
        &["FC-SIGN-002"],
        |_, pieces| pieces.key.truncate(64),
    ),
    fc(
        "FCG0148",
        "authorization-without-blank",
        "it writes no blank between FC and the access key id",
        &["FC-SIGN-003"],
        |_, pieces| pieces.word = "FC",
    )
    .seen_in("one edition of the manual"),
    fc(
        "FCG0149",
        "authorization-in-lower-case",
        "it writes the scheme as fc",
        &["FC-SIGN-003"],
        |_, pieces| pieces.word = "fc ",
    ),
    fc(
        "FCG0150",
        "authorization-with-two-blanks",
        "it writes two blanks between FC and the access key id",
        &["FC-SIGN-003"],
        |_, pieces| pieces.word = "FC  ",
    ),
];
