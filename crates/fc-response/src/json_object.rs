//! A JSON object read leniently from an untrusted body.

use serde_json::{Map, Value};

/// The largest document that is parsed; a larger one keeps its bytes and shows no fields.
pub(crate) const MAX_DOCUMENT: usize = 64 * 1024;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A parsed object whose keys are found in several spellings.
pub(crate) struct JsonObject(Map<String, Value>);

impl JsonObject {
    /// Parses an object of at most 64 KiB, after one byte-order mark. `None` for anything else:
    /// other JSON, text after it, bytes that are not UTF-8, lone surrogates, more than 127 levels.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        if body.len() > MAX_DOCUMENT {
            return None;
        }
        let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
        match serde_json::from_slice(body) {
            Ok(Value::Object(object)) => Some(Self(object)),
            _ => None,
        }
    }

    /// The first string under one of the keys: exact spellings in the given order, then the same
    /// without case. Of a repeated key the last one counts.
    pub(crate) fn string(&self, keys: &[&str]) -> Option<&str> {
        self.find(keys, |value| value.as_str())
    }

    /// The first value under one of the keys that is not null.
    pub(crate) fn value(&self, keys: &[&str]) -> Option<&Value> {
        self.find(keys, |value| Some(value).filter(|value| !value.is_null()))
    }

    fn find<'a, T>(&'a self, keys: &[&str], read: fn(&'a Value) -> Option<T>) -> Option<T> {
        let exact = keys.iter().find_map(|key| self.0.get(*key).and_then(read));
        exact.or_else(|| {
            keys.iter()
                .find_map(|key| self.find_without_case(key, read))
        })
    }

    /// Of several spellings the first in byte order, so that the answer does not hang on the map's
    /// order.
    fn find_without_case<'a, T>(
        &'a self,
        key: &str,
        read: fn(&'a Value) -> Option<T>,
    ) -> Option<T> {
        self.0
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(key))
            .filter_map(|(name, value)| Some((name, read(value)?)))
            .min_by(|(left, _), (right, _)| left.cmp(right))
            .map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string(body: &str, keys: &[&str]) -> Option<String> {
        JsonObject::read(body.as_bytes())?
            .string(keys)
            .map(str::to_owned)
    }

    #[test]
    fn exact_spellings_come_before_those_without_case() {
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
    fn values_that_are_not_strings_are_passed_over() {
        assert_eq!(string(r#"{"Code":5,"code":"b"}"#, &["Code"]).unwrap(), "b");
        assert_eq!(string(r#"{"Code":null}"#, &["Code"]), None);
    }

    #[test]
    fn only_an_object_of_limited_size_and_depth_is_read() {
        let nested = |depth| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert!(JsonObject::read(nested(100).as_bytes()).is_some());
        assert!(JsonObject::read(nested(20_000).as_bytes()).is_none());
        let sized = |length: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(length - 8));
        assert!(JsonObject::read(sized(MAX_DOCUMENT).as_bytes()).is_some());
        assert!(JsonObject::read(sized(MAX_DOCUMENT + 1).as_bytes()).is_none());
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
            assert!(JsonObject::read(body.as_bytes()).is_none(), "{body}");
        }
        assert!(JsonObject::read(b"{\"a\":\"\xff\"}").is_none());
        assert!(JsonObject::read("\u{feff}{}".as_bytes()).is_some());
        assert!(JsonObject::read("\u{feff}\u{feff}{}".as_bytes()).is_none());
    }
}
