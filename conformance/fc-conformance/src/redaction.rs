//! The redaction of a report: no access key secret and no whole signature.

use std::collections::BTreeSet;

use fcgate_cases::corpus::{Corpus, Stimulus};
use fcgate_cases::judge::{CaseResult, Check, Difference};
use fcgate_protocol::{Credentials, Sdk};
use fcgate_text::redaction::{Redactor, redact_signatures};

/// Replaces the access key secrets of a corpus and cuts signatures.
#[derive(Debug)]
pub(crate) struct CorpusRedactor(Redactor);

impl CorpusRedactor {
    /// A redactor for the results of a corpus.
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
        let sides = [&mut check.expected, &mut check.actual];
        let mut hidden = false;
        for side in sides.into_iter().flatten() {
            hidden |= self.text(side);
        }
        if hidden {
            // What is shown from the difference on may begin inside the secret.
            check.first_difference = check.first_difference.take().map(Difference::hidden);
        }
    }

    /// Redacts a text; whether that changed it.
    fn text(&self, text: &mut String) -> bool {
        let redacted = redact_signatures(&self.0.redact_text(text)).into_owned();
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
