//! `X-Fc-Stateful-Async-Invocation-Enable`

use http::HeaderValue;

use crate::header::trimmed;
use crate::{Header, HeaderError, HeaderErrorKind};

/// `X-Fc-Stateful-Async-Invocation-Enable`: whether the service stores the state of the
/// asynchronous invocation. Request header.
///
/// `true` or `false` (the default if the header is absent); `decode` ignores case. It has no effect
/// on a synchronous invocation. Source: manual of FC 2.0, `InvokeFunction`.
///
/// ```
/// use fc_headers::{Header, StatefulAsyncInvocationEnable};
///
/// assert_eq!(StatefulAsyncInvocationEnable::new(true).encode(), "true");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct StatefulAsyncInvocationEnable(bool);

impl StatefulAsyncInvocationEnable {
    /// Creates the header.
    pub const fn new(enable: bool) -> Self {
        Self(enable)
    }

    /// Whether the service is to store the state.
    pub const fn is_enabled(self) -> bool {
        self.0
    }
}

impl Header<'_> for StatefulAsyncInvocationEnable {
    const FIELD_NAME: &'static str = "x-fc-stateful-async-invocation-enable";

    fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
        match trimmed(value) {
            b"" => Err(HeaderError::new(HeaderErrorKind::Empty, Self::NAME)),
            text if text.eq_ignore_ascii_case(b"true") => Ok(Self(true)),
            text if text.eq_ignore_ascii_case(b"false") => Ok(Self(false)),
            _ => Err(HeaderError::new(HeaderErrorKind::UnknownValue, Self::NAME).quoting(value)),
        }
    }

    fn encode(&self) -> HeaderValue {
        HeaderValue::from_static(if self.0 { "true" } else { "false" })
    }
}

impl From<bool> for StatefulAsyncInvocationEnable {
    fn from(enable: bool) -> Self {
        Self(enable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_other_than_true_and_false_are_rejected() {
        let decode = |text| StatefulAsyncInvocationEnable::decode(&HeaderValue::from_static(text));
        assert_eq!(decode("True"), Ok(true.into()));
        assert_eq!(decode("false"), Ok(false.into()));
        assert_eq!(
            decode("1").unwrap_err().kind(),
            HeaderErrorKind::UnknownValue
        );
    }
}
