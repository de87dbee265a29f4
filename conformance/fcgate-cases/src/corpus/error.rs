//! Why a corpus cannot be read.

use std::error::Error;
use std::fmt;

/// A file of the corpus that is not what it should be.
#[derive(Debug)]
pub struct CorpusError {
    /// Which rule is broken.
    pub kind: CorpusErrorKind,
    /// The file, below the fixtures.
    pub file: String,
    /// The id of the case, where one can be told.
    pub case: Option<String>,
    /// The JSON pointer of the field; empty for the whole file or case.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
}

/// The rule that a file breaks so that it cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CorpusErrorKind {
    /// A file or folder cannot be read.
    File,
    /// A file is a link, a pipe or another thing that is no regular file.
    NotRegularFile,
    /// A file, or a text that a script repeats, is larger than allowed.
    TooLarge,
    /// A file has no content.
    Empty,
    /// A file is not UTF-8.
    NotUtf8,
    /// A file is not JSON.
    Json,
    /// A field that nobody reads.
    UnknownField,
    /// A key that stands twice in an object.
    DuplicateKey,
    /// JSON of another shape than that of the schema.
    Schema,
    /// An id outside its grammar.
    Id,
    /// A case that checks nothing.
    NoChecks,
    /// A case that varies in a way that cannot be expanded.
    Vary,
    /// A case that expands to more cases than allowed.
    TooManyCombinations,
    /// A pause that is longer than allowed.
    Delay,
    /// An answer that leads away from the loopback.
    NotLoopback,
    /// An answer that cannot be played.
    Script,
}

impl CorpusErrorKind {
    /// The stable word.
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
            write!(f, ", case {}", fcgate_text::visible::line(case, 200))?;
        }
        if !self.pointer.is_empty() {
            write!(f, ", {}", self.pointer)?;
        }
        write!(f, ": {}", self.message)
    }
}

impl Error for CorpusError {}
