//! The error of the readers.

use std::fmt;

/// The forms that are read, for the end of an error.
const FORMS: &str = "raw HTTP/1.1, `curl -v`, `curl --trace`, a `curl` command, HAR, HTTP/2 headers with `:method` and `:path`, \
    and what Python, Node, Go, Ruby, PHP, OkHttp, Apache HttpClient, httpie, Postman, mitmproxy, Wireshark and `tcpdump -A` \
    print of a request";

/// The error for a text that is not a capture in a known form. It never contains a part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreadable {
    problem: String,
    hint: Option<&'static str>,
}

impl Unreadable {
    /// A text in which no request was found.
    pub(super) fn new(problem: impl Into<String>) -> Self {
        Self {
            problem: problem.into(),
            hint: None,
        }
    }

    /// A form that was recognized and cannot be read, with the way to a capture that can.
    pub(super) fn with_hint(problem: impl Into<String>, hint: &'static str) -> Self {
        Self {
            problem: problem.into(),
            hint: Some(hint),
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)?;
        if let Some(hint) = self.hint {
            write!(f, "; {hint}")?;
        }
        write!(f, "\nforms that are read: {FORMS}")
    }
}

impl std::error::Error for Unreadable {}
