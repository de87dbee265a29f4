//! Writes the path and the query of a request.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters except the unreserved ones of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A path and the parameters that are set.
pub(super) struct QueryString {
    text: String,
    separator: char,
}

impl QueryString {
    pub(super) fn new(path: String) -> Self {
        Self {
            text: path,
            separator: '?',
        }
    }

    /// Adds a parameter that is set, percent-encoded.
    pub(super) fn set(mut self, name: &str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.text.push(self.separator);
            self.text.push_str(name);
            self.text.push('=');
            self.text.extend(utf8_percent_encode(value, RESERVED));
            self.separator = '&';
        }
        self
    }

    /// The same, for a number.
    pub(super) fn number(self, name: &str, value: Option<i64>) -> Self {
        let value = value.map(|value| value.to_string());
        self.set(name, value.as_deref())
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parameters_that_are_set_are_written_and_their_values_are_encoded() {
        let text = QueryString::new("/path".into())
            .set("a", None)
            .set("b", Some("a+b/c==&d e%25~*\u{51fd}"))
            .number("c", Some(-1))
            .number("d", None)
            .set("e", Some(""))
            .into_text();
        assert_eq!(
            text,
            "/path?b=a%2Bb%2Fc%3D%3D%26d%20e%2525~%2A%E5%87%BD&c=-1&e="
        );
        assert_eq!(QueryString::new("/path".into()).into_text(), "/path");
    }
}
