//! Reads TOML files strictly: an unknown key is an error, and every error has a line number.

use std::fmt;
use std::ops::Range;

use serde::de::DeserializeOwned;

use fcgate_text::suggestion::suggestion;
use fcgate_text::visible;

/// The maximum size of a file, in bytes. A longer file is rejected before it is parsed.
const LONGEST: usize = 1 << 20;

/// An error in a TOML file, with its line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a line and a message")]
pub struct TomlError {
    /// The line, from 1.
    pub line: Option<usize>,
    /// The error message.
    pub message: String,
}

/// The place of an error in a file: `fcgate.toml:3`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a file and a line")]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible::line(&self.file, 200))?;
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}

/// Parses a TOML text in which every key, at any depth, must be one of `keys`.
///
/// # Errors
///
/// If the text is not TOML, is longer than 1 MiB, or has an unknown key or a wrong type.
pub fn read<T: DeserializeOwned>(text: &str, keys: &[&str]) -> Result<T, TomlError> {
    if text.len() > LONGEST {
        return Err(TomlError {
            line: None,
            message: "the file is longer than 1 MiB".to_owned(),
        });
    }
    toml::from_str(text).map_err(|error| {
        let message = unknown_key(text, &error, keys).unwrap_or_else(|| error.message().to_owned());
        TomlError {
            line: error.span().map(|span| line_of(text, span.start)),
            message: visible::line(&message, 300),
        }
    })
}

/// Returns the line of a byte offset, from 1.
pub fn line_of(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    before.split(|byte| *byte == b'\n').count()
}

fn unknown_key(text: &str, error: &toml::de::Error, keys: &[&str]) -> Option<String> {
    if !error.message().starts_with("unknown field") {
        return None;
    }
    let Range { start, end } = error.span()?;
    let typed = text.get(start..end)?.trim_matches(['"', '\'']);
    let shown = visible::line(typed, 60);
    if keys.contains(&typed) {
        return Some(format!("the key '{shown}' does not belong here"));
    }
    Some(format!(
        "unknown key '{shown}'; {}",
        suggestion(typed, keys)
    ))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{TomlError, read};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only how it is read matters")]
    struct File {
        level: Option<String>,
        inner: Option<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only how it is read matters")]
    struct Inner {
        depth: Option<u8>,
    }

    fn error(text: &str) -> TomlError {
        read::<File>(text, &["level", "inner", "depth"]).unwrap_err()
    }

    #[test]
    fn an_unknown_key_is_reported_with_its_line_and_a_suggestion() {
        let expected = |line, message: &str| TomlError {
            line: Some(line),
            message: message.to_owned(),
        };
        assert_eq!(
            error("level = 'a'\n\nlevle = 'b'\n"),
            expected(3, "unknown key 'levle'; did you mean 'level'?")
        );
        assert_eq!(
            error("[inner]\n\"dephth\" = 1\n"),
            expected(2, "unknown key 'dephth'; did you mean 'depth'?")
        );
        assert_eq!(
            error("inner = {zzz = 1}"),
            expected(1, "unknown key 'zzz'; expected one of: level, inner, depth")
        );
    }

    #[test]
    fn a_wrong_type_and_a_syntax_error_are_reported_with_their_lines() {
        assert_eq!(error("\nlevel = 1").line, Some(2));
        assert_eq!(error("level = 'a'\nlevel = 'b'").line, Some(2));
        assert_eq!(error("level = 'a'\n]").line, Some(2));
    }

    #[test]
    fn deeply_nested_and_long_files_are_rejected() {
        for garbage in ["a=[", "a={b=", "a.", "[a."] {
            assert!(!error(&garbage.repeat(100_000)).message.is_empty());
        }
        assert!(
            !error(&format!("a={}", "[".repeat(500_000)))
                .message
                .is_empty()
        );
        assert!(
            !error(&format!("a={}", "{a=".repeat(300_000)))
                .message
                .is_empty()
        );
        assert_eq!(
            error(&" ".repeat(2_000_000)).message,
            "the file is longer than 1 MiB"
        );
    }
}
