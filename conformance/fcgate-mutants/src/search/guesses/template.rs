//! A text to sign with a hole for guesses; each guess hashes only the text from the hole on.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use memchr::memmem;
use sha2::{Digest as _, Sha256};

use fcgate_protocol::{Scheme, SignInput};

use crate::search::signed_request::SignedRequest;
use crate::signing::sign_again::sign_again;

/// Marks the place of the guess; no request contains it.
pub(super) const PLACEHOLDER: &str = "\u{1}\u{2}\u{1}";

/// The hash of the text before the hole, the text after it, and the signature to find.
#[derive(Clone)]
pub(super) struct Template {
    key: Hmac<Sha256>,
    before: Before,
    after: Vec<u8>,
    signature: Vec<u8>,
}

#[derive(Clone)]
enum Before {
    Fc(Hmac<Sha256>),
    Acs3(Sha256),
}

impl Template {
    /// `None` if the signed text does not contain the hole exactly once, or the signature is malformed.
    pub(super) fn of(request: &SignedRequest, holed: &SignInput) -> Option<Self> {
        let names = request.first_names();
        let covered = sign_again(holed, names, &[]).covered;
        let at = memmem::find(&covered, PLACEHOLDER.as_bytes())?;
        let (before, after) = covered.split_at_checked(at)?;
        let after = after.get(PLACEHOLDER.len()..)?;
        if memmem::find(after, PLACEHOLDER.as_bytes()).is_some() {
            return None;
        }
        let secret = holed.credentials.access_key_secret.as_bytes();
        let key = Hmac::<Sha256>::new_from_slice(secret).ok()?;
        let (before, signature) = match holed.scheme {
            Scheme::Fc => (
                Before::Fc(key.clone().chain_update(before)),
                STANDARD.decode(&request.signature).ok()?,
            ),
            Scheme::Acs3 => (
                Before::Acs3(Sha256::new_with_prefix(before)),
                unhex(&request.signature)?,
            ),
        };
        Some(Self {
            key,
            before,
            after: after.to_vec(),
            signature,
        })
    }

    /// Whether the text with this guess in the hole has the signature.
    pub(super) fn fits(&self, guess: &[u8]) -> bool {
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
        mac.finalize().into_bytes().as_slice() == self.signature
    }
}

fn hex(bytes: &[u8], digits: &mut [u8; 64]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    for (digit, nibble) in digits.iter_mut().zip(nibbles) {
        *digit = DIGITS.get(usize::from(nibble)).copied().unwrap_or_default();
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    digits
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}
