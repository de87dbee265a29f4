//! `X-Fc-Stateful-Async-Invocation-Id`

use http::{HeaderName, HeaderValue};

use crate::grammar::{First, MAX_NAME_LENGTH, check_name, is_name_byte};
use crate::header::trimmed;
use crate::shared_text::shared_text;
use crate::{Header, HeaderError, HeaderErrorKind, text};

shared_text! {
    /// `X-Fc-Stateful-Async-Invocation-Id`: the task id of an asynchronous invocation. Request
    /// header, and response header of an acceptance.
    ///
    /// What we send is `[A-Za-z_][A-Za-z0-9_-]{0,127}`. What the service sends back may be an id
    /// that it made, and those are UUIDs or request ids, which often start with a digit; so a value
    /// that is read may start with any character of the alphabet. A second invocation with the same
    /// id is answered with 409. Source: manual of FC 2.0, `InvokeFunction` and
    /// `GetStatefulAsyncInvocation`.
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
                Ok(Self(text::part(value, id)))
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
    fn what_is_sent_follows_the_grammar() {
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
    fn an_id_made_by_the_service_may_start_with_a_digit() {
        let value = HeaderValue::from_static("252f75b8-bc8e-432c-b1c9-cc8781e75538");
        let id = StatefulAsyncInvocationId::decode(&value).unwrap();
        assert_eq!(id.encode(), value);
    }

    #[test]
    fn a_value_that_is_no_id_names_its_header() {
        let value = HeaderValue::from_static("a b");
        insta::assert_snapshot!(
            StatefulAsyncInvocationId::decode(&value).unwrap_err(),
            @r#"id: x-fc-stateful-async-invocation-id is not an id of letters, digits, '_' and '-': "a b""#
        );
    }
}
