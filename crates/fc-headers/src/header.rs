//! The trait that every typed header implements.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::{HeaderError, HeaderErrorKind};

/// A typed header: its name on the wire, its decoder and its encoder.
///
/// `'a` is the lifetime of the value that is decoded: response headers borrow their text from the
/// header map, so decoding them does not allocate.
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
    /// The field name in lower case, as in HTTP/2. Field names are compared without case.
    const FIELD_NAME: &'static str;

    /// The field name as the key of a header map.
    const NAME: HeaderName = HeaderName::from_static(Self::FIELD_NAME);

    /// Decodes one value. Spaces and tabs around it are ignored (RFC 9110, 5.5).
    ///
    /// # Errors
    /// If the value does not match the header's grammar, which each type documents.
    fn decode(value: &'a HeaderValue) -> Result<Self, HeaderError>;

    /// Encodes the value. Cannot fail, because `self` is always valid.
    fn encode(&self) -> HeaderValue;

    /// Reads the header from a map; `None` if it is absent.
    ///
    /// # Errors
    /// [`Duplicate`](HeaderErrorKind::Duplicate) if the header occurs more than once, even with
    /// equal values, and the errors of [`decode`](Self::decode).
    fn from_map(headers: &'a HeaderMap) -> Result<Option<Self>, HeaderError> {
        let mut values = headers.get_all(Self::NAME).iter();
        match (values.next(), values.next()) {
            (None, _) => Ok(None),
            (Some(value), None) => Self::decode(value).map(Some),
            (Some(_), Some(_)) => Err(HeaderError::new(HeaderErrorKind::Duplicate, Self::NAME)),
        }
    }

    /// Inserts the header into a map and removes its previous values.
    ///
    /// # Panics
    /// If the map is full; `http` allows 32,768 entries.
    fn insert_into(&self, headers: &mut HeaderMap) {
        headers.insert(Self::NAME, self.encode());
    }
}

/// The bytes of a value without the spaces and tabs around it.
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

    #[derive(Debug, PartialEq)]
    struct Sample(HeaderValue);

    impl Header<'_> for Sample {
        const FIELD_NAME: &'static str = "x-fc-sample";

        fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
            Ok(Self(value.clone()))
        }

        fn encode(&self) -> HeaderValue {
            self.0.clone()
        }
    }

    #[test]
    fn an_absent_header_is_none() {
        assert_eq!(Sample::from_map(&HeaderMap::new()), Ok(None));
    }

    #[test]
    fn two_equal_values_are_a_duplicate() {
        let mut headers = HeaderMap::new();
        headers.append(Sample::NAME, HeaderValue::from_static("3"));
        headers.append(Sample::NAME, HeaderValue::from_static("3"));
        let error = Sample::from_map(&headers).unwrap_err();
        insta::assert_snapshot!(error, @"duplicate: x-fc-sample occurs more than once");
    }

    #[test]
    fn insert_into_replaces_the_previous_values() {
        let mut headers = HeaderMap::new();
        headers.append(Sample::NAME, HeaderValue::from_static("1"));
        headers.append(Sample::NAME, HeaderValue::from_static("2"));
        let header = Sample(HeaderValue::from_static("3"));
        header.insert_into(&mut headers);
        assert_eq!(Sample::from_map(&headers), Ok(Some(header)));
    }

    #[test]
    fn spaces_and_tabs_around_a_value_are_removed() {
        assert_eq!(trimmed(&HeaderValue::from_static("\t 3 \t")), b"3");
        assert_eq!(trim(b" \t "), b"");
    }
}
