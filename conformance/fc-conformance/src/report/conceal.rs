//! What an adapter says goes into no report with a secret or a whole signature in it.

use std::collections::BTreeSet;

use fcgate_cases::corpus::{Corpus, Stimulus};
use fcgate_cases::judge::{CaseResult, Check, Difference};
use fcgate_protocol::{Credentials, Sdk};
use fcgate_runner::secret;
use fcgate_text::visible;

/// What stands for a secret.
const SECRET: &str = "[secret]";
/// How much of a signature is shown.
const SHOWN: usize = 6;
/// A shorter text is no signature.
const SHORTEST: usize = 16;

/// Finds the access key secrets of a corpus, in every form, and whatever looks like a signature.
pub(super) struct Veil {
    secrets: Vec<String>,
}

impl Veil {
    pub(super) fn of(corpus: &Corpus) -> Self {
        let cases = corpus.groups.iter().flat_map(|group| &group.cases);
        let forms: BTreeSet<Vec<u8>> = cases
            .filter_map(|case| credentials(&case.stimulus))
            .flat_map(secret::forms)
            .collect();
        let secrets = forms.iter().map(|form| visible::visible(form)).collect();
        Self { secrets }
    }

    pub(super) fn subject(&self, subject: &mut Sdk) {
        for text in [
            &mut subject.name,
            &mut subject.version,
            &mut subject.language,
        ] {
            self.text(text);
        }
    }

    pub(super) fn names(&self, names: &mut [String]) {
        for name in names {
            self.text(name);
        }
    }

    pub(super) fn results(&self, results: &mut [CaseResult]) {
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

    /// Whether something was hidden.
    fn text(&self, text: &mut String) -> bool {
        let mut hidden = false;
        for secret in &self.secrets {
            if text.contains(secret) {
                *text = text.replace(secret, SECRET);
                hidden = true;
            }
        }
        signatures(text) || hidden
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

/// Cuts `FC id:...`, `Signature=...`, `"signature": "..."` and the like after a few characters.
fn signatures(text: &mut String) -> bool {
    let mut hidden = false;
    let mut from = 0;
    while let Some(start) = next_signature(text, from) {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(|c| !of_signature(c)).unwrap_or(rest.len());
        if length >= SHORTEST {
            text.replace_range(start + SHOWN..start + length, "…");
            hidden = true;
        }
        from = start;
    }
    hidden
}

/// Where the next text begins that stands where a signature stands.
fn next_signature(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let named = rest
        .to_ascii_lowercase()
        .match_indices("signature")
        .find_map(|(at, word)| {
            let end = at + word.len();
            let after = rest.get(end..)?;
            let value = after.trim_start_matches(['=', ':', '"', '\'', ' ', '\\']);
            let between = after.len() - value.len();
            let separated = after.get(..between)?.contains(['=', ':']);
            separated.then_some(end + between)
        });
    let of_scheme = rest.match_indices("FC ").find_map(|(at, word)| {
        let end = at + word.len();
        let (id, _) = rest.get(end..)?.split_once(':')?;
        let is_id = id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c));
        is_id.then_some(end + id.len() + 1)
    });
    named.into_iter().chain(of_scheme).min().map(|at| from + at)
}

fn of_signature(character: char) -> bool {
    character.is_ascii_alphanumeric() || "+/=%-_".contains(character)
}

#[cfg(test)]
mod tests {
    use super::{Veil, signatures};

    #[test]
    fn of_every_signature_only_the_beginning_is_shown() {
        let long = "c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJlc2lnbmE=";
        for (before, after) in [
            ("Authorization: FC AKID:", " and more"),
            (
                "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=",
                "",
            ),
            ("https://h/p?x-fc-signature=", "&a=b"),
            ("{\"Signature\": \"", "\"}"),
            ("signature: ", ", FC id:short"),
        ] {
            let mut text = format!("{before}{long}{after}");
            assert!(signatures(&mut text), "{before}");
            assert_eq!(text, format!("{before}c2lnbm…{after}"));
            assert!(!signatures(&mut text), "twice is as once");
        }
    }

    #[test]
    fn two_signatures_are_two() {
        let mut text = "FC a:0123456789abcdef0123, FC b:0123456789abcdef0123".to_owned();
        signatures(&mut text);
        assert_eq!(text, "FC a:012345…, FC b:012345…");
    }

    #[test]
    fn what_is_no_signature_stays() {
        for plain in [
            "x-acs-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "x-acs-signature-nonce:3f1c2a4b5d6e7f8091a2b3c4d5e6f708",
            "SignatureDoesNotMatch: the request signature we calculated does not match",
            "FC is a service: it runs functions",
        ] {
            let mut text = plain.to_owned();
            assert!(!signatures(&mut text), "{text}");
        }
    }

    #[test]
    fn a_secret_is_hidden_in_every_form() {
        let veil = Veil {
            secrets: vec!["secret-word".to_owned(), "736563".to_owned()],
        };
        let mut text = "a secret-word and 736563".to_owned();
        assert!(veil.text(&mut text));
        assert_eq!(text, "a [secret] and [secret]");
    }
}
