//! What a signing adds to a request.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};

/// How many headers a scheme adds at the most: ACS3's date, nonce, hash, token and authorization.
const MOST: usize = 5;

/// The headers that make a request a signed one, in the order in which they are to be added.
///
/// `Debug` shows no secret: the values of `Authorization` and of the token headers are marked
/// sensitive.
#[must_use = "a request is signed when the headers are in it"]
#[derive(Debug, Clone)]
pub struct Additions {
    before: [Option<(&'static HeaderName, HeaderValue)>; MOST - 1],
    authorization: HeaderValue,
}

impl Additions {
    pub(crate) fn new(
        before: [Option<(&'static HeaderName, HeaderValue)>; MOST - 1],
        authorization: HeaderValue,
    ) -> Self {
        Self {
            before,
            authorization,
        }
    }

    /// The value of `Authorization`.
    pub fn authorization(&self) -> &HeaderValue {
        &self.authorization
    }

    /// Every header that is to be added, `Authorization` last.
    pub fn iter(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        let before = self
            .before
            .iter()
            .flatten()
            .map(|(name, value)| (*name, value));
        before.chain([(&AUTHORIZATION, &self.authorization)])
    }

    /// Adds the headers to those of the request that was signed.
    pub fn apply(self, headers: &mut HeaderMap) {
        for (name, value) in self.before.into_iter().flatten() {
            headers.insert(name, value);
        }
        headers.insert(AUTHORIZATION, self.authorization);
    }
}
