//! The headers that a signature adds to a request.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};

/// The maximum number of added headers: the date, nonce, hash, token and authorization of ACS3.
const MAX_HEADERS: usize = 5;

/// The headers that a signature adds to a request, in order.
///
/// `Debug` shows no secret: the values of `Authorization` and of the token headers are marked
/// sensitive.
#[must_use = "the request is not signed until the headers are added to it"]
#[derive(Debug, Clone)]
pub struct SignatureHeaders {
    others: [Option<(&'static HeaderName, HeaderValue)>; MAX_HEADERS - 1],
    authorization: HeaderValue,
}

impl SignatureHeaders {
    pub(crate) fn new(
        others: [Option<(&'static HeaderName, HeaderValue)>; MAX_HEADERS - 1],
        authorization: HeaderValue,
    ) -> Self {
        Self {
            others,
            authorization,
        }
    }

    /// The value of `Authorization`.
    pub fn authorization(&self) -> &HeaderValue {
        &self.authorization
    }

    /// Iterates over the headers; `Authorization` is the last one.
    pub fn iter(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        let others = self
            .others
            .iter()
            .flatten()
            .map(|(name, value)| (*name, value));
        others.chain([(&AUTHORIZATION, &self.authorization)])
    }

    /// Inserts the headers into those of the signed request.
    pub fn apply(self, headers: &mut HeaderMap) {
        for (name, value) in self.others.into_iter().flatten() {
            headers.insert(name, value);
        }
        headers.insert(AUTHORIZATION, self.authorization);
    }
}
