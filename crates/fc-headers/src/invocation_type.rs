//! `X-Fc-Invocation-Type`

use std::fmt;
use std::str::FromStr;

use http::HeaderValue;

use crate::header::trimmed;
use crate::{Header, HeaderError, HeaderErrorKind, InputError, InputErrorKind, Quoted};

/// `X-Fc-Invocation-Type`: synchronous or asynchronous invocation. Request header.
///
/// `Sync` (the default if the header is absent) or `Async`, which the service answers with 202 and
/// no payload.
///
/// `FromStr` accepts exactly these spellings. `decode` ignores case, because a tool of the vendor
/// sends `sync` successfully. Source: manual of FC 2.0, `InvokeFunction`; devsapp/fc-remote-invoke.
///
/// ```
/// use fc_headers::{Header, InvocationType};
///
/// assert_eq!("Async".parse::<InvocationType>()?, InvocationType::Async);
/// assert_eq!(InvocationType::Async.encode(), "Async");
/// assert!("sync".parse::<InvocationType>().is_err());
/// # Ok::<(), fc_headers::InputError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvocationType {
    /// The service responds after the function has run, with its result.
    #[default]
    Sync,
    /// The service responds without waiting for the function.
    Async,
}

impl InvocationType {
    /// The value on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sync => "Sync",
            Self::Async => "Async",
        }
    }
}

impl Header<'_> for InvocationType {
    const FIELD_NAME: &'static str = "x-fc-invocation-type";

    fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
        match trimmed(value) {
            b"" => Err(HeaderError::new(HeaderErrorKind::Empty, Self::NAME)),
            text if text.eq_ignore_ascii_case(b"Sync") => Ok(Self::Sync),
            text if text.eq_ignore_ascii_case(b"Async") => Ok(Self::Async),
            _ => Err(HeaderError::new(HeaderErrorKind::UnknownValue, Self::NAME).quoting(value)),
        }
    }

    fn encode(&self) -> HeaderValue {
        HeaderValue::from_static(self.as_str())
    }
}

impl FromStr for InvocationType {
    type Err = InputError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "" => Err(InputError::new(InputErrorKind::Empty, "invocation type")),
            "Sync" => Ok(Self::Sync),
            "Async" => Ok(Self::Async),
            _ => Err(
                InputError::new(InputErrorKind::UnknownValue, "invocation type").detail(format!(
                    "expected Sync or Async, found {}",
                    Quoted::new(text)
                )),
            ),
        }
    }
}

impl fmt::Display for InvocationType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parsing_rejects_other_case_and_spaces() {
        let error = "sync".parse::<InvocationType>().unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"unknown-value: invocation type: expected Sync or Async, found "sync""#
        );
        assert!("Sync ".parse::<InvocationType>().is_err());
    }

    #[test]
    fn decoding_ignores_case() {
        let value = HeaderValue::from_static("aSYNC");
        assert_eq!(InvocationType::decode(&value), Ok(InvocationType::Async));
        let error = InvocationType::decode(&HeaderValue::from_static("DryRun")).unwrap_err();
        assert_eq!(error.kind(), HeaderErrorKind::UnknownValue);
    }
}
