//! The forms in which a secret appears in a text.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};

/// Shorter secrets are not searched for, because short texts occur by chance.
const SHORTEST: usize = 8;

/// A secret in plain, percent, query, hex, base64 and JSON form; empty for a secret that is too short.
pub(super) fn forms(secret: &str) -> BTreeSet<Vec<u8>> {
    let secret = secret.trim();
    let bytes = secret.as_bytes();
    if bytes.len() < SHORTEST {
        return BTreeSet::new();
    }
    let mut hex = String::new();
    for byte in bytes {
        let _ = write!(hex, "{byte:02x}");
    }
    // A reader of a query takes each plus for a space.
    let in_query = secret.replace('+', " ");
    // The last base64 group depends on the byte that follows the secret.
    let whole_groups = bytes.get(..bytes.len() / 3 * 3).unwrap_or(bytes);
    let in_json = secret.replace('\\', r"\\").replace('"', "\\\"");
    BTreeSet::from([
        bytes.to_vec(),
        percent_encode(bytes, NON_ALPHANUMERIC)
            .to_string()
            .into_bytes(),
        percent_encode(in_query.as_bytes(), NON_ALPHANUMERIC)
            .to_string()
            .into_bytes(),
        in_query.into_bytes(),
        hex.to_ascii_uppercase().into_bytes(),
        hex.into_bytes(),
        STANDARD_NO_PAD.encode(whole_groups).into_bytes(),
        in_json.into_bytes(),
    ])
}
