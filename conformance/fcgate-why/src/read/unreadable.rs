//! The error of the readers.

use std::fmt;

/// The forms that are read, for the end of an error.
const FORMS: &str = "raw HTTP/1.1, `curl -v`, `curl --trace`, HAR, HTTP/2 headers with `:method` and `:path`, \
    what Python, Node, Go, Ruby, PHP, Java, .NET, OkHttp, Apache HttpClient, httpie, Postman, mitmproxy, Fiddler, Charles, \
    Wireshark and tcpdump print of a request, hexadecimal dumps, printed objects with the URL and the headers, and commands \
    without variables (curl, httpie, wget, `fetch`, PowerShell)";

/// The error for a text that is not a capture in a known form. It never contains a part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreadable {
    problem: String,
    hint: Option<&'static str>,
    /// Whether the text may have another form than the one that was tried.
    is_about_form: bool,
}

impl Unreadable {
    /// A text in which no request was found.
    pub(super) fn new(problem: impl Into<String>) -> Self {
        Self {
            problem: problem.into(),
            hint: None,
            is_about_form: false,
        }
    }

    /// A text that does not have the form that was tried.
    pub(super) fn another_form(problem: impl Into<String>) -> Self {
        Self {
            is_about_form: true,
            ..Self::new(problem)
        }
    }

    /// Whether the text may have another form than the one that was tried.
    pub(super) const fn is_about_form(&self) -> bool {
        self.is_about_form
    }

    /// A form that was recognized and cannot be read, with the way to a capture that can.
    pub(super) fn with_hint(problem: impl Into<String>, hint: &'static str) -> Self {
        Self {
            problem: problem.into(),
            hint: Some(hint),
            is_about_form: false,
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
