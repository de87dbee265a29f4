//! A captured request with its signature.

use fcgate_protocol::{SignInput, SignKind};

use crate::signing::encoding::{form_decode, text};
use crate::signing::rule::Rule;
use crate::signing::sign_again::{SignedAgain, sign_again};

use super::clues::Clues;

/// A captured request with the signature that the search must reproduce.
#[derive(Debug, Clone)]
pub struct SignedRequest {
    /// The rule by which it is signed.
    pub rule: Rule,
    /// The request without its signature.
    pub input: SignInput,
    /// Lists of signed names of ACS3 to try: the list of the request first. One empty list for the other rules.
    pub names: Vec<Vec<String>>,
    /// The authorization as sent, or the signature of a signed URL.
    pub authorization: String,
    /// The signature alone.
    pub signature: String,
    /// What else is known.
    pub clues: Clues,
}

impl SignedRequest {
    /// The signature that the rule gives, with its texts.
    pub fn sign(&self) -> SignedAgain {
        sign_again(self.rule, &self.input, self.first_names(), &[])
    }

    /// Whether the authorization is correct; other parts of the request may still be wrong.
    pub fn is_signed_correctly(&self) -> bool {
        self.is_sent(&self.sign())
    }

    /// The same request with only the lists of names that do not give its signature.
    ///
    /// `None` if the request is not signed correctly.
    pub(super) fn with_other_names(&self) -> Option<Self> {
        if !self.is_signed_correctly() {
            return None;
        }
        let mut other = self.clone();
        other.names.retain(|names| {
            let signed = sign_again(self.rule, &self.input, names, &[]);
            signed.authorization != self.authorization
        });
        Some(other)
    }

    pub(super) fn first_names(&self) -> &[String] {
        self.names.first().map_or(&[], Vec::as_slice)
    }

    /// Whether this is the captured authorization.
    pub(super) fn is_sent(&self, signed: &SignedAgain) -> bool {
        if self.input.kind == Some(SignKind::PresignedUrl) {
            text(form_decode(&signed.authorization)) == self.authorization
        } else {
            signed.authorization == self.authorization
        }
    }
}
