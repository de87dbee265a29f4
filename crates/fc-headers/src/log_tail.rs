//! The end of a function's log, and its base64 decoder.

use std::borrow::Cow;
use std::fmt;

use base64::{Engine as _, engine};

use crate::{HeaderErrorKind, Quoted};

/// The largest log that is decoded, in bytes. The service documents 4 KB.
pub(crate) const MAX_LENGTH: usize = 64 * 1024;

/// The end of the log of one invocation, decoded from [`LogResult`](crate::LogResult).
///
/// Untrusted bytes: the function can log anything, including terminal control sequences. The service
/// sends the last 4 KB, so the first line and the first character may be incomplete.
///
/// ```
/// use fc_headers::LogTail;
///
/// let whole = "中 logged".as_bytes();
/// let tail = LogTail::from(whole[1..].to_vec());
/// assert_eq!(tail.to_string_lossy(), "\u{fffd} logged");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct LogTail(Vec<u8>);

impl LogTail {
    /// Decodes standard base64 with padding. Allocates once, for the log.
    pub(crate) fn from_base64(text: &[u8]) -> Result<Self, HeaderErrorKind> {
        if decoded_length(text) > MAX_LENGTH {
            return Err(HeaderErrorKind::TooLarge);
        }
        // Reserving the maximum here is faster than the engine's own estimate.
        let mut log = Vec::with_capacity(text.len().div_ceil(4) * 3);
        match DECODER.decode_vec(text, &mut log) {
            Ok(()) => Ok(Self(log)),
            Err(_) => Err(HeaderErrorKind::Base64),
        }
    }

    /// The bytes of the log.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Converts the log into its bytes, without a copy.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// The log as text. An incomplete first character becomes one replacement character, and so does
    /// every other sequence that is not UTF-8. Control characters are kept; use [`Quoted`] to
    /// display them.
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        let cut = self
            .0
            .iter()
            .take(3)
            .take_while(|byte| matches!(byte, 0x80..=0xbf))
            .count();
        match self.0.get(cut..) {
            Some(rest) if cut > 0 => {
                Cow::Owned(format!("\u{fffd}{}", String::from_utf8_lossy(rest)))
            }
            _ => String::from_utf8_lossy(&self.0),
        }
    }

    /// Encodes the log in standard base64, as in the header.
    pub fn to_base64(&self) -> String {
        engine::general_purpose::STANDARD.encode(&self.0)
    }
}

/// The decoded length of well-formed base64.
fn decoded_length(text: &[u8]) -> usize {
    let last = text.iter().rev().take(2);
    let padding = last.take_while(|byte| **byte == b'=').count();
    (text.len() / 4 * 3).saturating_sub(padding)
}

/// The SIMD engine is about four times as fast as `STANDARD`. It is created once, because it detects the processor's
/// features and builds a table.
#[cfg(any(
    target_arch = "x86_64",
    all(target_arch = "aarch64", target_feature = "neon")
))]
static DECODER: std::sync::LazyLock<engine::Simd> =
    std::sync::LazyLock::new(|| engine::Simd::standard(engine::general_purpose::PAD));

#[cfg(not(any(
    target_arch = "x86_64",
    all(target_arch = "aarch64", target_feature = "neon")
)))]
static DECODER: engine::GeneralPurpose = engine::general_purpose::STANDARD;

impl From<Vec<u8>> for LogTail {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl AsRef<[u8]> for LogTail {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for LogTail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogTail({})", Quoted::from_bytes(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(text: &str) -> &'static str {
        LogTail::from_base64(text.as_bytes()).map_or_else(HeaderErrorKind::slug, |_| "ok")
    }

    #[test]
    fn text_that_is_not_strict_base64_is_rejected() {
        for text in [
            "demo log result",
            "RkM=RkM=",
            "RkMgSW52b2",
            "RkMgSW52b2tlZ===",
            "RkMgSW5=",
            "RkMg SW52",
            "_-__",
            "=",
            "====",
            "A",
            "RkM\n",
        ] {
            assert_eq!(outcome(text), "base64", "{text}");
        }
        assert_eq!(outcome(""), "ok");
    }

    #[test]
    fn a_log_of_64_kib_is_decoded_and_a_longer_one_rejected() {
        let encoded = |length| LogTail::from(vec![b'l'; length]).to_base64();
        assert_eq!(outcome(&encoded(65_536)), "ok");
        assert_eq!(outcome(&encoded(65_537)), "too-large");
        assert_eq!(outcome(&encoded(1 << 20)), "too-large");
    }

    #[test]
    fn the_simd_engine_agrees_with_the_standard_one() {
        let decoded = |text: &str| DECODER.decode(text);
        let standard = engine::general_purpose::STANDARD;
        for length in 0..200 {
            let text = LogTail::from(vec![0xfb; length]).to_base64();
            assert_eq!(decoded(&text), standard.decode(&text));
            for position in 0..text.len() {
                let broken = format!("{}!{}", &text[..position], &text[position + 1..]);
                assert!(decoded(&broken).is_err(), "{broken}");
            }
        }
    }

    #[test]
    fn an_incomplete_first_character_is_one_replacement_character() {
        for character in ["é", "中", "🦀"] {
            for cut in 1..character.len() {
                let tail = LogTail::from([&character.as_bytes()[cut..], b"x"].concat());
                assert_eq!(
                    tail.to_string_lossy(),
                    "\u{fffd}x",
                    "{character} cut at {cut}"
                );
            }
        }
    }

    #[test]
    fn other_invalid_sequences_are_replaced_in_place() {
        let text = |bytes: &[u8]| LogTail::from(bytes.to_vec()).to_string_lossy().into_owned();
        assert_eq!(text(b"\xff\xfe\x80"), "\u{fffd}\u{fffd}\u{fffd}");
        assert_eq!(text(b"a\x80b"), "a\u{fffd}b");
        assert_eq!(text(b"a\xe4\xb8"), "a\u{fffd}");
        assert_eq!(text(b""), "");
    }

    #[test]
    fn valid_utf_8_is_borrowed() {
        let tail = LogTail::from(b"FC Invoke".to_vec());
        assert_eq!(tail.as_bytes(), b"FC Invoke");
        assert_eq!(tail.as_ref(), b"FC Invoke");
        assert_eq!(tail.clone().into_bytes(), b"FC Invoke");
        assert!(matches!(tail.to_string_lossy(), Cow::Borrowed("FC Invoke")));
    }

    #[test]
    fn debug_output_escapes_terminal_controls() {
        let tail = LogTail::from(b"\x1b]52;c;ZXZpbA==\x07".to_vec());
        assert_eq!(
            format!("{tail:?}"),
            r#"LogTail("\u{1b}]52;c;ZXZpbA==\u{7}")"#
        );
    }
}
