//! What the played answers show: their themes, and the words and levels that the rules do not give.

use super::case::Level;
use super::parse_envelopes::ENVELOPES;
use super::parse_refusals::REFUSALS;
use super::parse_successes::SUCCESSES;

pub(super) struct Row {
    pub(super) answer: &'static str,
    pub(super) theme: &'static str,
    pub(super) title: &'static str,
    pub(super) requirements: &'static [&'static str],
    pub(super) because: &'static str,
    pub(super) judged: Judged,
}

/// How the outcome of the rules is used.
#[derive(Clone, Copy)]
pub(super) enum Judged {
    /// As the rules say.
    AsRead,
    /// At this level, whatever the rules say.
    At(Level),
}

pub(super) const fn row(
    answer: &'static str,
    theme: &'static str,
    title: &'static str,
    requirements: &'static [&'static str],
    because: &'static str,
) -> Row {
    Row {
        answer,
        theme,
        title,
        requirements,
        because,
        judged: Judged::AsRead,
    }
}

pub(super) const fn at(level: Level, mut row: Row) -> Row {
    row.judged = Judged::At(level);
    row
}

pub(super) fn find(answer: &str) -> Option<&'static Row> {
    let mut rows = SUCCESSES.iter().chain(ENVELOPES).chain(REFUSALS);
    rows.find(|row| row.answer == answer)
}

/// The themes in the order of the files, each with its summary.
pub(super) const THEMES: &[(&str, &str)] = &[
    ("success", "Successes, as bytes and fields."),
    (
        "function-error",
        "Function errors: the header decides, not the body.",
    ),
    ("log-tail", "The log of the call, in its header."),
    ("headers", "Header names, values and numbers that vary."),
    (
        "framing",
        "Answers whose framing or coding varies; they are given without their chunks.",
    ),
    ("accepted", "Acceptances of asynchronous calls."),
    (
        "service-error",
        "One refusal for each status and body type.",
    ),
    (
        "error-bodies",
        "Error bodies of every shape, and request ids from header and body.",
    ),
    ("redirects", "Redirects, which are never followed."),
];
