//! The trait of all typed headers.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::{HeaderError, HeaderErrorKind};

/// A header as a type: its wire name, how its value is read, how it is written.
///
/// The lifetime is that of the value that is read: response headers borrow their text from the
/// header map, so reading one allocates nothing.
///
/// ```
/// use fc_headers::{Header, RequestId};
/// use http::HeaderMap;
///
/// let mut headers = HeaderMap::new();
/// headers.insert("X-Fc-Request-Id", "1-65a24fa0-0b44b15d-431a6b32cc8c".parse()?);
/// let id = RequestId::from_map(&headers)?;
/// assert_eq!(id.map(|id| id.as_str()), Some("1-65a24fa0-0b44b15d-431a6b32cc8c"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Header<'a>: Sized {
    /// The field name in lower case, as HTTP/2 writes it; names are compared without case.
    const FIELD_NAME: &'static str;

    /// The same as the key of a header map.
    const NAME: HeaderName = HeaderName::from_static(Self::FIELD_NAME);

    /// Reads one value. Blanks and tabs around it belong to HTTP (RFC 9110, 5.5) and are skipped.
    ///
    /// # Errors
    /// When the value is outside the header's grammar; the type's own documentation says what that
    /// is.
    fn decode(value: &'a HeaderValue) -> Result<Self, HeaderError>;

    /// The value as it is written. Cannot fail: what could has failed when `self` was made.
    fn encode(&self) -> HeaderValue;

    /// Reads the header out of a map; `None` when it is absent.
    ///
    /// # Errors
    /// [`Duplicate`](HeaderErrorKind::Duplicate) when the header is there more than once, even with
    /// equal values, and whatever [`decode`](Self::decode) reports.
    fn from_map(headers: &'a HeaderMap) -> Result<Option<Self>, HeaderError> {
        let mut values = headers.get_all(Self::NAME).iter();
        match (values.next(), values.next()) {
            (None, _) => Ok(None),
            (Some(value), None) => Self::decode(value).map(Some),
            (Some(_), Some(_)) => Err(HeaderError::new(HeaderErrorKind::Duplicate, Self::NAME)),
        }
    }

    /// Writes the header into a map, in place of every value that it had there.
    ///
    /// # Panics
    /// When the map can take no other header; `http` ends at 32,768 entries.
    fn insert_into(&self, headers: &mut HeaderMap) {
        headers.insert(Self::NAME, self.encode());
    }
}

/// The bytes of a value without the blanks and tabs around it.
pub(crate) fn trimmed(value: &HeaderValue) -> &[u8] {
    trim(value.as_bytes())
}

pub(crate) fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = bytes {
        bytes = rest;
    }
    while let [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::InvocationDuration;

    #[test]
    fn an_absent_header_is_none() {
        assert_eq!(InvocationDuration::from_map(&HeaderMap::new()), Ok(None));
    }

    #[test]
    fn two_equal_values_are_a_duplicate() {
        let mut headers = HeaderMap::new();
        headers.append(InvocationDuration::NAME, HeaderValue::from_static("3"));
        headers.append(InvocationDuration::NAME, HeaderValue::from_static("3"));
        let error = InvocationDuration::from_map(&headers).unwrap_err();
        insta::assert_snapshot!(error, @"duplicate: x-fc-invocation-duration is there more than once");
    }

    #[test]
    fn white_space_around_a_value_is_skipped() {
        let value = HeaderValue::from_static("\t 3 \t");
        assert_eq!(
            InvocationDuration::decode(&value),
            Ok(InvocationDuration::from_millis(3))
        );
        assert_eq!(trim(b" \t "), b"");
    }
}
