//! A fault of an adapter: it could not start, or it broke the protocol.

use std::error::Error;
use std::fmt::{self, Write as _};
use std::io;

use fcgate_text::visible::visible;

use crate::shortage;
use crate::subject::SubjectError;

/// The maximum number of bytes of a wrong line that are quoted.
pub(super) const QUOTED: usize = 300;

/// A fault of an adapter: it could not be started, or it broke the protocol. The run ends.
///
/// The text starts with a short word for the kind. It quotes the wrong line, the command and the last lines of
/// standard error, and explains how to fix the fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    kind: Kind,
    text: String,
    quoted: Option<String>,
    command: String,
    stderr_tail: String,
}

/// The kinds of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Prepare,
    Spawn,
    Shortage,
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
    pub(super) fn new(kind: Kind, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            quoted: None,
            command: String::new(),
            stderr_tail: String::new(),
        }
    }

    /// Creates the fault of a program that the system did not start. `kind` is the kind if the reason is the program.
    pub(super) fn not_started(kind: Kind, error: &io::Error) -> Self {
        if shortage::is_shortage(error) {
            return Self::shortage(error);
        }
        Self::new(kind, format!("cannot start the program: {error}"))
    }

    /// Creates the fault of a machine that cannot start a program at the moment.
    pub(super) fn shortage(error: &impl fmt::Display) -> Self {
        let text = format!(
            "expected enough file descriptors, processes and memory to start the program, found: {error}"
        );
        Self::new(Kind::Shortage, text)
    }

    /// Whether the machine of the gate caused it, and not the adapter.
    pub fn is_of_the_machine(&self) -> bool {
        self.kind == Kind::Shortage
    }

    /// The error of a case that has no reply because of this fault.
    ///
    /// The text is the same for every fault of the adapter, because with several pending requests any of them may be
    /// the first that meets the fault. The run reports the fault once.
    pub(super) fn error_of_case(&self) -> SubjectError {
        if self.is_of_the_machine() {
            return SubjectError::Harness(self.summary());
        }
        SubjectError::Unavailable("the adapter broke the protocol".to_owned())
    }

    /// Quotes the start of the wrong line, already redacted, and the length of the whole line.
    pub(super) fn quote(mut self, head: &[u8], length: usize) -> Self {
        let mut quoted = visible(head);
        if length > QUOTED {
            let _ = write!(quoted, "… ({length} bytes)");
        }
        self.quoted = Some(quoted);
        self
    }

    /// Adds the command, already escaped.
    pub(super) fn command(mut self, command: &str) -> Self {
        command.clone_into(&mut self.command);
        self
    }

    /// Adds the last lines of standard error (of all output for a preparation), already escaped.
    pub(super) fn stderr_tail(mut self, lines: String) -> Self {
        self.stderr_tail = lines;
        self
    }

    /// The kind in one word: `prepare`, `spawn`, `shortage`, `exited`, `hello-timeout`, `version`, `not-json`, `not-utf8`, `too-long`,
    /// `schema`, `unknown-seq`, `repeated-seq`, `unasked-reply`, `eof`, `truncated-line`, `dishonest` or `bye`.
    pub fn kind(&self) -> &'static str {
        self.kind.word()
    }

    /// Returns a description of the fault on one line, without the quoted line. It is the same in every run.
    pub fn summary(&self) -> String {
        format!("{}: {}", self.kind.word(), self.text)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.word(), self.text)?;
        if let Some(quoted) = &self.quoted {
            write!(f, "\n  line:    {quoted}")?;
        }
        if !self.command.is_empty() {
            write!(f, "\n  command: {}", self.command)?;
        }
        for (number, line) in self.stderr_tail.lines().enumerate() {
            let label = match (number, self.kind) {
                (0, Kind::Prepare) => "output:",
                (0, _) => "stderr:",
                _ => "",
            };
            write!(f, "\n  {label:<8} {line}")?;
        }
        write!(f, "\n  help:    {}", self.kind.help())
    }
}

impl Error for Fault {}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::Spawn => "spawn",
            Self::Shortage => "shortage",
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
            Self::Prepare => {
                "run the command of prepare in fcgate.toml by hand, in the folder of that file; the adapter was not started"
            }
            Self::Spawn => {
                "pass an executable program (a script starts with #!), then its arguments"
            }
            Self::Shortage => {
                "the adapter was not judged: raise the limits of file descriptors, processes and memory (ulimit -n, -u and -v), or start fewer copies with --processes"
            }
            Self::Exited => {
                "keep the adapter running and reply to every line on stdin until stdin is closed"
            }
            Self::HelloTimeout => {
                "reply to hello immediately and flush stdout after every line; for a slow start set hello_timeout in fcgate.toml, for a build prepare"
            }
            Self::Version => {
                "reply to hello with \"p\": 1, the version of the protocol that this gate supports"
            }
            Self::NotJson | Self::NotUtf8 | Self::TooLong | Self::TruncatedLine => {
                "write only replies to stdout, one JSON object per line; write logs to stderr"
            }
            Self::Schema => {
                "reply with \"seq\" and exactly one of \"ok\", \"err\" and \"unsupported\" (docs/adapter-protocol.md)"
            }
            Self::UnknownSeq | Self::RepeatedSeq | Self::UnaskedReply => {
                "send one reply per request, with the seq of the request"
            }
            Self::Eof => "keep stdout open until stdin is closed",
            Self::Dishonest => {
                "reply with \"unsupported\" to every unknown command, and with the same hello after every start"
            }
            Self::Bye => "exit with status 0 within 3 s after bye, or after stdin is closed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Kind};

    #[test]
    fn a_fault_shows_the_line_the_command_stderr_and_help() {
        let fault = Fault::new(
            Kind::NotJson,
            "the adapter wrote a line that is not JSON: the line is empty",
        )
        .quote(b"hello\x1b[2J \xff", 11)
        .command("python3 adapter.py")
        .stderr_tail("one\ntwo".to_owned());
        insta::assert_snapshot!(fault, @r#"
        not-json: the adapter wrote a line that is not JSON: the line is empty
          line:    hello\u{1b}[2J·\x{ff}
          command: python3 adapter.py
          stderr:  one
                   two
          help:    write only replies to stdout, one JSON object per line; write logs to stderr
        "#);
    }

    #[test]
    fn a_long_line_is_truncated_and_shows_its_length() {
        let fault = Fault::new(Kind::NotJson, "x").quote(&[b'a'; 300], 1000);
        assert!(fault.to_string().contains("aaa… (1000 bytes)"));
    }
}
