//! Redaction of signatures in texts of the service.

use std::borrow::Cow;

const REPLACEMENT: &str = "[redacted]";

/// Replaces the signatures in a text by `[redacted]`.
///
/// A signature follows `FC id:` or `acs id:`, as in an `Authorization` header, or `Signature=`, as in
/// ACS3 and in pre-signed URLs. This is needed because error messages of the service can quote the
/// request, and callers write them to logs.
pub(crate) fn redact_signatures(text: &str) -> Cow<'_, str> {
    let mut redacted = String::new();
    let mut copied = 0;
    let mut position = 0;
    while let Some(rest) = text.get(position..) {
        let Some(character) = rest.chars().next() else {
            break;
        };
        let length = prefix_length(rest).filter(|_| at_word_start(text, position));
        let Some(length) = length else {
            position += character.len_utf8();
            continue;
        };
        let start = position + length;
        let signature = signature_length(text.get(start..).unwrap_or_default());
        if signature > 0 {
            redacted.push_str(text.get(copied..start).unwrap_or_default());
            redacted.push_str(REPLACEMENT);
            copied = start + signature;
        }
        position = start + signature;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    redacted.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(redacted)
}

/// The length of the prefix that introduces a signature; `None` if the text has no such prefix.
fn prefix_length(rest: &str) -> Option<usize> {
    const ASSIGNMENT: &str = "signature=";
    if rest
        .get(..ASSIGNMENT.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(ASSIGNMENT))
    {
        return Some(ASSIGNMENT.len());
    }
    let scheme = ["FC ", "acs "]
        .into_iter()
        .find(|scheme| rest.starts_with(scheme))?;
    let id = rest.get(scheme.len()..)?.bytes();
    let id = id
        .take_while(|byte| byte.is_ascii_graphic() && *byte != b':')
        .count();
    let colon = scheme.len() + id;
    (id > 0 && rest.as_bytes().get(colon) == Some(&b':')).then_some(colon + 1)
}

fn at_word_start(text: &str, position: usize) -> bool {
    let before = text
        .get(..position)
        .and_then(|before| before.chars().next_back());
    before.is_none_or(|character| !character.is_ascii_alphanumeric())
}

/// The length of the signature at the start: base64, percent-encoded base64 or hexadecimal.
fn signature_length(rest: &str) -> usize {
    rest.bytes()
        .take_while(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'%' | b'-' | b'_')
        })
        .count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_signature_is_redacted_and_the_key_id_is_kept() {
        assert_eq!(
            redact_signatures("Authorization: FC AKID:c2lnbmF0dXJl, sent"),
            "Authorization: FC AKID:[redacted], sent"
        );
        assert_eq!(
            redact_signatures(
                "ACS3-HMAC-SHA256 Credential=AKID,SignedHeaders=host,Signature=06563a9e1b43"
            ),
            "ACS3-HMAC-SHA256 Credential=AKID,SignedHeaders=host,Signature=[redacted]"
        );
        assert_eq!(
            redact_signatures("?x-fc-signature=a%2Bb%3D&x=1"),
            "?x-fc-signature=[redacted]&x=1"
        );
    }

    #[test]
    fn text_without_a_signature_is_not_changed() {
        for text in [
            "The request signature we calculated does not match the signature you provided.",
            "FC service is not enabled for current user.",
            "%s %n ${jndi} {0}",
            "KFC menu: x",
            "KFC menu:x and a designature=5",
            "FC :x",
            "Signature= and FC AKID: have no signature",
            "Signature=",
            "é",
        ] {
            assert!(
                matches!(redact_signatures(text), Cow::Borrowed(same) if same == text),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn redaction_never_panics(text in "(FC |acs |[Ss]ignature=|[:a=é\\PC]){0,40}") {
            let redacted = redact_signatures(&text);
            prop_assert!(redacted.len() <= text.len() + REPLACEMENT.len() * text.len());
        }
    }
}
