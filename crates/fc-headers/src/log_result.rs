//! `X-Fc-Log-Result`

use std::fmt;

use http::HeaderValue;

use crate::grammar::{self, Alphabet};
use crate::header::trimmed;
use crate::log_tail::{LogTail, MAX_LENGTH};
use crate::{Header, HeaderError, HeaderErrorKind, InputError, Quoted, text};

/// The alphabet of standard base64.
const BASE64: Alphabet = Alphabet {
    allows: |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='),
    description: "letters, digits, '+', '/' and '='",
};

/// `X-Fc-Log-Result`: the end of the log in base64. Response header of a `Tail` invocation.
///
/// Standard base64 with padding, on one line; the service sends at most 4 KB of log. `decode`
/// accepts any visible text, because the manual's sample is not base64;
/// [`decode_tail`](Self::decode_tail) requires base64. Source: published captures; manual of FC 2.0,
/// `InvokeFunction`.
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
    /// Visible ASCII, kept as bytes so that a long value is not checked for UTF-8 as well.
    &'a [u8],
);

impl<'a> LogResult<'a> {
    /// The text as received.
    pub const fn as_str(&self) -> &'a str {
        match str::from_utf8(self.0) {
            Ok(text) => text,
            // Never happens, because the bytes are visible ASCII.
            Err(_) => "",
        }
    }

    /// Decodes the log.
    ///
    /// Strict: only the standard alphabet, with padding, without whitespace and without trailing
    /// bits. Allocates once, for the log.
    ///
    /// # Errors
    /// [`TooLarge`](HeaderErrorKind::TooLarge) if the log is larger than 64 KiB, without decoding
    /// it, and [`Base64`](HeaderErrorKind::Base64) if the text is not base64.
    pub fn decode_tail(&self) -> Result<LogTail, HeaderError> {
        LogTail::from_base64(self.0).map_err(|kind| {
            let error = HeaderError::new(kind, Self::NAME);
            match kind {
                HeaderErrorKind::TooLarge => error,
                _ => error.quoting_bytes(self.0),
            }
        })
    }
}

impl<'a> Header<'a> for LogResult<'a> {
    const FIELD_NAME: &'static str = "x-fc-log-result";

    /// Decodes any visible text. An empty value is valid: the function logged nothing.
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

    /// Converts the base64 text of at most 64 KiB, such as that of [`LogTail::to_base64`].
    fn try_from(text: &'a str) -> Result<Self, Self::Error> {
        const FIELD: &str = "log result";
        const LIMIT: usize = MAX_LENGTH.div_ceil(3) * 4;
        if text.is_empty() {
            return Ok(Self(text.as_bytes()));
        }
        grammar::check_length(text, FIELD, LIMIT)?;
        grammar::check_alphabet(text, FIELD, &BASE64)?;
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

    #[test]
    fn a_log_of_64_kib_is_accepted_as_text_and_a_longer_one_rejected() {
        let encoded = |length| LogTail::from(vec![b'l'; length]).to_base64();
        let is_accepted = |length| LogResult::try_from(encoded(length).as_str()).is_ok();
        assert!(is_accepted(65_536) && !is_accepted(65_539));
    }

    #[test]
    fn the_message_quotes_the_text_unless_it_is_too_large() {
        assert_eq!(format!("{:?}", LogResult(b"RkM=")), r#"LogResult("RkM=")"#);
        insta::assert_snapshot!(
            LogResult(b"demo log result").decode_tail().unwrap_err(),
            @r#"base64: x-fc-log-result is not standard base64 with padding: "demo log result""#
        );
        let too_large = "A".repeat(100_000);
        insta::assert_snapshot!(
            LogResult(too_large.as_bytes()).decode_tail().unwrap_err(),
            @"too-large: x-fc-log-result is larger than the limit"
        );
    }
}
