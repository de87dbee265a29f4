//! Redacts reports: removes access key secrets and truncates signatures.

use std::collections::BTreeSet;

use fcgate_cases::corpus::{Corpus, Stimulus};
use fcgate_cases::judge::{CaseResult, Check, Value};
use fcgate_protocol::{Credentials, Sdk};
use fcgate_text::redaction::{Redactor, cut_signature, redact_signatures};

/// The check whose values are signatures, without a name before them.
const SIGNATURE: &str = "signature";

/// Replaces the access key secrets of a corpus and truncates signatures.
#[derive(Debug)]
pub(crate) struct CorpusRedactor(Redactor);

impl CorpusRedactor {
    /// Creates a redactor for the results of this corpus.
    pub(crate) fn of(corpus: &Corpus) -> Self {
        let cases = corpus.groups.iter().flat_map(|group| &group.cases);
        let secrets: BTreeSet<&str> = cases
            .filter_map(|case| credentials(&case.stimulus))
            .map(|credentials| credentials.access_key_secret.as_str())
            .collect();
        let redactor = secrets.into_iter().fold(Redactor::new(), Redactor::secret);
        Self(redactor)
    }

    pub(crate) fn subject(&self, subject: &mut Sdk) {
        for text in [
            &mut subject.name,
            &mut subject.version,
            &mut subject.language,
        ] {
            self.text(text);
        }
    }

    pub(crate) fn names(&self, names: &mut [String]) {
        for name in names {
            self.text(name);
        }
    }

    pub(crate) fn results(&self, results: &mut [CaseResult]) {
        for result in results {
            for check in &mut result.checks {
                self.check(check);
            }
            if let Some(note) = &mut result.note {
                self.text(note);
            }
        }
    }

    fn check(&self, check: &mut Check) {
        // The number of leading bytes that the redaction changed in neither value.
        let mut unchanged = usize::MAX;
        let is_signature = check.id == SIGNATURE;
        for side in [&mut check.expected, &mut check.actual]
            .into_iter()
            .flatten()
        {
            unchanged = self
                .value(side, is_signature)
                .unwrap_or(usize::MAX)
                .min(unchanged);
        }
        let Some(difference) = &mut check.first_difference else {
            return;
        };
        if unchanged <= difference.offset {
            difference.hide();
        } else if unchanged < usize::MAX {
            let sides = [&check.expected, &check.actual].map(|side| side.as_ref()?.bytes());
            if let [Some(expected), Some(actual)] = sides {
                difference.show(expected, actual);
            }
        }
    }

    /// Redacts a value, which may be a signature itself; returns the offset of the first byte that changed.
    fn value(&self, value: &mut Value, is_signature: bool) -> Option<usize> {
        let bytes = match value {
            Value::Text(text) => return self.text(text).then_some(0),
            Value::Bytes(bytes) => bytes,
        };
        // A replaced secret may hide the start of a signature, so that signatures are cut first.
        let mut cut = Vec::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            let text = if is_signature {
                cut_signature(chunk.valid())
            } else {
                redact_signatures(chunk.valid())
            };
            cut.extend_from_slice(text.as_bytes());
            cut.extend_from_slice(chunk.invalid());
        }
        let redacted = self.0.redact(&cut).into_owned();
        if redacted == *bytes {
            return None;
        }
        let mut pairs = redacted.iter().zip(bytes.iter());
        let first = pairs.position(|(one, other)| one != other);
        let first = first.unwrap_or(redacted.len().min(bytes.len()));
        *bytes = redacted;
        Some(first)
    }

    /// Redacts a text. Returns whether the text changed.
    fn text(&self, text: &mut String) -> bool {
        let redacted = self.0.redact_text(&redact_signatures(text)).into_owned();
        let changed = redacted != *text;
        *text = redacted;
        changed
    }
}

fn credentials(stimulus: &Stimulus) -> Option<&Credentials> {
    match stimulus {
        Stimulus::Sign { given, .. } => Some(&given.credentials),
        Stimulus::Build { given, .. } => Some(&given.credentials),
        Stimulus::Invoke { given, .. } => Some(&given.credentials),
        Stimulus::Parse { .. } => None,
    }
}
