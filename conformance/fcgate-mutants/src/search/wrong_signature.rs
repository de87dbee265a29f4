//! The search for the text that gives the wrong signature of a request that a subject sent.

use fcgate_protocol::SignInput;

use crate::mutant::Mutant;
use crate::signing::rule::Rule;
use crate::signing::sign_again::sign_again;

use super::candidates;
use super::combinations::singles;

/// A larger body is not hashed in each attempt.
const LARGE_BODY: usize = 1 << 20;

/// A text that gives the signature of a request, and the mistakes with which it is made, each alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureMistakes {
    /// The mistakes; empty if the signature is right for the names that were signed.
    pub mistakes: Vec<&'static Mutant>,
    /// The text.
    pub text: Vec<u8>,
}

/// Finds every mistake that gives this authorization alone.
///
/// `input` is the request without its authorization. `names` are lists of signed names of ACS3: the list of the
/// request first; one empty list for `FC`.
pub fn mistakes_of_signature(
    rule: Rule,
    input: &SignInput,
    names: &[Vec<String>],
    authorization: &str,
) -> Option<SignatureMistakes> {
    if input.body.len() > LARGE_BODY {
        return None;
    }
    let sent = names.first().map_or(&[][..], Vec::as_slice);
    let right = sign_again(rule, input, sent, &[]);
    if right.authorization == authorization {
        return Some(SignatureMistakes {
            mistakes: Vec::new(),
            text: right.covered,
        });
    }
    let attempt = |mistakes: &[&'static Mutant]| {
        let mut signed = names
            .iter()
            .map(|names| sign_again(rule, input, names, mistakes));
        let signed = signed.find(|signed| signed.authorization == authorization)?;
        Some((*mistakes.first()?, signed.covered))
    };
    let found: Vec<(&'static Mutant, Vec<u8>)> =
        singles(candidates::of_captured_request(rule), attempt).collect();
    let (_, text) = found.first()?.clone();
    Some(SignatureMistakes {
        mistakes: found.into_iter().map(|(mutant, _)| mutant).collect(),
        text,
    })
}
