//! `X-Fc-Log-Type`

use std::fmt;
use std::str::FromStr;

use http::HeaderValue;

use crate::header::trimmed;
use crate::{Header, HeaderError, HeaderErrorKind, InputError, InputErrorKind, Quoted};

/// `X-Fc-Log-Type`: whether the response contains the end of the log. Request header.
///
/// `None` (the default if the header is absent) or `Tail`, which requests the last 4 KB of the log
/// in `X-Fc-Log-Result`. The service answers `Tail` in an asynchronous invocation with 400.
/// `FromStr` accepts exactly these spellings; `decode` ignores case. Source: manual of FC 2.0,
/// `InvokeFunction`; live tests of aliyun/fc-java-sdk.
///
/// ```
/// use fc_headers::{Header, LogType};
///
/// assert_eq!("Tail".parse::<LogType>()?, LogType::Tail);
/// assert_eq!(LogType::Tail.encode(), "Tail");
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LogType {
    /// No log in the response.
    #[default]
    None,
    /// The last 4 KB of the log of this invocation.
    Tail,
}

impl LogType {
    /// The value on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Tail => "Tail",
        }
    }
}

impl Header<'_> for LogType {
    const FIELD_NAME: &'static str = "x-fc-log-type";

    fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
        match trimmed(value) {
            b"" => Err(HeaderError::new(HeaderErrorKind::Empty, Self::NAME)),
            text if text.eq_ignore_ascii_case(b"None") => Ok(Self::None),
            text if text.eq_ignore_ascii_case(b"Tail") => Ok(Self::Tail),
            _ => Err(HeaderError::new(HeaderErrorKind::UnknownValue, Self::NAME).quoting(value)),
        }
    }

    fn encode(&self) -> HeaderValue {
        HeaderValue::from_static(self.as_str())
    }
}

impl FromStr for LogType {
    type Err = InputError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "" => Err(InputError::new(InputErrorKind::Empty, "log type")),
            "None" => Ok(Self::None),
            "Tail" => Ok(Self::Tail),
            _ => Err(
                InputError::new(InputErrorKind::UnknownValue, "log type").detail(format!(
                    "expected None or Tail, found {}",
                    Quoted::new(text)
                )),
            ),
        }
    }
}

impl fmt::Display for LogType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parsing_rejects_other_case() {
        let error = "tail".parse::<LogType>().unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"unknown-value: log type: expected None or Tail, found "tail""#
        );
    }

    #[test]
    fn decoding_ignores_case() {
        assert_eq!(
            LogType::decode(&HeaderValue::from_static("tail")),
            Ok(LogType::Tail)
        );
        let error = LogType::decode(&HeaderValue::from_static("Invalid")).unwrap_err();
        assert_eq!(error.kind(), HeaderErrorKind::UnknownValue);
    }
}
