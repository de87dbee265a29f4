//! The id of a session with header affinity.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::grammar::{NAME, check_alphabet, check_length, is_name_byte};
use crate::header::trimmed;
use crate::shared_text::shared_text;
use crate::{
    HeaderError, HeaderErrorKind, InputError, InputErrorKind, Quoted, SessionHeaderName, text,
};

const FIELD: &str = "session id";
const MAX_LENGTH: usize = 64;

shared_text! {
    /// The id of a session: the value of the header that a [`SessionHeaderName`] names. Request
    /// header, and response header if the service made the id.
    ///
    /// `[A-Za-z0-9_][A-Za-z0-9_-]{0,63}`: unlike a task id it may begin with a digit. Without the header in a request the
    /// service makes an id, for example 32 hexadecimal digits, and returns it in the response header of the same name;
    /// whether a response repeats the id of the caller is unknown. Source: manual page "`HeaderField` affinity" of FC 3.0;
    /// model `Session` of `alibabacloud-go/fc-20230330` v4.8.2.
    ///
    /// ```
    /// use fc_headers::{SessionHeaderName, SessionId};
    /// use http::HeaderMap;
    ///
    /// let name: SessionHeaderName = "my-chat-session".parse()?;
    /// let mut response = HeaderMap::new();
    /// response.insert("My-Chat-Session", "81f70ae156904eb9b7d43e12f511fe58".parse()?);
    /// let id = SessionId::from_map(&name, &response)?;
    /// assert_eq!(id, Some("81f70ae156904eb9b7d43e12f511fe58".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    SessionId,
    check
}

fn check(text: &str) -> Result<(), InputError> {
    check_length(text, FIELD, MAX_LENGTH)?;
    check_alphabet(text, FIELD, &NAME)?;
    if text.starts_with('-') {
        let detail = format!("{} starts with '-'", Quoted::new(text));
        return Err(InputError::new(InputErrorKind::BadFirstCharacter, FIELD).detail(detail));
    }
    Ok(())
}

impl SessionId {
    /// Decodes the value of the header `name`. Spaces and tabs around it are ignored.
    ///
    /// # Errors
    /// [`Empty`](HeaderErrorKind::Empty), or [`Id`](HeaderErrorKind::Id) if the value does not match the grammar.
    pub fn decode(name: &HeaderName, value: &HeaderValue) -> Result<Self, HeaderError> {
        match trimmed(value) {
            b"" => Err(HeaderError::new(HeaderErrorKind::Empty, name.clone())),
            id if id.len() <= MAX_LENGTH
                && id.first() != Some(&b'-')
                && id.iter().copied().all(is_name_byte) =>
            {
                Ok(Self(text::subvalue(value, id)))
            }
            _ => Err(HeaderError::new(HeaderErrorKind::Id, name.clone()).quoting(value)),
        }
    }

    /// Encodes the id as the value of a session header.
    pub fn encode(&self) -> HeaderValue {
        self.0.clone()
    }

    /// Reads the session header from a map; `None` if it is absent.
    ///
    /// # Errors
    /// [`Duplicate`](HeaderErrorKind::Duplicate) if the header occurs more than once, and the errors of
    /// [`decode`](Self::decode).
    pub fn from_map(
        name: &SessionHeaderName,
        headers: &HeaderMap,
    ) -> Result<Option<Self>, HeaderError> {
        let name = name.header_name();
        let mut values = headers.get_all(name).iter();
        match (values.next(), values.next()) {
            (None, _) => Ok(None),
            (Some(value), None) => Self::decode(name, value).map(Some),
            (Some(_), Some(_)) => Err(HeaderError::new(HeaderErrorKind::Duplicate, name.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name() -> SessionHeaderName {
        "my-session".parse().unwrap()
    }

    #[test]
    fn an_id_has_1_to_64_characters_and_may_begin_with_a_digit() {
        let slug = |text: &str| {
            text.parse::<SessionId>()
                .map_or_else(|error| error.kind().slug(), |_| "ok")
        };
        for text in ["0", "_a", "a-", &"9".repeat(64)] {
            assert_eq!(slug(text), "ok", "{text}");
        }
        assert_eq!(slug(""), "empty");
        assert_eq!(slug(&"9".repeat(65)), "too-long");
        assert_eq!(slug("-a"), "bad-first-character");
        for text in ["a b", "a.b", "a\n", "\u{e4}"] {
            assert_eq!(slug(text), "forbidden-byte", "{text:?}");
        }
    }

    #[test]
    fn a_received_value_outside_the_grammar_is_an_error_that_names_the_header() {
        let long = "9".repeat(65);
        for (value, slug) in [("", "empty"), ("-a", "id"), ("a b", "id"), (&long, "id")] {
            let value = HeaderValue::from_str(value).unwrap();
            let error = SessionId::decode(name().header_name(), &value).unwrap_err();
            assert_eq!(
                (error.kind().slug(), error.name().as_str()),
                (slug, "my-session")
            );
        }
    }

    #[test]
    fn a_repeated_session_header_is_an_error() {
        let mut headers = HeaderMap::new();
        assert_eq!(SessionId::from_map(&name(), &headers), Ok(None));
        headers.append("my-session", HeaderValue::from_static(" a "));
        let id = SessionId::from_map(&name(), &headers).unwrap().unwrap();
        assert_eq!(id.encode(), "a");
        headers.append("my-session", HeaderValue::from_static("a"));
        let error = SessionId::from_map(&name(), &headers).unwrap_err();
        assert_eq!(error.kind(), HeaderErrorKind::Duplicate);
    }
}
