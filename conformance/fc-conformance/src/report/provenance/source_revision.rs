//! The revision of the sources that were judged.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use fcgate_text::redaction::redact_tokens;

/// The revision of the sources of the subject in its version control, such as a commit or a tag.
///
/// It has 1 to 200 visible ASCII characters, without spaces.
///
/// ```
/// use fc_conformance::report::SourceRevision;
///
/// assert!("d94b1a2f".parse::<SourceRevision>().is_ok());
/// assert!("two words".parse::<SourceRevision>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SourceRevision(String);

impl SourceRevision {
    /// The most characters of a revision.
    pub const MAX: usize = 200;

    /// The revision as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The reason why a text is not a source revision. It contains nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidSourceRevision {
    /// The text is empty.
    Empty,
    /// The text has too many bytes.
    TooLong {
        /// The number of bytes.
        length: usize,
    },
    /// The text contains a space, a control character or a character that is not ASCII.
    Character {
        /// The offset of its first byte.
        offset: usize,
    },
    /// The text contains a credential.
    Credential,
}

impl fmt::Display for InvalidSourceRevision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the source revision is empty; expected a commit or a tag"),
            Self::TooLong { length } => write!(
                f,
                "the source revision has {length} bytes; expected at most {}",
                SourceRevision::MAX
            ),
            Self::Character { offset } => write!(
                f,
                "the source revision has a space, a control character or a character that is not ASCII at byte {offset}; expected a commit or a tag"
            ),
            Self::Credential => {
                f.write_str("the source revision contains a credential; expected a commit or a tag")
            }
        }
    }
}

impl std::error::Error for InvalidSourceRevision {}

impl FromStr for SourceRevision {
    type Err = InvalidSourceRevision;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Err(InvalidSourceRevision::Empty);
        }
        if text.len() > Self::MAX {
            return Err(InvalidSourceRevision::TooLong { length: text.len() });
        }
        if let Some(offset) = text.bytes().position(|byte| !byte.is_ascii_graphic()) {
            return Err(InvalidSourceRevision::Character { offset });
        }
        if redact_tokens(text) != text {
            return Err(InvalidSourceRevision::Credential);
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for SourceRevision {
    type Error = InvalidSourceRevision;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<SourceRevision> for String {
    fn from(revision: SourceRevision) -> Self {
        revision.0
    }
}

impl fmt::Display for SourceRevision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidSourceRevision as Invalid, SourceRevision};

    #[test]
    fn commits_and_tags_are_revisions() {
        for text in [
            "d94b1a2f9c",
            "v4.8.3-2-gd94b1a2",
            "trunk@1042",
            "release/4.8+1",
        ] {
            let revision: SourceRevision = text.parse().unwrap();
            assert_eq!(revision.as_str(), text);
        }
    }

    #[test]
    fn each_other_text_is_rejected_with_its_reason() {
        let long = "a".repeat(201);
        for (text, reason) in [
            ("", Invalid::Empty),
            (long.as_str(), Invalid::TooLong { length: 201 }),
            ("a b", Invalid::Character { offset: 1 }),
            ("ab\n", Invalid::Character { offset: 2 }),
            ("abc\u{1b}[2J", Invalid::Character { offset: 3 }),
            ("é", Invalid::Character { offset: 0 }),
            ("https://user:pass@a.example/b", Invalid::Credential),
        ] {
            assert_eq!(text.parse::<SourceRevision>(), Err(reason), "{text:?}");
        }
        assert!("a".repeat(200).parse::<SourceRevision>().is_ok());
    }
}
