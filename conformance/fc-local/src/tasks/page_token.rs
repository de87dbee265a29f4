//! The token of the next page of a list.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use fcgate_cases::oracle::sha256_hex;

/// The characters of the digest in a token.
const DIGEST: usize = 9;

/// Returns the token for the page after the entry `last` of a list with this filter.
///
/// The form is that of the documented sample `MTIzNCNhYmM=`, base64 of `1234#abc`. It usually ends with `==`, which
/// a query has to escape.
pub(super) fn write(last: u64, filter: &str) -> String {
    STANDARD.encode(format!("{last:06}#{}", digest(filter)))
}

/// The last entry of the page before, or `None` if the token is not one of a list with this filter.
pub(super) fn read(token: &str, filter: &str) -> Option<u64> {
    let text = String::from_utf8(STANDARD.decode(token).ok()?).ok()?;
    let (last, of) = text.split_once('#')?;
    (of == digest(filter)).then(|| last.parse().ok()).flatten()
}

fn digest(filter: &str) -> String {
    sha256_hex(filter.as_bytes()).chars().take(DIGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn a_token_is_valid_for_its_filter_only() {
        let token = write(7, "a");
        assert!(token.ends_with("=="), "{token}");
        assert_eq!(read(&token, "a"), Some(7));
        assert_eq!(read(&token, "b"), None);
        for wrong in ["", "MTIzNCNhYmM=", "%3D", &token[1..]] {
            assert_eq!(read(wrong, "a"), None, "{wrong}");
        }
    }
}
