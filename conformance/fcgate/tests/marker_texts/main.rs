//! A marker secret and a marker token go through everything that the crates and the gate print: no text shows a piece of them.
//!
//! A text is the `Debug` or `Display` output of a value, a panic, an output of a command, a report, a transcript, or what
//! another user sees of a process. Each is searched for the markers in plain, base64, hex, percent and reversed form, and for
//! pieces of them, so that a split marker is found too.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod commands;
mod credentials;
mod invocations;
mod panics;
mod processes;
mod search;

use std::fmt::Debug;

use search::{SECRET, Search, TOKEN};

/// The fewest texts: fewer would mean that a part of this test was lost.
const FEWEST: usize = 300;

/// A text, and where it comes from.
pub(crate) struct Text {
    pub(crate) source: String,
    pub(crate) text: String,
}

impl Text {
    pub(crate) fn new(source: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            source: source.into(),
            text: text.into(),
        }
    }

    /// The two `Debug` outputs of a value.
    pub(crate) fn debug(source: &str, value: &impl Debug) -> Vec<Self> {
        vec![
            Self::new(format!("{source}, Debug"), format!("{value:?}")),
            Self::new(format!("{source}, long Debug"), format!("{value:#?}")),
        ]
    }

    /// The `Debug` and `Display` outputs of an error and of its sources.
    pub(crate) fn error(source: &str, error: &impl std::error::Error) -> Vec<Self> {
        let mut texts = Self::debug(source, error);
        texts.push(Self::new(format!("{source}, Display"), error.to_string()));
        let mut cause = error.source();
        while let Some(error) = cause {
            texts.push(Self::new(
                format!("{source}, a source"),
                format!("{error} {error:?}"),
            ));
            cause = error.source();
        }
        texts
    }
}

#[test]
fn no_text_shows_a_secret_or_a_token() {
    let texts: Vec<Text> = [
        credentials::texts(),
        invocations::texts(),
        panics::texts(),
        commands::texts(),
        processes::texts(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let searches = [SECRET, TOKEN].map(Search::new);
    let mut hits = Vec::new();
    for Text { source, text } in &texts {
        for search in &searches {
            if let Some((form, piece)) = search.find(text) {
                hits.push(format!("{source}: {form} {piece:?}"));
            }
        }
    }
    let count = texts.len();
    assert!(
        hits.is_empty(),
        "{} hits in {count} texts:\n{}",
        hits.len(),
        hits.join("\n")
    );
    assert!(count >= FEWEST, "{count} texts, expected at least {FEWEST}");
    let empty = texts.iter().filter(|text| text.text.is_empty()).count();
    assert!(
        empty < texts.len() / 5,
        "{empty} of {count} texts are empty"
    );
}
