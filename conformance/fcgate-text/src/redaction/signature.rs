//! Signatures in texts.

use std::borrow::Cow;

/// The number of characters of a signature that remain.
const SHOWN: usize = 6;
/// Shorter values are not signatures.
const SHORTEST: usize = 16;

/// Cuts every signature after 6 characters: `FC id:...`, `Signature=...`, `"signature": "..."`.
pub fn redact_signatures(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    let mut from = 0;
    while let Some(start) = next_signature(&text, from) {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest
            .find(|c| !is_signature_character(c))
            .unwrap_or(rest.len());
        if length >= SHORTEST {
            text.to_mut()
                .replace_range(start + SHOWN..start + length, "…");
        }
        from = start;
    }
    text
}

/// Cuts a value that is a signature after 6 characters.
pub fn cut_signature(signature: &str) -> Cow<'_, str> {
    match signature.get(..SHOWN) {
        Some(start) if signature.len() >= SHORTEST => Cow::Owned(format!("{start}…")),
        _ => Cow::Borrowed(signature),
    }
}

/// The start of the next value that follows the name of a signature.
fn next_signature(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let named = rest
        .to_ascii_lowercase()
        .match_indices("signature")
        .find_map(|(at, word)| {
            let end = at + word.len();
            let after = rest.get(end..)?;
            let value = after.trim_start_matches(['=', ':', '"', '\'', ' ', '\\']);
            let between = after.len() - value.len();
            let separated = after.get(..between)?.contains(['=', ':']);
            separated.then_some(end + between)
        });
    let of_scheme = rest.match_indices("FC ").find_map(|(at, word)| {
        let end = at + word.len();
        let (id, _) = rest.get(end..)?.split_once(':')?;
        let is_id = id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c));
        is_id.then_some(end + id.len() + 1)
    });
    named.into_iter().chain(of_scheme).min().map(|at| from + at)
}

fn is_signature_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "+/=%-_".contains(character)
}

#[cfg(test)]
mod tests {
    use super::redact_signatures;

    #[test]
    fn a_signature_is_cut_after_six_characters() {
        let long = "c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJlc2lnbmE=";
        for (before, after) in [
            ("Authorization: FC AKID:", " and more"),
            (
                "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=",
                "",
            ),
            ("https://h/p?x-fc-signature=", "&a=b"),
            ("{\"Signature\": \"", "\"}"),
            ("signature: ", ", FC id:short"),
        ] {
            let text = format!("{before}{long}{after}");
            let cut = redact_signatures(&text);
            assert_eq!(cut, format!("{before}c2lnbm…{after}"));
            assert_eq!(redact_signatures(&cut), cut, "cut twice");
        }
    }

    #[test]
    fn two_signatures_are_both_cut() {
        let text = "FC a:0123456789abcdef0123, FC b:0123456789abcdef0123";
        assert_eq!(redact_signatures(text), "FC a:012345…, FC b:012345…");
    }

    #[test]
    fn other_text_is_unchanged() {
        for plain in [
            "x-acs-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "x-acs-signature-nonce:3f1c2a4b5d6e7f8091a2b3c4d5e6f708",
            "SignatureDoesNotMatch: the request signature we calculated does not match",
            "FC is a service: it runs functions",
        ] {
            assert_eq!(redact_signatures(plain), plain);
        }
    }
}
