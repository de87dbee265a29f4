//! A captured request with its signature, which can be signed again with mistakes.

use fcgate_protocol::{SignInput, SignKind};

use crate::mutant::Mutant;
use crate::signing::encoding::{form_decode, text};
use crate::signing::sign_again::{SignedAgain, sign_again};

use super::candidates;
use super::found_mistakes::Found;

/// A captured request with the signature that the search must reproduce.
#[derive(Debug, Clone)]
pub struct SignedRequest {
    /// The request without its signature.
    pub input: SignInput,
    /// Lists of signed names of ACS3 to try: the list of the request first. One empty list for `FC`.
    pub names: Vec<Vec<String>>,
    /// The authorization as sent, or the signature of a signed URL.
    pub authorization: String,
    /// The signature alone.
    pub signature: String,
}

impl SignedRequest {
    /// Whether the signature is correct; other parts of the request may still be wrong.
    pub fn is_signed_correctly(&self) -> bool {
        self.matches(&sign_again(&self.input, self.first_names(), &[]))
    }

    /// The same request without a large body, which is expensive to hash in each attempt. Mistakes
    /// about the body are then not found.
    pub(super) fn without_body_larger_than(&self, most: usize) -> Self {
        let mut light = self.clone();
        if light.input.body.len() > most {
            light.input.body = Vec::new();
        }
        light
    }

    /// The same request with only the lists of names that do not give its signature.
    pub(super) fn with_other_names(mut self) -> Option<Self> {
        if !self.is_signed_correctly() {
            return None;
        }
        let input = self.input.clone();
        let authorization = self.authorization.clone();
        self.names
            .retain(|names| sign_again(&input, names, &[]).authorization != authorization);
        Some(self)
    }

    /// Signs with these mistakes; a success if the signature is the captured one.
    pub(super) fn attempt(&self, mistakes: &[&'static Mutant]) -> Option<Found> {
        let names = self.names.iter();
        let mut attempts = names.map(|names| sign_again(&self.input, names, mistakes));
        Some(Found {
            signed: attempts.find(|signed| self.matches(signed))?,
            mistakes: mistakes.to_vec(),
            detail: None,
        })
    }

    /// The mistakes that change the signature of this request.
    pub(super) fn effective_mistakes(&self) -> Vec<&'static Mutant> {
        let authorization = |names: &[String], mistakes: &[&Mutant]| {
            sign_again(&self.input, names, mistakes).authorization
        };
        let first = self.first_names();
        let correct = authorization(first, &[]);
        candidates::of_captured_request(self.input.scheme)
            .filter(|mutant| {
                self.names
                    .iter()
                    .skip(1)
                    .any(|names| authorization(names, &[mutant]) != authorization(names, &[]))
                    || authorization(first, &[mutant]) != correct
            })
            .collect()
    }

    pub(super) fn first_names(&self) -> &[String] {
        self.names.first().map_or(&[], Vec::as_slice)
    }

    /// Whether this is the captured authorization.
    fn matches(&self, signed: &SignedAgain) -> bool {
        if self.input.kind == Some(SignKind::PresignedUrl) {
            text(form_decode(&signed.authorization)) == self.authorization
        } else {
            signed.authorization == self.authorization
        }
    }
}
