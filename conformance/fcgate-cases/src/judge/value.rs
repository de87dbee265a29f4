//! A value of a check.

use std::fmt;

use memchr::memmem;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use fcgate_text::visible::{escaped, visible};

/// An expected or an actual value.
///
/// `Display` and the JSON report show it as visible text, cut after 4000 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "read by the writers of reports")]
pub enum Value {
    /// The bytes that were compared.
    Bytes(Vec<u8>),
    /// Visible text: a sentence of the judge, or a value that was read from a report.
    Text(String),
}

impl Value {
    /// A sentence of the judge.
    pub fn sentence(words: &str) -> Self {
        Self::Text(visible(words.as_bytes()))
    }

    /// The bytes; `None` if the value is a text.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Text(_) => None,
        }
    }

    /// Replaces a text wherever it occurs. Returns whether it occurred.
    pub(super) fn replace(&mut self, from: &str, to: &str) -> bool {
        match self {
            Self::Text(text) => {
                let found = text.contains(from);
                if found {
                    *text = text.replace(from, to);
                }
                found
            }
            Self::Bytes(bytes) => {
                let places: Vec<usize> = memmem::find_iter(bytes, from).collect();
                for at in places.iter().rev() {
                    bytes.splice(*at..at + from.len(), to.bytes());
                }
                !places.is_empty()
            }
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => f.write_str(&visible(bytes)),
            Self::Text(text) => f.write_str(&escaped(text)),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bytes(bytes) => serializer.serialize_str(&visible(bytes)),
            // A merged report writes the text that it read without changes.
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::Text)
    }
}
