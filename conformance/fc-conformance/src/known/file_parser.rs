//! Parses a file of known failures.

use std::collections::BTreeSet;
use std::fmt;

use globset::Glob;
use jiff::civil::Date;
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;
use toml::value::Datetime;

use crate::toml_file;
use fcgate_text::visible;

use super::entry::{Entry, Pattern};
use super::error::KnownError;
use super::issue::check_issue;
use super::list::Known;

/// The version of the file that this gate reads.
pub(super) const VERSION: i64 = 1;

const KEYS: [&str; 8] = [
    "version", "known", "match", "sees", "because", "issue", "added", "expires",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Spanned<i64>,
    #[serde(default)]
    known: Vec<Spanned<Written>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "match")]
    patterns: Texts,
    sees: Texts,
    because: String,
    issue: String,
    #[serde(deserialize_with = "day")]
    added: Date,
    #[serde(deserialize_with = "day")]
    expires: Date,
}

impl Known {
    /// Parses the text of a file; `name` is the name of the file in messages.
    ///
    /// # Errors
    ///
    /// If the syntax is invalid, the version or a key is unknown, a field is missing or empty, a date is invalid, a
    /// text contains an invisible character, `issue` is neither a web address nor a reference, or a pattern occurs twice or matches every case.
    pub fn read(text: &str, name: &str) -> Result<Self, KnownError> {
        let file: File =
            toml_file::read(text, &KEYS).map_err(|error| KnownError::of_toml(name, error))?;
        let line = |span: std::ops::Range<usize>| toml_file::line_of(text, span.start);
        if *file.version.get_ref() != VERSION {
            let message = format!(
                "version {} is unknown; this gate reads {VERSION}",
                file.version.get_ref()
            );
            let line = line(file.version.span());
            return Err(KnownError::of_file(name, Some(line), message));
        }
        let mut known = Self {
            file: name.to_owned(),
            entries: Vec::with_capacity(file.known.len()),
        };
        let mut seen = BTreeSet::new();
        for (place, written) in file.known.into_iter().enumerate() {
            let line = line(written.span());
            let entry = entry(name, place + 1, line, written.into_inner())?;
            for pattern in &entry.patterns {
                if !seen.insert(pattern.text.clone()) {
                    let shown = visible::line(&pattern.text, 120);
                    let message = format!("the pattern '{shown}' is listed twice");
                    return Err(KnownError::of_entry(name, &entry, message));
                }
            }
            known.entries.push(entry);
        }
        Ok(known)
    }
}

fn entry(name: &str, number: usize, line: usize, written: Written) -> Result<Entry, KnownError> {
    let mut entry = Entry {
        number,
        line,
        patterns: Vec::new(),
        sees: written.sees.0,
        issue: written.issue,
        added: written.added,
        expires: written.expires,
    };
    let wrong = |message: String| KnownError::of_entry(name, &entry, message);
    for (field, empty) in [
        ("match", written.patterns.0.is_empty()),
        (
            "match",
            written.patterns.0.iter().any(|text| text.trim().is_empty()),
        ),
        ("sees", entry.sees.is_empty()),
        ("sees", entry.sees.iter().any(|text| text.trim().is_empty())),
        ("because", written.because.trim().is_empty()),
        ("issue", entry.issue.trim().is_empty()),
    ] {
        if empty {
            return Err(wrong(format!("`{field}` is empty")));
        }
    }
    check_issue(&entry.issue).map_err(wrong)?;
    // The file is read in a terminal or on a page, and messages show these texts.
    let because = written.because.lines().map(|line| ("because", line));
    let sees = entry.sees.iter().map(|text| ("sees", text.as_str()));
    for (field, text) in because.chain(sees) {
        if let Some(character) = visible::invisible(text) {
            let shown = visible::line(&character.to_string(), 20);
            return Err(wrong(format!(
                "`{field}` contains the invisible character {shown}; remove it"
            )));
        }
    }
    if entry.expires < entry.added {
        return Err(wrong("it expires before it was added".to_owned()));
    }
    let mut patterns = Vec::new();
    for text in written.patterns.0 {
        let shown = visible::line(&text, 120);
        if !text.is_empty() && text.bytes().all(|byte| byte == b'*') {
            return Err(wrong(format!("the pattern '{shown}' matches every case")));
        }
        let glob = Glob::new(&text).map_err(|error| {
            wrong(format!(
                "the pattern '{shown}' is not a valid glob: {}",
                error.kind()
            ))
        })?;
        let matcher = glob.compile_matcher();
        patterns.push(Pattern { text, matcher });
    }
    entry.patterns = patterns;
    Ok(entry)
}

/// One text, or a list of texts.
struct Texts(Vec<String>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;

        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Texts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E>(self, text: &str) -> Result<Texts, E> {
                Ok(Texts(vec![text.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Texts, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = list.next_element()? {
                    texts.push(text);
                }
                Ok(Texts(texts))
            }
        }

        deserializer.deserialize_any(OneOrMany)
    }
}

/// Parses a local date of TOML, without quotes and without a time.
fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    const FORM: &str = "expected a date without quotes, like 2026-11-22";
    let written = Datetime::deserialize(deserializer).map_err(|_| D::Error::custom(FORM))?;
    let (Some(date), None, None) = (written.date, written.time, written.offset) else {
        return Err(D::Error::custom(FORM));
    };
    let part = |number: u8| i8::try_from(number).unwrap_or(i8::MAX);
    let year = i16::try_from(date.year).unwrap_or(i16::MAX);
    Date::new(year, part(date.month), part(date.day)).map_err(D::Error::custom)
}
