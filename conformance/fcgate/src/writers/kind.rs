//! The kinds of report that can be written to a file.

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use fcgate_cases::corpus::Corpus;
use fcgate_text::visible;

use fc_conformance::report::{Report, timings, timings_path};

use super::{WriteError, badge, file, html, json, jsonl, junit, markdown, tap};

/// A kind of report.
///
/// ```
/// use fcgate::writers::Kind;
///
/// assert_eq!("junit".parse(), Ok(Kind::Junit));
/// let error = "junti".parse::<Kind>().unwrap_err().to_string();
/// assert!(error.ends_with("did you mean 'junit'?"), "{error}");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// One JSON document. Equal runs give the same bytes.
    Json,
    /// One JSON object per line: the run, every case, every cause, the verdict.
    Jsonl,
    /// `JUnit` XML.
    Junit,
    /// TAP 14.
    Tap,
    /// A step summary in Markdown.
    Md,
    /// One self-contained HTML page.
    Html,
    /// A badge for an endpoint of shields.io.
    Badge,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Json,
        Self::Jsonl,
        Self::Junit,
        Self::Tap,
        Self::Md,
        Self::Html,
        Self::Badge,
    ];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Junit => "junit",
            Self::Tap => "tap",
            Self::Md => "md",
            Self::Html => "html",
            Self::Badge => "badge",
        }
    }

    fn text(
        self,
        report: &Report,
        corpus: &Corpus,
    ) -> Result<String, Box<dyn Error + Send + Sync>> {
        Ok(match self {
            Self::Json => json(report)?,
            Self::Jsonl => jsonl(report)?,
            Self::Junit => junit(report, corpus)?,
            Self::Tap => tap(report, corpus),
            Self::Md => markdown(report, corpus),
            Self::Html => html(report, corpus),
            Self::Badge => badge(report)?,
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The error for an unknown kind of report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKind(String);

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown report kind '{}'", visible::line(&self.0, 40))?;
        let similarity = |name: &&str| strsim::normalized_damerau_levenshtein(name, &self.0);
        let names = Kind::ALL.map(Kind::name);
        let nearest = names
            .into_iter()
            .filter(|name| similarity(name) >= 0.5)
            .max_by(|one, other| similarity(one).total_cmp(&similarity(other)));
        match nearest {
            Some(name) => write!(f, "; did you mean '{name}'?"),
            None => write!(f, "; expected one of: {}", names.join(", ")),
        }
    }
}

impl Error for UnknownKind {}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        let mut all = Self::ALL.into_iter();
        all.find(|kind| kind.name() == name)
            .ok_or_else(|| UnknownKind(name.to_owned()))
    }
}

/// Writes a report to a file.
///
/// For `json`, it also writes the timings to a file next to it.
///
/// # Errors
///
/// If the path names something other than a regular file, or the file cannot be written.
pub fn write(
    kind: Kind,
    report: &Report,
    corpus: &Corpus,
    times: Option<&[(String, Duration)]>,
    path: &Path,
) -> Result<(), WriteError> {
    let text = kind.text(report, corpus);
    let text = text.map_err(|error| WriteError::not_generated(path, error))?;
    file::write(path, &text)?;
    if let (Kind::Json, Some(times)) = (kind, times) {
        let timings_path = timings_path(path);
        let text = timings(report, times)
            .map_err(|error| WriteError::not_generated(&timings_path, error))?;
        file::write(&timings_path, &text)?;
    }
    Ok(())
}

/// Appends a report to a file, for example to a step summary.
///
/// # Errors
///
/// If the path names something other than a regular file, or the file cannot be written.
pub fn append(kind: Kind, report: &Report, corpus: &Corpus, path: &Path) -> Result<(), WriteError> {
    let text = kind.text(report, corpus);
    file::append(
        path,
        &text.map_err(|error| WriteError::not_generated(path, error))?,
    )
}
