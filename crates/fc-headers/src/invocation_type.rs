//! `X-Fc-Invocation-Type`

use std::fmt;
use std::str::FromStr;

use http::HeaderValue;

use crate::header::trimmed;
use crate::{Header, HeaderError, HeaderErrorKind, InputError, InputErrorKind, Quoted};

/// `X-Fc-Invocation-Type`: whether the caller waits for the function. Request header.
///
/// `Sync` (when absent) or `Async`; the latter is answered with 202 and no payload.
///
/// What we write has exactly this case, so `FromStr` takes nothing else. What is read is compared
/// without case: a tool of the vendor sends `sync` and is served, so the service most likely does
/// not look at the case. Source: manual of FC 2.0, `InvokeFunction`; devsapp/fc-remote-invoke.
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
    /// The response holds what the function returned.
    #[default]
    Sync,
    /// The response says only that the event was taken.
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
                InputError::new(InputErrorKind::UnknownValue, "invocation type")
                    .detail(format!("{} is neither Sync nor Async", Quoted::new(text))),
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
    fn what_is_written_is_exact() {
        let error = "sync".parse::<InvocationType>().unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"unknown-value: invocation type: "sync" is neither Sync nor Async"#
        );
        assert!("Sync ".parse::<InvocationType>().is_err());
    }

    #[test]
    fn what_is_read_is_compared_without_case() {
        let value = HeaderValue::from_static("aSYNC");
        assert_eq!(InvocationType::decode(&value), Ok(InvocationType::Async));
        let error = InvocationType::decode(&HeaderValue::from_static("DryRun")).unwrap_err();
        assert_eq!(error.kind(), HeaderErrorKind::UnknownValue);
    }
}
