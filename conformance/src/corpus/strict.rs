//! Reading JSON strictly: a field that nobody reads is an error, and every error has its pointer.

use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment, Track};

/// What is wrong, and where.
#[derive(Debug)]
pub(super) struct StrictError {
    pub(super) pointer: String,
    pub(super) message: String,
}

/// Reads the text of a file in the same way.
pub(super) fn from_slice<T: DeserializeOwned>(json: &[u8]) -> Result<T, StrictError> {
    let text = std::str::from_utf8(json).map_err(|error| StrictError {
        pointer: String::new(),
        message: error.to_string(),
    })?;
    from_str(text)
}

/// Reads a value; unknown fields and repeated keys are refused.
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
        message: error.to_string(),
    })?;
    reader.end().map_err(|error| StrictError {
        pointer: String::new(),
        message: error.to_string(),
    })?;
    match unknown {
        Some(pointer) => Err(StrictError {
            pointer,
            message: "unknown field".to_owned(),
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
    use crate::protocol::{Invocation, ParseInput};

    #[test]
    fn an_unknown_field_is_refused_with_its_pointer() {
        let error = from_str::<Invocation>(r#"{"function":"f","lgo_type":"Tail"}"#).unwrap_err();
        assert_eq!(
            (error.pointer.as_str(), error.message.as_str()),
            ("/lgo_type", "unknown field")
        );
    }

    #[test]
    fn a_repeated_key_is_refused() {
        let error = from_str::<Invocation>(r#"{"function":"f","function":"g"}"#).unwrap_err();
        assert!(
            error.message.contains("duplicate field `function`"),
            "{}",
            error.message
        );
    }

    #[test]
    fn a_wrong_type_is_named_by_its_pointer() {
        let json = r#"{"status":200,"headers":[["a",1]],"body_b64":"","invocation_type":"Sync"}"#;
        let error = from_str::<ParseInput>(json).unwrap_err();
        assert_eq!(error.pointer, "/headers/0/1");
    }
}
