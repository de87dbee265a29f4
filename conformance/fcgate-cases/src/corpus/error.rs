//! The error of an invalid corpus.

use std::error::Error;
use std::fmt;

use fcgate_text::visible;

/// An invalid file of the corpus.
#[derive(Debug)]
pub struct CorpusError {
    /// The kind of error.
    pub kind: CorpusErrorKind,
    /// The path of the file, relative to the fixtures folder.
    pub file: String,
    /// The id of the case, if it is known.
    pub case: Option<String>,
    /// The JSON pointer of the field. It is empty for the whole file or case.
    pub pointer: String,
    /// The message.
    pub message: String,
}

/// The kind of an error in a corpus file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CorpusErrorKind {
    /// A file or folder cannot be read.
    File,
    /// A file is a link, a pipe or otherwise not a regular file.
    NotRegularFile,
    /// A file, or a repeated text in a script, is larger than the limit.
    TooLarge,
    /// A file is empty.
    Empty,
    /// A file is not UTF-8.
    NotUtf8,
    /// A file is not JSON.
    Json,
    /// A field is not in the schema.
    UnknownField,
    /// An object contains a key twice.
    DuplicateKey,
    /// A value does not match the schema.
    Schema,
    /// An id does not match its grammar.
    Id,
    /// A case has no checks.
    NoChecks,
    /// A time is not a date and time of the calendar, and the case expects no refusal.
    Date,
    /// A template cannot be expanded.
    Vary,
    /// A template has more combinations than the limit.
    TooManyCombinations,
    /// The pauses of a script are longer than the limit.
    Delay,
    /// An answer redirects to a host other than loopback.
    NotLoopback,
    /// The fake endpoint cannot play an answer.
    Script,
}

impl CorpusErrorKind {
    /// Returns the stable name of the kind.
    pub fn slug(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::NotRegularFile => "not-a-regular-file",
            Self::TooLarge => "too-large",
            Self::Empty => "empty",
            Self::NotUtf8 => "not-utf8",
            Self::Json => "json",
            Self::UnknownField => "unknown-field",
            Self::DuplicateKey => "duplicate-key",
            Self::Schema => "schema",
            Self::Id => "id",
            Self::NoChecks => "no-checks",
            Self::Date => "date",
            Self::Vary => "vary",
            Self::TooManyCombinations => "too-many-combinations",
            Self::Delay => "delay",
            Self::NotLoopback => "not-loopback",
            Self::Script => "script",
        }
    }
}

impl CorpusError {
    pub(crate) fn new(kind: CorpusErrorKind, file: &str, message: impl Into<String>) -> Self {
        Self {
            kind,
            file: file.to_owned(),
            case: None,
            pointer: String::new(),
            message: message.into(),
        }
    }

    pub(super) fn in_case(mut self, id: &str) -> Self {
        self.case = Some(id.to_owned());
        self
    }

    pub(super) fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }
}

impl fmt::Display for CorpusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "corpus file {}", self.file)?;
        if let Some(case) = &self.case {
            write!(f, ", case {}", visible::line(case, 200))?;
        }
        // The pointer and the message may quote keys of the file.
        if !self.pointer.is_empty() {
            write!(f, ", {}", visible::line(&self.pointer, 500))?;
        }
        write!(f, ": {}", visible::line(&self.message, 2000))
    }
}

impl Error for CorpusError {}

#[cfg(test)]
mod tests {
    use super::super::{Corpus, Files};

    #[test]
    fn an_error_about_an_unknown_key_escapes_and_cuts_the_key() {
        let key = format!("\u{7f}\u{202e}{}", "k".repeat(5000));
        let text = format!(r#"{{"schema":1,"group":"a","summary":"b","{key}":1,"cases":[]}}"#);
        let files = Files::empty()
            .with("requirements.json", r#"{"schema":1,"requirements":[]}"#)
            .with("cases/a.json", text);
        let message = Corpus::load(&files).unwrap_err().to_string();
        assert!(
            message.contains(r"\u{7f}\u{202e}kkk") && message.len() < 3000,
            "{message}"
        );
        assert!(!message.contains(['\u{7f}', '\u{202e}']), "{message}");
    }
}
