//! One entry of the catalogue.

use serde_json::Value;

use crate::bytes;

/// The result of an input that is accepted.
pub const ACCEPT: &str = "accept";

/// A malformed or border input, and its expected result.
#[derive(Debug, Clone)]
pub struct Entry {
    id: String,
    area: String,
    input: Value,
    expected: String,
}

impl Entry {
    pub(crate) fn read(value: &Value) -> Self {
        let text = |name: &str| {
            let text = value.get(name).and_then(Value::as_str);
            text.unwrap_or_else(|| panic!("{value} has no text `{name}`"))
                .to_owned()
        };
        Self {
            id: text("id"),
            area: text("area"),
            input: value
                .get("input")
                .unwrap_or_else(|| panic!("{value} has no `input`"))
                .clone(),
            expected: text("expected"),
        }
    }

    /// Replaces the expected result. A deviation that says the same as the entry is stale.
    pub(crate) fn deviate(&mut self, deviation: &Value) {
        let text = |name: &str| {
            let text = deviation.get(name).and_then(Value::as_str).unwrap_or("");
            assert!(!text.trim().is_empty(), "{deviation} has no text `{name}`");
            text.to_owned()
        };
        let (expected, _) = (text("expected"), text("because"));
        assert_ne!(expected, self.expected, "{deviation} is stale");
        self.expected = expected;
    }

    /// The id, which is also the name of the test.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The area, such as `endpoint`.
    pub fn area(&self) -> &str {
        &self.area
    }

    /// The expected result as it is written: a result, and remarks after it.
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// The expected result without remarks: `accept`, or an error and its first word, such as `InputError:empty`.
    pub fn result(&self) -> String {
        let end = self.expected.find([' ', ',', ';', '(']);
        let result = self.expected.get(..end.unwrap_or(self.expected.len()));
        let result = result.unwrap_or_default().trim_end_matches(':');
        result.replace("::", ":")
    }

    /// The remark after `accept: `.
    pub fn remark(&self) -> &str {
        self.expected.strip_prefix("accept: ").unwrap_or_default()
    }

    /// The number after a word of the expected result, such as 5 in `AdapterError:spawn, exit 5`.
    pub fn number(&self, word: &str) -> Option<i32> {
        let mut words = self.expected.split([' ', ',', ';', ':', '(', ')']);
        words.find(|other| *other == word)?;
        words.next()?.parse().ok()
    }

    /// Whether the input has this field.
    pub fn has(&self, name: &str) -> bool {
        self.input.get(name).is_some()
    }

    /// A field of the input.
    ///
    /// # Panics
    ///
    /// If the input has no such field.
    pub fn field(&self, name: &str) -> &Value {
        self.input
            .get(name)
            .unwrap_or_else(|| panic!("{}: the input has no field `{name}`", self.id))
    }

    /// The bytes of a field, which may be a recipe.
    ///
    /// # Panics
    ///
    /// If the input has no such field, or the recipe is unknown.
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        bytes(self.field(name))
    }

    /// The text of a field, which may be a recipe.
    ///
    /// # Panics
    ///
    /// If the input has no such field, the recipe is unknown, or the bytes are not UTF-8.
    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name))
            .unwrap_or_else(|error| panic!("{}: `{name}` is not UTF-8: {error}", self.id))
    }

    /// The headers of the input, in their order.
    ///
    /// # Panics
    ///
    /// If a header is not a pair of a name and a value.
    pub fn headers(&self, name: &str) -> Vec<(String, Vec<u8>)> {
        let list = self.field(name).as_array();
        let list = list.unwrap_or_else(|| panic!("{}: `{name}` is not a list", self.id));
        let pairs = list.iter().map(|pair| {
            let name = pair.get(0).and_then(Value::as_str);
            let (Some(name), Some(value)) = (name, pair.get(1)) else {
                panic!("{}: {pair} is not a name and a value", self.id)
            };
            (name.to_owned(), bytes(value))
        });
        pairs.collect()
    }

    /// Compares the found result with the expected one.
    ///
    /// # Errors
    ///
    /// If they differ.
    pub fn expect(&self, found: &str) -> Result<(), String> {
        if self.result() == found {
            return Ok(());
        }
        Err(format!(
            "expected {}, found {found}; the input is {}",
            self.expected,
            self.input.to_string().chars().take(300).collect::<String>()
        ))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Entry;

    fn entry(expected: &str) -> Entry {
        Entry::read(&json!({"id": "ap-001", "area": "a", "input": {}, "expected": expected}))
    }

    #[test]
    fn a_result_ends_before_its_remarks() {
        for (expected, result) in [
            ("accept", "accept"),
            ("accept: at the limit", "accept"),
            ("accept (both, measured)", "accept"),
            ("InputError:empty (absent is None)", "InputError:empty"),
            ("AdapterError:spawn, exit 5", "AdapterError:spawn"),
            (
                "TransportError::Protocol; no panic",
                "TransportError:Protocol",
            ),
        ] {
            assert_eq!(entry(expected).result(), result);
        }
        assert_eq!(entry("AdapterError:spawn, exit 5").number("exit"), Some(5));
        assert_eq!(entry("exit 2: unknown version").number("exit"), Some(2));
        assert_eq!(entry("accept: 3 ms").remark(), "3 ms");
    }

    #[test]
    fn a_different_result_is_an_error() {
        assert!(entry("InputError:empty").expect("InputError:empty").is_ok());
        assert!(entry("InputError:empty").expect("accept").is_err());
        assert!(entry("accept").expect("InputError:empty").is_err());
    }

    #[test]
    #[should_panic(expected = "is stale")]
    fn a_deviation_that_says_the_same_is_stale() {
        entry("accept").deviate(&json!({"id": "ap-001", "expected": "accept", "because": "x"}));
    }
}
