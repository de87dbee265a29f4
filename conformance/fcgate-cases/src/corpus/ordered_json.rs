//! A JSON value that keeps the order of its keys and rejects repeated keys.

use std::fmt;

use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Number;

/// Any JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ordered {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Ordered {
    /// Returns the value of a key of an object.
    pub(super) fn field(&self, name: &str) -> Option<&Self> {
        let Self::Object(fields) = self else {
            return None;
        };
        let found = fields.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value)
    }

    /// Returns the value with the keys of every object in the order of the model.
    pub(super) fn arranged_as(self, model: &Self) -> Self {
        match (self, model) {
            (Self::Object(fields), Self::Object(others)) => {
                let place = |name: &str| {
                    let place = others.iter().position(|(other, _)| other == name);
                    place.unwrap_or(others.len())
                };
                let fields = fields.into_iter().map(|(name, value)| {
                    let other = model.field(&name).unwrap_or(&Self::Null);
                    let value = value.arranged_as(other);
                    (name, value)
                });
                let mut fields: Vec<_> = fields.collect();
                fields.sort_by_key(|(name, _)| place(name));
                Self::Object(fields)
            }
            (Self::List(values), Self::List(others)) => {
                let mut others = others.iter();
                let arranged = values.into_iter().map(|value| match others.next() {
                    Some(other) => value.arranged_as(other),
                    None => value,
                });
                Self::List(arranged.collect())
            }
            (other, _) => other,
        }
    }
}

impl Serialize for Ordered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(value) => value.serialize(serializer),
            Self::Text(value) => serializer.serialize_str(value),
            Self::List(values) => serializer.collect_seq(values),
            Self::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Ordered;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Ordered, E> {
        Ok(Ordered::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Ordered, E> {
        Ok(Ordered::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Ordered, E> {
        Ok(Ordered::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Ordered, E> {
        Ok(Ordered::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Ordered, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("not a finite number"))?;
        Ok(Ordered::Number(number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Ordered, E> {
        Ok(Ordered::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Ordered, E> {
        Ok(Ordered::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Ordered, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = access.next_element()? {
            values.push(value);
        }
        Ok(Ordered::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Ordered, A::Error> {
        let mut fields: Vec<(String, Ordered)> = Vec::new();
        while let Some((name, value)) = access.next_entry::<String, Ordered>()? {
            if fields.iter().any(|(other, _)| *other == name) {
                return Err(A::Error::custom(format_args!("duplicate field `{name}`")));
            }
            fields.push((name, value));
        }
        Ok(Ordered::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::Ordered;

    fn read(json: &str) -> Ordered {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn every_value_round_trips() {
        let json = r#"{"z":[null,true,-1,2,1.5,"x"],"a":{"c":{},"b":[]}}"#;
        assert_eq!(serde_json::to_string(&read(json)).unwrap(), json);
    }

    #[test]
    fn a_repeated_key_is_rejected() {
        let error = serde_json::from_str::<Ordered>(r#"{"a":{"b":1,"b":2}}"#).unwrap_err();
        assert!(error.to_string().contains("duplicate field `b`"), "{error}");
    }

    #[test]
    fn keys_are_sorted_into_the_order_of_the_model() {
        let value = read(r#"{"new":0,"b":[{"d":1,"c":2},{"d":3,"c":4}],"a":1}"#);
        let model = read(r#"{"a":0,"b":[{"c":0,"d":0}]}"#);
        let arranged = serde_json::to_string(&value.arranged_as(&model)).unwrap();
        assert_eq!(
            arranged,
            r#"{"a":1,"b":[{"c":2,"d":1},{"d":3,"c":4}],"new":0}"#
        );
    }
}
