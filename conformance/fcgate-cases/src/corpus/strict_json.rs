//! A strict JSON parser: unknown fields and repeated keys are errors, and every error has a kind and a pointer.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment, Track};

use super::CorpusErrorKind;

/// The maximum size of one file.
pub(super) const MAX_BYTES: usize = 16 << 20;

/// An error with the JSON pointer of its field.
#[derive(Debug)]
pub(super) struct StrictError {
    pub(super) kind: CorpusErrorKind,
    pub(super) pointer: String,
    pub(super) message: String,
}

impl StrictError {
    fn new(kind: CorpusErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            pointer: String::new(),
            message: message.into(),
        }
    }

    /// Classifies an error of serde. Unknown and repeated fields differ from other errors in the message only.
    fn of(error: &serde_json::Error) -> Self {
        let message = error.to_string();
        let kind = match error.classify() {
            Category::Data if message.starts_with("unknown field") => CorpusErrorKind::UnknownField,
            Category::Data if message.starts_with("duplicate field") => {
                CorpusErrorKind::DuplicateKey
            }
            Category::Data => CorpusErrorKind::Schema,
            Category::Syntax | Category::Eof | Category::Io => CorpusErrorKind::Json,
        };
        Self::new(kind, message)
    }
}

/// Parses a file.
pub(super) fn from_slice<T: DeserializeOwned>(json: &[u8]) -> Result<T, StrictError> {
    if json.len() > MAX_BYTES {
        let message = format!("{} bytes, the limit is {MAX_BYTES}", json.len());
        return Err(StrictError::new(CorpusErrorKind::TooLarge, message));
    }
    if json.trim_ascii().is_empty() {
        return Err(StrictError::new(
            CorpusErrorKind::Empty,
            "the file is empty",
        ));
    }
    let text = std::str::from_utf8(json)
        .map_err(|error| StrictError::new(CorpusErrorKind::NotUtf8, error.to_string()))?;
    from_str(text).map_err(|error| match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => error,
        // For invalid JSON the syntax error is more useful than the schema error.
        Err(error) => StrictError::of(&error),
    })
}

/// Parses a value. Unknown fields and repeated keys are errors.
pub(super) fn from_str<T: DeserializeOwned>(json: &str) -> Result<T, StrictError> {
    let mut unknown = None;
    let mut track = Track::new();
    let mut reader = serde_json::Deserializer::from_str(json);
    let tracked = serde_path_to_error::Deserializer::new(&mut reader, &mut track);
    let value = serde_ignored::deserialize(tracked, |path| {
        unknown.get_or_insert_with(|| pointer_of_ignored(&path));
    });
    let value: T = value.map_err(|error| StrictError {
        pointer: pointer(&track.path()),
        ..StrictError::of(&error)
    })?;
    reader.end().map_err(|error| StrictError::of(&error))?;
    match unknown {
        Some(pointer) => Err(StrictError {
            pointer,
            ..StrictError::new(CorpusErrorKind::UnknownField, "unknown field")
        }),
        None => Ok(value),
    }
}

fn pointer(path: &Path) -> String {
    path.iter()
        .fold(String::new(), |pointer, segment| match segment {
            Segment::Seq { index } => format!("{pointer}/{index}"),
            Segment::Map { key } => format!("{pointer}/{}", escape(key)),
            Segment::Enum { variant } => format!("{pointer}/{}", escape(variant)),
            Segment::Unknown => pointer,
        })
}

fn pointer_of_ignored(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;
    match path {
        Path::Root => String::new(),
        Path::Seq { parent, index } => format!("{}/{index}", pointer_of_ignored(parent)),
        Path::Map { parent, key } => format!("{}/{}", pointer_of_ignored(parent), escape(key)),
        Path::Some { parent }
        | Path::NewtypeStruct { parent }
        | Path::NewtypeVariant { parent } => pointer_of_ignored(parent),
    }
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::from_str;
    use fcgate_protocol::{Invocation, ParseInput};

    #[test]
    fn an_unknown_field_is_rejected_with_its_pointer() {
        let error = from_str::<Invocation>(r#"{"function":"f","lgo_type":"Tail"}"#).unwrap_err();
        assert_eq!(
            (error.pointer.as_str(), error.message.as_str()),
            ("/lgo_type", "unknown field")
        );
    }

    #[test]
    fn a_repeated_key_is_rejected() {
        let error = from_str::<Invocation>(r#"{"function":"f","function":"g"}"#).unwrap_err();
        assert!(
            error.message.contains("duplicate field `function`"),
            "{}",
            error.message
        );
    }

    #[test]
    fn a_wrong_type_is_rejected_with_its_pointer() {
        let json = r#"{"status":200,"headers":[["a",1]],"body_b64":"","invocation_type":"Sync"}"#;
        let error = from_str::<ParseInput>(json).unwrap_err();
        assert_eq!(error.pointer, "/headers/0/1");
    }
}
