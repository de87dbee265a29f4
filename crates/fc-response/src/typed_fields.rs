//! Fields of a JSON document with the types of the service.

use serde_json::Value;

use crate::iso_time;
use crate::json_object::JsonObject;

/// A field with a value of another type.
#[derive(Debug)]
pub(crate) struct FieldError {
    path: String,
    expected: &'static str,
    found: &'static str,
}

impl FieldError {
    fn new(name: String, expected: &'static str, found: &Value) -> Self {
        let found = match found {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        Self {
            path: name,
            expected,
            found,
        }
    }

    fn within(self, name: &str, index: usize) -> Self {
        Self {
            path: format!("{name}[{index}].{}", self.path),
            ..self
        }
    }

    /// The error in words.
    pub(crate) fn message(&self) -> String {
        let Self {
            path,
            expected,
            found,
        } = self;
        format!("field `{path}`: expected {expected}, found {found}")
    }
}

/// A field that is absent or null is `None`. Names are matched exactly first, then without case, because the 2016-08-15
/// page writes `InvocationPayload` with a capital letter.
impl JsonObject {
    pub(crate) fn take_text(&mut self, names: &[&str]) -> Result<Option<Box<str>>, FieldError> {
        match self.take(names) {
            None => Ok(None),
            Some((_, Value::String(text))) => Ok(Some(text.into())),
            Some((name, other)) => Err(FieldError::new(name, "a text", &other)),
        }
    }

    /// An integer. A fraction is cut, and a number may be in a text.
    pub(crate) fn take_integer(&mut self, names: &[&str]) -> Result<Option<i64>, FieldError> {
        let Some((name, value)) = self.take(names) else {
            return Ok(None);
        };
        match integer(&value) {
            Some(number) => Ok(Some(number)),
            None => Err(FieldError::new(name, "an integer of 64 bits", &value)),
        }
    }

    /// A time in milliseconds since 1970: a number, or the ISO text of revision 2016-08-15.
    pub(crate) fn take_time(&mut self, names: &[&str]) -> Result<Option<i64>, FieldError> {
        let Some((name, value)) = self.take(names) else {
            return Ok(None);
        };
        let time = integer(&value).or_else(|| iso_time::milliseconds(value.as_str()?));
        match time {
            Some(time) => Ok(Some(time)),
            None => Err(FieldError::new(name, "milliseconds since 1970", &value)),
        }
    }

    /// A list of objects. An item that is null is skipped.
    pub(crate) fn take_list<T>(
        &mut self,
        names: &[&str],
        read: fn(Self) -> Result<T, FieldError>,
    ) -> Result<Vec<T>, FieldError> {
        let (name, items) = match self.take(names) {
            None => return Ok(Vec::new()),
            Some((name, Value::Array(items))) => (name, items),
            Some((name, other)) => return Err(FieldError::new(name, "a list", &other)),
        };
        let items = items.into_iter().enumerate();
        let items = items.filter(|(_, item)| !item.is_null());
        items
            .map(|(index, item)| {
                let item = Self::from_value(item).map_err(|other| {
                    FieldError::new(format!("{name}[{index}]"), "an object", &other)
                })?;
                read(item).map_err(|error| error.within(&name, index))
            })
            .collect()
    }
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// Cuts the fraction; `None` for a number that an `i64` does not hold.
fn whole(number: f64) -> Option<i64> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    (-LIMIT..LIMIT).contains(&number).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> JsonObject {
        JsonObject::parse(json.as_bytes()).unwrap()
    }

    #[test]
    fn an_integer_may_be_a_fraction_an_exponent_or_a_text() {
        for (json, expected) in [
            ("100", 100),
            ("\"100\"", 100),
            ("100.75", 100),
            ("-1.5", -1),
            ("1.63344959E12", 1_633_449_590_000),
            ("9007199254740993", 9_007_199_254_740_993),
            ("9223372036854775807", i64::MAX),
        ] {
            let mut object = read(&format!("{{\"a\":{json}}}"));
            assert_eq!(
                object.take_integer(&["a"]).unwrap(),
                Some(expected),
                "{json}"
            );
        }
        for json in [
            "9223372036854775808",
            "1e19",
            "\"1.5\"",
            "\"\"",
            "true",
            "[1]",
            "{}",
        ] {
            let mut object = read(&format!("{{\"a\":{json}}}"));
            assert!(object.take_integer(&["a"]).is_err(), "{json}");
        }
    }

    #[test]
    fn an_error_has_the_path_of_the_field_as_received() {
        let item = |mut item: JsonObject| item.take_text(&["Name"]);
        let mut object = read(r#"{"items":[null,{"name":"a"},{"name":{}}]}"#);
        let error = object.take_list(&["items"], item).unwrap_err();
        assert_eq!(
            error.message(),
            "field `items[2].name`: expected a text, found an object"
        );
        let mut object = read(r#"{"items":[5]}"#);
        let error = object.take_list(&["items"], item).unwrap_err();
        assert_eq!(
            error.message(),
            "field `items[0]`: expected an object, found a number"
        );
    }

    #[test]
    fn an_error_names_the_json_type_that_was_found() {
        for (json, found) in [
            ("null", "null"),
            ("true", "a boolean"),
            ("5", "a number"),
            (r#""a""#, "a text"),
            ("[5]", "a list"),
            ("{}", "an object"),
        ] {
            let value = serde_json::from_str(json).unwrap();
            let message = FieldError::new("a".to_owned(), "a time", &value).message();
            assert_eq!(
                message,
                format!("field `a`: expected a time, found {found}")
            );
        }
    }

    #[test]
    fn a_list_that_is_null_or_absent_is_empty_and_a_null_item_is_skipped() {
        let item = |mut item: JsonObject| item.take_integer(&["n"]);
        for json in [
            "{}",
            r#"{"items":null}"#,
            r#"{"items":[]}"#,
            r#"{"items":[null]}"#,
        ] {
            assert!(read(json).take_list(&["items"], item).unwrap().is_empty());
        }
    }
}
