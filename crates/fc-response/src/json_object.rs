//! Lenient parsing of a JSON object from an untrusted body.

use serde_json::{Map, Value};

/// The maximum size of a document that is parsed, in bytes.
pub(crate) const MAX_DOCUMENT: usize = 64 * 1024;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A JSON object with lookups that accept several spellings of a key.
pub(crate) struct JsonObject(Map<String, Value>);

/// The reason why a body is not a JSON object.
pub(crate) enum NotAnObject {
    Empty,
    NotJson(serde_json::Error),
    OtherValue,
}

impl JsonObject {
    /// Parses an object of at most 64 KiB, with an optional byte-order mark.
    ///
    /// `None` for other JSON values, trailing text, bytes that are not UTF-8, lone surrogates and
    /// more than 127 levels of nesting.
    pub(crate) fn parse(body: &[u8]) -> Option<Self> {
        if body.len() > MAX_DOCUMENT {
            return None;
        }
        Self::parse_any_size(body).ok()
    }

    /// The same, for a body of any size, and with the reason why the body is not an object.
    pub(crate) fn parse_any_size(body: &[u8]) -> Result<Self, NotAnObject> {
        let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
        if body.trim_ascii().is_empty() {
            return Err(NotAnObject::Empty);
        }
        let value = serde_json::from_slice(body).map_err(NotAnObject::NotJson)?;
        Self::from_value(value).map_err(|_| NotAnObject::OtherValue)
    }

    /// Converts a value into an object; returns any other value.
    pub(crate) fn from_value(value: Value) -> Result<Self, Value> {
        match value {
            Value::Object(object) => Ok(Self(object)),
            other => Err(other),
        }
    }

    /// The first string under one of the keys: exact matches in the given order, then matches
    /// without case. A repeated key has its last value.
    pub(crate) fn string(&self, keys: &[&str]) -> Option<&str> {
        self.find(keys, |value| value.as_str())
    }

    /// The first value that is not null under one of the keys.
    pub(crate) fn value(&self, keys: &[&str]) -> Option<&Value> {
        self.find(keys, |value| Some(value).filter(|value| !value.is_null()))
    }

    /// Takes the first value that is not null under one of the keys, with its key as received.
    pub(crate) fn take(&mut self, keys: &[&str]) -> Option<(String, Value)> {
        let present = |value: &Value| Some(()).filter(|()| !value.is_null());
        let (name, ()) = self.find_named(keys, present)?;
        let name = name.to_owned();
        self.0.remove_entry(&name)
    }

    fn find<'a, T>(&'a self, keys: &[&str], read: fn(&'a Value) -> Option<T>) -> Option<T> {
        self.find_named(keys, read).map(|(_, value)| value)
    }

    fn find_named<'a, T>(
        &'a self,
        keys: &[&str],
        read: fn(&'a Value) -> Option<T>,
    ) -> Option<(&'a str, T)> {
        let exact = keys.iter().find_map(|key| {
            let (name, value) = self.0.get_key_value(*key)?;
            Some((name.as_str(), read(value)?))
        });
        exact.or_else(|| {
            keys.iter()
                .find_map(|key| self.find_without_case(key, read))
        })
    }

    /// The value of the first matching key in byte order, independent of the order of the map.
    fn find_without_case<'a, T>(
        &'a self,
        key: &str,
        read: fn(&'a Value) -> Option<T>,
    ) -> Option<(&'a str, T)> {
        self.0
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(key))
            .filter_map(|(name, value)| Some((name.as_str(), read(value)?)))
            .min_by(|(left, _), (right, _)| left.cmp(right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string(body: &str, keys: &[&str]) -> Option<String> {
        JsonObject::parse(body.as_bytes())?
            .string(keys)
            .map(str::to_owned)
    }

    #[test]
    fn exact_keys_take_precedence_over_matches_without_case() {
        assert_eq!(
            string(r#"{"CODE":"a","code":"b","Code":"c"}"#, &["Code"]).unwrap(),
            "c"
        );
        assert_eq!(
            string(r#"{"CODE":"a","cODE":"b"}"#, &["Code"]).unwrap(),
            "a"
        );
        assert_eq!(
            string(r#"{"code":"b","Code":"a"}"#, &["Code", "code"]).unwrap(),
            "a"
        );
    }

    #[test]
    fn values_that_are_not_strings_are_skipped() {
        assert_eq!(string(r#"{"Code":5,"code":"b"}"#, &["Code"]).unwrap(), "b");
        assert_eq!(string(r#"{"Code":null}"#, &["Code"]), None);
    }

    #[test]
    fn other_json_and_objects_that_are_too_large_or_too_deep_are_rejected() {
        let nested = |depth| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert!(JsonObject::parse(nested(100).as_bytes()).is_some());
        assert!(JsonObject::parse(nested(20_000).as_bytes()).is_none());
        let sized = |length: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(length - 8));
        assert!(JsonObject::parse(sized(MAX_DOCUMENT).as_bytes()).is_some());
        assert!(JsonObject::parse(sized(MAX_DOCUMENT + 1).as_bytes()).is_none());
        for body in [
            "",
            "null",
            "[]",
            "\"a\"",
            "{}x",
            "{",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":1e999}",
        ] {
            assert!(JsonObject::parse(body.as_bytes()).is_none(), "{body}");
        }
        assert!(JsonObject::parse(b"{\"a\":\"\xff\"}").is_none());
        assert!(JsonObject::parse("\u{feff}{}".as_bytes()).is_some());
        assert!(JsonObject::parse("\u{feff}\u{feff}{}".as_bytes()).is_none());
    }
}
