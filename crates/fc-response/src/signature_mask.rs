//! Signatures inside other people's text.

use std::borrow::Cow;

const MASK: &str = "[masked]";

/// The text with everything shaped like a signature replaced: what follows `FC id:` and `acs id:`,
/// as in an `Authorization` header, and what follows `Signature=`, as in the other scheme and in
/// pre-signed URLs. The service quotes what it was sent, and a message goes into logs.
pub(crate) fn mask(text: &str) -> Cow<'_, str> {
    let mut masked = String::new();
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
            masked.push_str(text.get(copied..start).unwrap_or_default());
            masked.push_str(MASK);
            copied = start + signature;
        }
        position = start + signature;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    masked.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(masked)
}

/// The length of what stands before a signature, if one may follow.
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

/// Base64, hexadecimal and percent-encoded base64 are all of these bytes.
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
    fn an_authorization_header_loses_its_signature_and_keeps_its_key_id() {
        assert_eq!(
            mask("Authorization: FC AKID:c2lnbmF0dXJl, sent"),
            "Authorization: FC AKID:[masked], sent"
        );
        assert_eq!(
            mask("ACS3-HMAC-SHA256 Credential=AKID,SignedHeaders=host,Signature=06563a9e1b43"),
            "ACS3-HMAC-SHA256 Credential=AKID,SignedHeaders=host,Signature=[masked]"
        );
        assert_eq!(
            mask("?x-fc-signature=a%2Bb%3D&x=1"),
            "?x-fc-signature=[masked]&x=1"
        );
    }

    #[test]
    fn ordinary_text_is_untouched() {
        for text in [
            "The request signature we calculated does not match the signature you provided.",
            "FC service is not enabled for current user.",
            "%s %n ${jndi} {0}",
            "KFC menu: x",
            "KFC menu:x and a designature=5",
            "FC :x",
            "é",
        ] {
            assert!(
                matches!(mask(text), Cow::Borrowed(same) if same == text),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(FC |acs |[Ss]ignature=|[:a=é\\PC]){0,40}") {
            let once = mask(&text).into_owned();
            prop_assert!(once.len() <= text.len() + 8 * text.len());
        }
    }
}
