//! `X-Fc-Log-Result`

use std::fmt;

use base64::Engine as _;
use http::HeaderValue;

use crate::header::trimmed;
use crate::{Header, HeaderError, HeaderErrorKind, InputError, LogTail, Quoted, grammar, text};

/// The most that is decoded. The service documents 4 KB.
const MAX_DECODED: usize = 64 * 1024;

/// `X-Fc-Log-Result`: the end of the log as it travels. Response header of a `Tail` invocation.
///
/// Base64 in the standard alphabet, padded, on one line; the service sends at most 4 KB of log. The
/// header itself is read as any visible text (the manual's sample is none of the above), and only
/// [`decode_tail`](Self::decode_tail) asks for base64. Source: published captures; manual of FC
/// 2.0, `InvokeFunction`.
///
/// ```
/// use fc_headers::{Header, LogResult};
///
/// let value = "RkMgSW52b2tl".parse()?;
/// assert_eq!(LogResult::decode(&value)?.decode_tail()?.as_bytes(), b"FC Invoke");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct LogResult<'a>(
    /// Visible ASCII; taken for text only where somebody wants text.
    &'a [u8],
);

impl<'a> LogResult<'a> {
    /// The text as it was received.
    pub const fn as_str(&self) -> &'a str {
        match str::from_utf8(self.0) {
            Ok(text) => text,
            // No bytes but those of visible ASCII are ever kept.
            Err(_) => "",
        }
    }

    /// Decodes the log.
    ///
    /// Strict: the standard alphabet, padding, no white space inside, no bits that are left over.
    /// Allocates once, for the log itself.
    ///
    /// # Errors
    /// [`TooLarge`](HeaderErrorKind::TooLarge), before anything is decoded, when the log would
    /// exceed 64 KiB, and [`Base64`](HeaderErrorKind::Base64) when the text is not base64.
    pub fn decode_tail(&self) -> Result<LogTail, HeaderError> {
        if decoded_length(self.0) > MAX_DECODED {
            return Err(HeaderError::new(HeaderErrorKind::TooLarge, Self::NAME));
        }
        // Room for what a text of this length can have at the most; the engine would ask for it in a slower way.
        let mut log = Vec::with_capacity(self.0.len().div_ceil(4) * 3);
        let decoded = decode(self.0, &mut log);
        decoded.map(|()| LogTail::from(log)).map_err(|_| {
            HeaderError::new(HeaderErrorKind::Base64, Self::NAME).quoting_bytes(self.0)
        })
    }
}

/// What well-formed base64 of that length decodes to.
fn decoded_length(text: &[u8]) -> usize {
    let last = text.iter().rev().take(2);
    let padding = last.take_while(|byte| **byte == b'=').count();
    (text.len() / 4 * 3).saturating_sub(padding)
}

/// The vector engine of the crate, which `STANDARD` does not reach, is about four times as fast. It
/// looks at the processor and builds its table once.
#[cfg(any(
    target_arch = "x86_64",
    all(target_arch = "aarch64", target_feature = "neon")
))]
fn decode(text: &[u8], into: &mut Vec<u8>) -> Result<(), base64::DecodeError> {
    use base64::engine::{Simd, general_purpose::PAD};

    static ENGINE: std::sync::LazyLock<Simd> = std::sync::LazyLock::new(|| Simd::standard(PAD));
    ENGINE.decode_vec(text, into)
}

#[cfg(not(any(
    target_arch = "x86_64",
    all(target_arch = "aarch64", target_feature = "neon")
)))]
fn decode(text: &[u8], into: &mut Vec<u8>) -> Result<(), base64::DecodeError> {
    base64::engine::general_purpose::STANDARD.decode_vec(text, into)
}

impl<'a> Header<'a> for LogResult<'a> {
    const FIELD_NAME: &'static str = "x-fc-log-result";

    /// Reads any visible text, the empty one included: a function may log nothing.
    fn decode(value: &'a HeaderValue) -> Result<Self, HeaderError> {
        if trimmed(value).is_empty() {
            return Ok(Self(b""));
        }
        text::decode_bytes(Self::NAME, value).map(Self)
    }

    fn encode(&self) -> HeaderValue {
        text::value(self.as_str())
    }
}

impl<'a> TryFrom<&'a str> for LogResult<'a> {
    type Error = InputError;

    /// Takes the base64 of at most 64 KiB, as [`LogTail::to_base64`] writes it.
    fn try_from(text: &'a str) -> Result<Self, Self::Error> {
        const FIELD: &str = "log result";
        const LIMIT: usize = MAX_DECODED.div_ceil(3) * 4;
        if text.is_empty() {
            return Ok(Self(text.as_bytes()));
        }
        grammar::check_length(text, FIELD, LIMIT)?;
        grammar::refuse_foreign(text, FIELD, |byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
        })?;
        Ok(Self(text.as_bytes()))
    }
}

impl fmt::Debug for LogResult<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogResult({})", Quoted::from_bytes(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> &'static str {
        LogResult(text.as_bytes())
            .decode_tail()
            .map_or_else(|error| error.kind().slug(), |_| "ok")
    }

    fn decoded(text: &str) -> Result<Vec<u8>, base64::DecodeError> {
        let mut log = Vec::new();
        decode(text.as_bytes(), &mut log).map(|()| log)
    }

    #[test]
    fn what_is_not_strict_base64_is_refused() {
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
            assert_eq!(slug(text), "base64", "{text}");
        }
        assert_eq!(slug(""), "ok");
    }

    #[test]
    fn sixty_four_kibibytes_are_the_limit() {
        let encoded = |length| LogTail::from(vec![b'l'; length]).to_base64();
        assert_eq!(slug(&encoded(65_536)), "ok");
        assert_eq!(slug(&encoded(65_537)), "too-large");
        assert_eq!(slug(&encoded(1 << 20)), "too-large");
        let taken = |length| LogResult::try_from(encoded(length).as_str()).is_ok();
        assert!(taken(65_536) && !taken(65_539));
    }

    #[test]
    fn the_engines_agree_on_every_length_and_refusal() {
        let standard = base64::engine::general_purpose::STANDARD;
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
    fn the_message_quotes_a_part_of_the_text() {
        assert_eq!(format!("{:?}", LogResult(b"RkM=")), r#"LogResult("RkM=")"#);
        insta::assert_snapshot!(
            LogResult(b"demo log result").decode_tail().unwrap_err(),
            @r#"base64: x-fc-log-result is not standard base64 with padding: "demo log result""#
        );
    }
}
