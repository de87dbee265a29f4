//! The bytes that a sent signature may stand for: as the rule writes them, or changed on the way.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;

use crate::signing::rule::Rule;

/// Base64 with or without padding.
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// One reading of a sent signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) bytes: Vec<u8>,
    /// How the signature was changed, in words; `None` if it has the form of its rule.
    pub(super) change: Option<&'static str>,
}

/// Every reading of a signature, the form of its rule first.
pub(super) fn readings(rule: Rule, sent: &str) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    let mut add = |bytes: Option<Vec<u8>>, change| {
        let length = if rule == Rule::AcsV1 { 20 } else { 32 };
        if let Some(bytes) = bytes.filter(|bytes| bytes.len() == length)
            && readings.iter().all(|other| other.bytes != bytes)
        {
            readings.push(Reading { bytes, change });
        }
    };
    let base64 = |text: &str| STANDARD.decode(text).ok();
    let is_hex_rule = rule == Rule::Acs3;
    if is_hex_rule {
        add(unhex(sent).filter(|_| !has_upper_case(sent)), None);
    } else {
        add(base64(sent).filter(|_| sent.len().is_multiple_of(4)), None);
    }
    let plain: String = sent.chars().filter(|one| !one.is_whitespace()).collect();
    let unescaped = percent_decode_str(sent).decode_utf8_lossy().into_owned();
    let twice = percent_decode_str(&unescaped)
        .decode_utf8_lossy()
        .into_owned();
    let unquoted = sent.trim_matches(['"', '\'', '<', '>', ';', ',']);
    let spellings = [
        (unescaped.as_str(), "it is percent-encoded"),
        (twice.as_str(), "it is percent-encoded twice"),
        (unquoted, "there are quotes or separators around it"),
        (plain.as_str(), "there are spaces or line ends in it"),
    ];
    for (text, change) in spellings {
        if text != sent {
            add(
                if is_hex_rule {
                    unhex(text)
                } else {
                    base64(text)
                },
                Some(change),
            );
        }
    }
    if is_hex_rule {
        add(unhex(sent), Some("its hex digits are in upper case"));
        for text in [sent, unescaped.as_str()] {
            add(base64(text), Some("it is base64 instead of hex"));
        }
    } else {
        let with_plus = sent.replace(' ', "+");
        let with_plus = base64(&with_plus).filter(|_| sent.contains(' '));
        add(with_plus, Some("each plus became a space"));
        add(unhex(sent), Some("it is hex instead of base64"));
        add(
            URL_SAFE.decode(sent).ok(),
            Some("it is in the URL-safe alphabet"),
        );
        add(base64(sent), Some("it has no padding"));
    }
    for text in [sent, unescaped.as_str()] {
        let inner = base64(text).and_then(|bytes| String::from_utf8(bytes).ok());
        if let Some(inner) = inner {
            add(unhex(&inner), Some("it is base64 of the hex digits"));
            add(base64(&inner), Some("it is base64-encoded twice"));
        }
    }
    readings
}

/// Whether the sent signature is what remains of the right one, in words.
pub(super) fn remainder(right: &str, sent: &str) -> Option<&'static str> {
    let is_long = sent.len() >= 8 && !right.is_empty();
    if !is_long || sent == right {
        None
    } else if right.starts_with(sent) {
        Some("its end is missing")
    } else if right.ends_with(sent) {
        Some("its beginning is missing")
    } else if sent.starts_with(right) {
        Some("there is text after it")
    } else if right.eq_ignore_ascii_case(sent) {
        Some("the case of its letters was changed")
    } else {
        None
    }
}

fn has_upper_case(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_uppercase())
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let digits = text.as_bytes().chunks(2);
    digits
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{readings, remainder};
    use crate::signing::encoding::{base64, hex};
    use crate::signing::rule::Rule;

    #[test]
    fn every_changed_form_of_a_signature_is_read() {
        let bytes: Vec<u8> = (200..232).collect();
        let (text, digits) = (base64(&bytes), hex(&bytes));
        for (rule, sent, change) in [
            (Rule::Fc, text.clone(), None),
            (
                Rule::Fc,
                text.replace('+', "%2B").replace('=', "%3D"),
                Some("percent-encoded"),
            ),
            (Rule::Fc, format!("\"{text}\""), Some("quotes")),
            (Rule::Fc, digits.clone(), Some("hex instead")),
            (Rule::Fc, base64(digits.as_bytes()), Some("of the hex")),
            (Rule::Fc, base64(text.as_bytes()), Some("twice")),
            (
                Rule::Fc,
                text.trim_end_matches('=').to_owned(),
                Some("no padding"),
            ),
            (Rule::Acs3, digits.clone(), None),
            (Rule::Acs3, digits.to_ascii_uppercase(), Some("upper case")),
            (Rule::Acs3, text, Some("base64 instead")),
            (
                Rule::Acs3,
                format!("{} {}", &digits[..10], &digits[10..]),
                Some("spaces"),
            ),
        ] {
            let found = readings(rule, &sent);
            let found = found.iter().find(|reading| reading.bytes == bytes);
            let found = found.unwrap_or_else(|| panic!("{rule:?} {sent}"));
            match change {
                None => assert_eq!(found.change, None, "{sent}"),
                Some(words) => assert!(found.change.unwrap().contains(words), "{found:?}"),
            }
        }
    }

    #[test]
    fn a_part_of_the_right_signature_is_recognized() {
        assert_eq!(
            remainder("abcdefghij", "abcdefghi"),
            Some("its end is missing")
        );
        assert_eq!(
            remainder("abcdefghij", "ABCDEFGHIJ"),
            Some("the case of its letters was changed")
        );
        assert_eq!(remainder("abcdefghij", "abc"), None);
    }
}
