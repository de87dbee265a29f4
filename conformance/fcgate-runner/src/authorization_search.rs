//! Finds Authorization values and signatures of both schemes in what a subject writes.

use fcgate_protocol::Credentials;

/// The longest Authorization value that is found across two reads.
pub(crate) const LONGEST: usize = 4096;

/// The number of characters of an HMAC-SHA256 in base64, without padding.
const BASE64_LENGTH: usize = 43;
/// The number of characters of an HMAC-SHA256 in hex.
const HEX_LENGTH: usize = 64;

/// Finds the Authorization values of an access key id.
///
/// A value is recognised by its form, so that it is found although the gate has not received it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AuthorizationSearch {
    /// What precedes the signature of the `FC` scheme, plain and percent-encoded.
    fc: [Vec<u8>; 2],
    /// What precedes the signed names of ACS3, plain and percent-encoded.
    acs3: [Vec<u8>; 2],
}

impl AuthorizationSearch {
    /// Creates a search; `None` if the access key id is too short to be recognised.
    pub(crate) fn new(credentials: &Credentials) -> Option<Self> {
        let id = credentials.access_key_id.trim();
        (id.len() >= 8).then(|| Self {
            fc: [
                format!("FC {id}:").into_bytes(),
                format!("FC%20{id}%3A").into_bytes(),
            ],
            acs3: [
                format!("Credential={id}").into_bytes(),
                format!("Credential%3D{id}").into_bytes(),
            ],
        })
    }

    /// Whether a text contains an Authorization value.
    pub(crate) fn is_in(&self, text: &[u8]) -> bool {
        let fc = self.fc.iter().any(|start| {
            let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/%\\".contains(byte);
            any_after(text, start, |rest| count(rest, is_base64) >= BASE64_LENGTH)
        });
        let acs3 = self.acs3.iter().any(|start| {
            any_after(text, start, |rest| {
                has_signature(rest.get(..LONGEST).unwrap_or(rest))
            })
        });
        fc || acs3
    }

    /// Whether the reply to a request of this access key id contains an Authorization value, escaped or not, or the
    /// end of one with the signature.
    pub(crate) fn is_in_reply(&self, line: &[u8]) -> bool {
        let unescaped = || {
            let value: serde_json::Value = serde_json::from_slice(line).ok()?;
            serde_json::to_vec(&value).ok()
        };
        let is_in = |line: &[u8]| self.is_in(line) || has_signature(line);
        is_in(line) || (line.contains(&b'\\') && unescaped().is_some_and(|line| is_in(&line)))
    }
}

/// Whether a text contains a signature of either scheme after the word "signature", in any letter case.
///
/// Nothing else tells a signature from another digest.
pub(crate) fn has_named_signature(text: &[u8]) -> bool {
    const WORD: &[u8] = b"signature";
    let is_between = |byte: &u8| b" \t:=\"'\\>(".contains(byte);
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/".contains(byte);
    let lower = text.to_ascii_lowercase();
    memchr::memmem::find_iter(&lower, WORD).any(|at| {
        let rest = text.get(at + WORD.len()..).unwrap_or_default();
        let value = rest.get(count(rest, is_between)..).unwrap_or_default();
        let is_fc = count(value, is_base64) == BASE64_LENGTH
            && value.get(BASE64_LENGTH).is_some_and(|end| *end == b'=');
        is_fc || count(value, u8::is_ascii_hexdigit) == HEX_LENGTH
    })
}

/// Whether a text contains the last part of an ACS3 Authorization.
fn has_signature(text: &[u8]) -> bool {
    let is_whole = |rest: &[u8]| count(rest, u8::is_ascii_hexdigit) == HEX_LENGTH;
    any_after(text, b"Signature=", is_whole) || any_after(text, b"Signature%3D", is_whole)
}

/// Whether what follows one of the places of `start` has a property.
fn any_after(text: &[u8], start: &[u8], holds: impl Fn(&[u8]) -> bool) -> bool {
    memchr::memmem::find_iter(text, start)
        .any(|at| text.get(at + start.len()..).is_some_and(&holds))
}

/// The number of bytes at the start that have a property.
fn count(text: &[u8], has: impl Fn(&u8) -> bool) -> usize {
    text.iter().take_while(|byte| has(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::{AuthorizationSearch, has_named_signature};
    use fcgate_protocol::Credentials;

    const BASE64: &str = "1D/b2SqBOvcJcJ5RjU3AyVNrRBcZbKhwfgr9wUkB1Tc=";
    const HEX: &str = "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0";

    fn found(text: &str) -> bool {
        let credentials = Credentials::new("FCTESTACCESSKEYID01", "fcTestSecret");
        let search = AuthorizationSearch::new(&credentials).unwrap();
        search.is_in_reply(text.as_bytes())
    }

    #[test]
    fn the_authorization_values_of_both_schemes_are_found_in_every_spelling() {
        let escaped = BASE64.replace('/', "\\/").replace('=', "\\u003d");
        for text in [
            format!("sent Authorization: FC FCTESTACCESSKEYID01:{BASE64}"),
            format!("FC%20FCTESTACCESSKEYID01%3A{}", BASE64.replace('/', "%2F")),
            format!(r#"{{"m":"FC FCTESTACCESSKEYID01:{escaped}"}}"#),
            format!("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature={HEX}"),
            format!(r#"{{"m":"SignedHeaders\u003dhost,Signature\u003d{HEX}"}}"#),
            format!("Signature%3D{HEX}&"),
        ] {
            assert!(found(&text), "{text}");
        }
    }

    #[test]
    fn a_signature_is_found_only_after_its_name_and_whole() {
        for text in [
            format!("signature: {BASE64}"),
            format!(r#"{{"Signature":"{BASE64}"}}"#),
            format!("signed, SIGNATURE={HEX} end"),
        ] {
            assert!(has_named_signature(text.as_bytes()), "{text}");
        }
        for text in [
            BASE64.to_owned(),
            format!("digest: {HEX}"),
            format!("the signature of {HEX}"),
            format!("signature: {HEX}00"),
            "signature: 1D/b2SqBOvcJ...".to_owned(),
        ] {
            assert!(!has_named_signature(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_masked_value_and_a_key_id_alone_are_not_found() {
        for text in [
            "FC FCTESTACCESSKEYID01:***".to_owned(),
            format!("FC other:{BASE64}"),
            "Credential=FCTESTACCESSKEYID01,SignedHeaders=host,Signature=06563a9e...".to_owned(),
            format!("Signature={HEX}00"),
            HEX.to_owned(),
        ] {
            assert!(!found(&text), "{text}");
        }
        let credentials = Credentials::new("FCTESTACCESSKEYID01", "fcTestSecret");
        let search = AuthorizationSearch::new(&credentials).unwrap();
        for (id, is_found) in [("FCTESTACCESSKEYID01", true), ("other", false)] {
            let header = format!("Credential={id},SignedHeaders=host,Signature={HEX}");
            assert_eq!(search.is_in(header.as_bytes()), is_found, "{header}");
        }
        let short = Credentials::new("abc", "fcTestSecret");
        assert_eq!(AuthorizationSearch::new(&short), None);
    }
}
