//! What breaks the protocol, or keeps an adapter from being one.

use std::error::Error;
use std::fmt::{self, Write as _};

use fcgate_text::visible::visible;

/// How much of an offending line is quoted.
pub(super) const QUOTED: usize = 300;

/// The adapter could not be started, or broke the protocol; the run ends.
///
/// The text starts with a short word for the kind, quotes the offending line, and names the command
/// and the last words of its standard error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    kind: Kind,
    what: String,
    quoted: Option<String>,
    command: String,
    last_words: String,
}

/// The kinds of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Spawn,
    Exited,
    HelloTimeout,
    Version,
    NotJson,
    NotUtf8,
    TooLong,
    Schema,
    UnknownSeq,
    RepeatedSeq,
    UnaskedReply,
    Eof,
    TruncatedLine,
    Dishonest,
    Bye,
}

impl Fault {
    pub(super) fn new(kind: Kind, what: impl Into<String>) -> Self {
        Self {
            kind,
            what: what.into(),
            quoted: None,
            command: String::new(),
            last_words: String::new(),
        }
    }

    /// Quotes the beginning of the line that broke the protocol, in which no secret may stand, and how
    /// many bytes the line has.
    pub(super) fn quote(mut self, head: &[u8], length: usize) -> Self {
        let mut quoted = visible(head);
        if length > QUOTED {
            let _ = write!(quoted, "… ({length} bytes)");
        }
        self.quoted = Some(quoted);
        self
    }

    /// Names the command, already visible.
    pub(super) fn command(mut self, command: &str) -> Self {
        command.clone_into(&mut self.command);
        self
    }

    /// Adds what the adapter last wrote to standard error, already visible.
    pub(super) fn last_words(mut self, words: String) -> Self {
        self.last_words = words;
        self
    }

    /// The kind in a word: `spawn`, `exited`, `hello-timeout`, `version`, `not-json`, `not-utf8`, `too-long`,
    /// `schema`, `unknown-seq`, `repeated-seq`, `unasked-reply`, `eof`, `truncated-line`, `dishonest` or `bye`.
    pub fn kind(&self) -> &'static str {
        self.kind.word()
    }

    /// What happened, on one line, without the line that it is about: the same in every run.
    pub fn summary(&self) -> String {
        format!("{}: {}", self.kind.word(), self.what)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.word(), self.what)?;
        if let Some(quoted) = &self.quoted {
            write!(f, "\n  line:    {quoted}")?;
        }
        if !self.command.is_empty() {
            write!(f, "\n  command: {}", self.command)?;
        }
        for (number, words) in self.last_words.lines().enumerate() {
            let label = if number == 0 { "stderr:" } else { "" };
            write!(f, "\n  {label:<8} {words}")?;
        }
        write!(f, "\n  help:    {}", self.kind.help())
    }
}

impl Error for Fault {}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Spawn => "spawn",
            Self::Exited => "exited",
            Self::HelloTimeout => "hello-timeout",
            Self::Version => "version",
            Self::NotJson => "not-json",
            Self::NotUtf8 => "not-utf8",
            Self::TooLong => "too-long",
            Self::Schema => "schema",
            Self::UnknownSeq => "unknown-seq",
            Self::RepeatedSeq => "repeated-seq",
            Self::UnaskedReply => "unasked-reply",
            Self::Eof => "eof",
            Self::TruncatedLine => "truncated-line",
            Self::Dishonest => "dishonest",
            Self::Bye => "bye",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Spawn => {
                "name a program that can be executed (a script begins with #!), then its arguments"
            }
            Self::Exited => "an adapter stays alive and answers every line on stdin until it ends",
            Self::HelloTimeout => "answer hello at once and flush stdout after every line",
            Self::Version => "this gate speaks protocol 1: hello is answered with \"p\": 1",
            Self::NotJson | Self::NotUtf8 | Self::TooLong | Self::TruncatedLine => {
                "answers go to stdout, one JSON object a line; send logs to stderr"
            }
            Self::Schema => {
                "a reply is {\"seq\": \"...\", and one of \"ok\", \"err\", \"unsupported\"}, as the protocol says"
            }
            Self::UnknownSeq | Self::RepeatedSeq | Self::UnaskedReply => {
                "every question gets one reply, with the seq of the question"
            }
            Self::Eof => "keep stdout open until stdin ends",
            Self::Dishonest => {
                "a command that the adapter does not know is answered with \"unsupported\""
            }
            Self::Bye => "at bye, or when stdin ends, finish and exit 0 within 3 s",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Kind};

    #[test]
    fn a_fault_says_what_where_and_what_helps() {
        let fault = Fault::new(
            Kind::NotJson,
            "a line of the adapter is not JSON: an empty line",
        )
        .quote(b"hello\x1b[2J \xff", 11)
        .command("python3 adapter.py")
        .last_words("one\ntwo".to_owned());
        insta::assert_snapshot!(fault, @r#"
        not-json: a line of the adapter is not JSON: an empty line
          line:    hello\u{1b}[2J·\x{ff}
          command: python3 adapter.py
          stderr:  one
                   two
          help:    answers go to stdout, one JSON object a line; send logs to stderr
        "#);
    }

    #[test]
    fn a_long_line_is_cut_and_says_how_long_it_is() {
        let fault = Fault::new(Kind::NotJson, "x").quote(&[b'a'; 300], 1000);
        assert!(fault.to_string().contains("aaa… (1000 bytes)"));
    }
}
