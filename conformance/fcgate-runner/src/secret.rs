//! Finds access key secrets in the output of an implementation.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};

use fcgate_protocol::Credentials;

/// The minimum length of a secret. A shorter text may occur by chance.
pub const SHORTEST: usize = 8;

/// Whether the text contains the secret, unchanged or in base64, hex or percent-encoded form.
pub fn is_in(text: &[u8], credentials: &Credentials) -> bool {
    forms(credentials).iter().any(|form| contains(text, form))
}

/// Returns the forms of the access key secret.
pub fn forms(credentials: &Credentials) -> Vec<Vec<u8>> {
    forms_of(&credentials.access_key_secret)
}

/// Returns every form in which a text can contain the secret. A secret that is too short has no forms.
pub fn forms_of(secret: &str) -> Vec<Vec<u8>> {
    let secret = secret.trim().as_bytes();
    if secret.len() < SHORTEST {
        return Vec::new();
    }
    let mut hex = String::new();
    for byte in secret {
        let _ = write!(hex, "{byte:02x}");
    }
    let mut forms = vec![
        secret.to_vec(),
        percent_encode(secret, NON_ALPHANUMERIC)
            .to_string()
            .into_bytes(),
        hex.to_ascii_uppercase().into_bytes(),
        hex.into_bytes(),
        // The last base64 group depends on the bytes after the secret.
        STANDARD_NO_PAD
            .encode(secret.get(..secret.len() / 3 * 3).unwrap_or(secret))
            .into_bytes(),
    ];
    forms.dedup();
    forms
}

fn contains(text: &[u8], form: &[u8]) -> bool {
    text.windows(form.len()).any(|window| window == form)
}

#[cfg(test)]
mod tests {
    use super::is_in;
    use fcgate_protocol::Credentials;

    fn credentials(secret: &str) -> Credentials {
        Credentials::new("FCTESTACCESSKEYID01", secret)
    }

    #[test]
    fn a_secret_is_found_in_every_form() {
        let secret = credentials("fcTest/Secret+0123");
        for text in [
            "denied for fcTest/Secret+0123!",
            "denied for fcTest%2FSecret%2B0123",
            "ZmNUZXN0L1NlY3JldCswMTIz",
            "66635465 73742f 66635465 66635465 6663546573742f5365637265742b30313233",
            "6663546573742F5365637265742B30313233",
        ] {
            assert!(is_in(text.as_bytes(), &secret), "{text}");
        }
        assert!(!is_in(b"denied for fcTest", &secret));
    }

    #[test]
    fn a_secret_that_is_too_short_is_not_looked_for() {
        assert!(!is_in(b"abc", &credentials("abc")));
        assert!(!is_in(b"abc", &credentials("")));
    }
}
