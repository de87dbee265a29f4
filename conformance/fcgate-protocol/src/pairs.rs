//! Serde functions for pairs of two texts, such as a header or a part of a query: `[name, value]` in JSON.
//!
//! A derived tuple leaves a third text of the list to the JSON reader, which then calls the JSON invalid.

use std::fmt;

use serde::de::{Error as _, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// Reads a list of pairs.
///
/// # Errors
///
/// When an item is not a list of two texts.
pub fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<(String, String)>, D::Error> {
    Vec::<Pair>::deserialize(deserializer).map(texts)
}

/// Reads a list of pairs, or `null`.
///
/// # Errors
///
/// When an item is not a list of two texts.
pub fn deserialize_optional<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<(String, String)>>, D::Error> {
    let pairs = Option::<Vec<Pair>>::deserialize(deserializer)?;
    Ok(pairs.map(texts))
}

fn texts(pairs: Vec<Pair>) -> Vec<(String, String)> {
    pairs.into_iter().map(|pair| pair.0).collect()
}

struct Pair((String, String));

impl<'de> Deserialize<'de> for Pair {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(PairVisitor)
    }
}

struct PairVisitor;

impl<'de> Visitor<'de> for PairVisitor {
    type Value = Pair;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a pair of two texts")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Pair, A::Error> {
        let mut text = |length| {
            let next = list.next_element()?;
            next.ok_or_else(|| A::Error::invalid_length(length, &self))
        };
        let pair = (text(0)?, text(1)?);
        let mut length = 2;
        while list.next_element::<IgnoredAny>()?.is_some() {
            length += 1;
        }
        match length {
            2 => Ok(Pair(pair)),
            _ => Err(A::Error::invalid_length(length, &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::HeaderList;

    #[test]
    fn a_list_that_is_not_two_texts_is_named_and_the_json_is_valid() {
        let right: HeaderList = serde_json::from_str(r#"[["a","1"],["b",""]]"#).unwrap();
        assert_eq!(right, HeaderList::from([("a", "1"), ("b", "")]));
        for (json, reason) in [
            (r"[[]]", "invalid length 0, expected a pair of two texts"),
            (
                r#"[["a"]]"#,
                "invalid length 1, expected a pair of two texts",
            ),
            (
                r#"[["a","b","c"]]"#,
                "invalid length 3, expected a pair of two texts",
            ),
            (
                r#"[["a","b",5,{}]]"#,
                "invalid length 4, expected a pair of two texts",
            ),
            (
                r#"["a"]"#,
                r#"invalid type: string "a", expected a pair of two texts"#,
            ),
        ] {
            let error = serde_json::from_str::<HeaderList>(json).unwrap_err();
            assert!(error.is_data(), "{json}: {error}");
            assert!(error.to_string().starts_with(reason), "{json}: {error}");
        }
    }
}
