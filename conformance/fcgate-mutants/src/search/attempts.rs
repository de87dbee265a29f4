//! Signs a captured request again, with and without mistakes, and compares the signature with the captured one.

use fcgate_protocol::SignInput;

use crate::mutant::Mutant;
use crate::signing::sign_again::{SignedAgain, sign_again};

use super::budget::Budget;
use super::candidates;
use super::found_mistakes::{Found, FoundMistake};
use super::original::{Original, Transformed};
use super::sent_signature::{Reading, readings};
use super::signed_request::SignedRequest;

/// The attempts of one search. Each costs a part of the budget.
#[derive(Debug)]
pub(super) struct Attempts<'a> {
    request: &'a SignedRequest,
    /// The request without a body that no signature covers.
    pub(super) input: SignInput,
    pub(super) readings: Vec<Reading>,
    /// About how many bytes one attempt reads.
    weight: usize,
    pub(super) budget: Budget,
}

impl<'a> Attempts<'a> {
    pub(super) fn new(request: &'a SignedRequest) -> Self {
        let mut input = request.input.clone();
        input.body = Vec::new();
        let headers = request.input.headers.iter();
        let headers: usize = headers
            .map(|(name, value)| name.len() + value.len() + 256)
            .sum();
        let names: usize = request
            .first_names()
            .iter()
            .map(|name| name.len() + 48)
            .sum();
        Self {
            request,
            readings: readings(request.rule, &request.signature),
            weight: request.input.url.len() * 4 + headers + names,
            budget: Budget::new(),
            input,
        }
    }

    pub(super) fn request(&self) -> &'a SignedRequest {
        self.request
    }

    /// The captured request, as the transformations see it.
    pub(super) fn original(&self) -> Original<'_> {
        self.with_input(&self.input)
    }

    pub(super) fn with_input<'b>(&'b self, input: &'b SignInput) -> Original<'b> {
        Original {
            rule: self.request.rule,
            input,
            names: self.request.first_names(),
            clues: &self.request.clues,
        }
    }

    /// The reading of the captured signature that this request gives.
    pub(super) fn reading_of(&self, input: &SignInput) -> Option<&Reading> {
        if self.readings.is_empty() || !self.budget.spend(self.weight) {
            return None;
        }
        let rule = self.request.rule;
        let covered = rule.covered(input, self.request.first_names());
        let signature = rule.signature(&input.credentials.access_key_secret, &covered);
        self.readings
            .iter()
            .find(|reading| reading.bytes == signature)
    }

    /// The explanation by a transformed request, after the mistakes that led to it.
    pub(super) fn transformed(
        &self,
        before: &[FoundMistake],
        transformed: &Transformed,
    ) -> Option<Found> {
        let reading = self.reading_of(&transformed.input)?;
        let last = FoundMistake::named(transformed.mistake, transformed.detail.as_str())?;
        let mut mistakes = before.to_vec();
        mistakes.push(last);
        Some(self.found(mistakes, reading, &transformed.input))
    }

    /// The explanation of a request that these mistakes changed.
    pub(super) fn found(
        &self,
        mut mistakes: Vec<FoundMistake>,
        reading: &Reading,
        input: &SignInput,
    ) -> Found {
        let change = reading
            .change
            .and_then(|change| FoundMistake::named("signature-changed-on-the-way", change));
        mistakes.extend(change);
        Found {
            mistakes,
            signed: sign_again(self.request.rule, input, self.request.first_names(), &[]),
            correct: self.request.sign(),
        }
    }

    /// The explanation by known mistakes in signing this request, with one of the lists of signed names.
    pub(super) fn known(&self, input: &SignInput, mistakes: &[&'static Mutant]) -> Option<Found> {
        let mut lists = self.request.names.iter();
        lists.find_map(|names| self.known_by_names(input, names, mistakes))
    }

    /// The same with the sent list of signed names only.
    pub(super) fn known_by_first_names(
        &self,
        input: &SignInput,
        mistake: &'static Mutant,
    ) -> Option<Found> {
        self.known_by_names(input, self.request.first_names(), &[mistake])
    }

    fn known_by_names(
        &self,
        input: &SignInput,
        names: &[String],
        mistakes: &[&'static Mutant],
    ) -> Option<Found> {
        let signed = self.sign(input, names, mistakes)?;
        self.request.is_sent(&signed).then(|| Found {
            mistakes: mistakes.iter().copied().map(FoundMistake::of).collect(),
            signed,
            correct: sign_again(self.request.rule, &self.input, names, &[]),
        })
    }

    /// The known mistakes that change the signature of this request.
    pub(super) fn effective(&self, input: &SignInput) -> Vec<&'static Mutant> {
        let lists: Vec<(&[String], String)> = self
            .request
            .names
            .iter()
            .filter_map(|names| {
                let correct = self.sign(input, names, &[])?;
                Some((names.as_slice(), correct.authorization))
            })
            .collect();
        candidates::of_captured_request(self.request.rule)
            .filter(|mutant| {
                lists.iter().any(|(names, correct)| {
                    let signed = self.sign(input, names, &[mutant]);
                    signed.is_some_and(|signed| signed.authorization != *correct)
                })
            })
            .collect()
    }

    fn sign(
        &self,
        input: &SignInput,
        names: &[String],
        mistakes: &[&'static Mutant],
    ) -> Option<SignedAgain> {
        let can = self.budget.spend(self.weight + input.body.len());
        can.then(|| sign_again(self.request.rule, input, names, mistakes))
    }
}
