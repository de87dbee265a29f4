//! `X-Fc-Stateful-Async-Invocation-Id`

use http::{HeaderName, HeaderValue};

use crate::grammar::{First, MAX_NAME_LENGTH, check_name, is_name_byte};
use crate::header::trimmed;
use crate::shared_text::shared_text;
use crate::{Header, HeaderError, HeaderErrorKind, text};

shared_text! {
    /// `X-Fc-Stateful-Async-Invocation-Id`: the task id of an asynchronous invocation. Request
    /// header, and response header of an accepted invocation.
    ///
    /// `FromStr` accepts `[A-Za-z_][A-Za-z0-9_-]{0,127}`. `decode` also accepts a first character
    /// `[0-9-]`, because the service returns generated ids (UUIDs or request ids), which often start
    /// with a digit.
    ///
    /// More than half of all random UUIDs begin with a digit, which the manual does not allow for an id of the caller:
    /// put a letter before a UUID, for example `id-252f75b8-bc8e-432c-b1c9-cc8781e75538`. The service answers a second invocation with the same id with 409. Source:
    /// manual of FC 2.0, `InvokeFunction` and `GetStatefulAsyncInvocation`.
    ///
    /// ```
    /// use fc_headers::{Header, StatefulAsyncInvocationId};
    ///
    /// let id: StatefulAsyncInvocationId = "order-4711".parse()?;
    /// assert_eq!(id.encode(), "order-4711");
    /// assert!("4711".parse::<StatefulAsyncInvocationId>().is_err());
    /// # Ok::<(), fc_headers::InputError>(())
    /// ```
    StatefulAsyncInvocationId,
    |text| check_name(text, "stateful async invocation id", First::LetterOrUnderscore)
}

impl StatefulAsyncInvocationId {
    pub(crate) fn decode_as(name: HeaderName, value: &HeaderValue) -> Result<Self, HeaderError> {
        match trimmed(value) {
            b"" => Err(HeaderError::new(HeaderErrorKind::Empty, name)),
            id if id.len() <= MAX_NAME_LENGTH && id.iter().copied().all(is_name_byte) => {
                Ok(Self(text::subvalue(value, id)))
            }
            _ => Err(HeaderError::new(HeaderErrorKind::Id, name).quoting(value)),
        }
    }
}

impl Header<'_> for StatefulAsyncInvocationId {
    const FIELD_NAME: &'static str = "x-fc-stateful-async-invocation-id";

    fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
        Self::decode_as(Self::NAME, value)
    }

    fn encode(&self) -> HeaderValue {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parsing_checks_the_grammar() {
        let slug = |text: &str| {
            text.parse::<StatefulAsyncInvocationId>()
                .map_or_else(|e| e.kind().slug(), |_| "ok")
        };
        assert_eq!(slug("_a-1"), "ok");
        assert_eq!(slug(&"x".repeat(128)), "ok");
        assert_eq!(slug(""), "empty");
        assert_eq!(slug("1abc"), "bad-first-character");
        assert_eq!(slug("id with space"), "forbidden-byte");
        assert_eq!(slug(&"x".repeat(129)), "too-long");
    }

    #[test]
    fn a_received_id_that_starts_with_a_digit_is_decoded() {
        let value = HeaderValue::from_static("252f75b8-bc8e-432c-b1c9-cc8781e75538");
        let id = StatefulAsyncInvocationId::decode(&value).unwrap();
        assert_eq!(id.encode(), value);
    }

    #[test]
    fn a_received_value_with_a_space_is_an_error_that_names_the_header() {
        let value = HeaderValue::from_static("a b");
        insta::assert_snapshot!(
            StatefulAsyncInvocationId::decode(&value).unwrap_err(),
            @r#"id: x-fc-stateful-async-invocation-id is not an id of letters, digits, '_' and '-': "a b""#
        );
    }
}
