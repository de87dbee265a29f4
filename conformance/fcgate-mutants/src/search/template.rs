//! A text to sign with a hole for guesses; each guess hashes only the text from the hole on.

use hmac::{Hmac, KeyInit as _, Mac as _};
use memchr::memmem;
use sha2::{Digest as _, Sha256};

use fcgate_protocol::SignInput;

use crate::signing::rule::Rule;

use super::attempts::Attempts;
use super::budget::Budget;

/// Marks the place of the guess; no request contains it.
pub(super) const PLACEHOLDER: &str = "\u{1}\u{2}\u{1}";

/// The hash of the text before the hole, the text after it, and the signature to find.
pub(super) struct Template<'a> {
    key: Hmac<Sha256>,
    before: Before,
    after: Vec<u8>,
    signatures: Vec<&'a [u8]>,
    budget: &'a Budget,
}

enum Before {
    Fc(Hmac<Sha256>),
    Acs3(Sha256),
}

impl<'a> Template<'a> {
    /// `None` if the signed text does not contain the hole exactly once, or the signature is malformed.
    pub(super) fn of(attempts: &'a Attempts<'_>, holed: &SignInput) -> Option<Self> {
        let rule = attempts.request().rule;
        let readings = attempts.readings.iter();
        let signatures: Vec<&[u8]> = readings.map(|reading| reading.bytes.as_slice()).collect();
        let covered = rule.covered(holed, attempts.request().first_names());
        if signatures.is_empty() || !attempts.budget.spend(covered.len()) {
            return None;
        }
        let at = memmem::find(&covered, PLACEHOLDER.as_bytes())?;
        let (before, after) = covered.split_at_checked(at)?;
        let after = after.get(PLACEHOLDER.len()..)?;
        if memmem::find(after, PLACEHOLDER.as_bytes()).is_some() {
            return None;
        }
        let secret = holed.credentials.access_key_secret.as_bytes();
        let key = Hmac::<Sha256>::new_from_slice(secret).ok()?;
        let before = match rule {
            Rule::Fc => Before::Fc(key.clone().chain_update(before)),
            Rule::Acs3 => Before::Acs3(Sha256::new_with_prefix(before)),
            Rule::AcsV1 => return None,
        };
        Some(Self {
            key,
            before,
            after: after.to_vec(),
            signatures,
            budget: &attempts.budget,
        })
    }

    /// Whether the text with this guess in the hole has the signature; `None` if the budget is used up.
    pub(super) fn fits(&self, guess: &[u8]) -> Option<bool> {
        if !self.budget.spend(self.after.len()) {
            return None;
        }
        let mac = match &self.before {
            Before::Fc(before) => before.clone().chain_update(guess).chain_update(&self.after),
            Before::Acs3(before) => {
                let canonical = before.clone().chain_update(guess).chain_update(&self.after);
                let mut digest = [0; 64];
                hex(&canonical.finalize(), &mut digest);
                let key = self.key.clone().chain_update(b"ACS3-HMAC-SHA256\n");
                key.chain_update(digest)
            }
        };
        let mac = mac.finalize().into_bytes();
        Some(self.signatures.contains(&mac.as_slice()))
    }
}

fn hex(bytes: &[u8], digits: &mut [u8; 64]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    for (digit, nibble) in digits.iter_mut().zip(nibbles) {
        *digit = DIGITS.get(usize::from(nibble)).copied().unwrap_or_default();
    }
}
