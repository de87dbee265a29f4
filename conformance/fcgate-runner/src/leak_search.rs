//! Searches of the credentials that an implementation in this process received.

use std::sync::{Arc, Mutex, PoisonError};

use fcgate_protocol::Credentials;
use fcgate_text::redaction::Redactor;

use crate::authorization_search::AuthorizationSearch;

/// The most searches that are kept. A corpus has only a few credentials.
const MOST: usize = 64;

/// Finds the secret, the token and the Authorization values of some credentials.
#[derive(Debug)]
pub(super) struct LeakSearch {
    credentials: Credentials,
    redactor: Redactor,
    authorization: Option<AuthorizationSearch>,
}

impl LeakSearch {
    fn new(credentials: &Credentials) -> Self {
        let token = credentials.security_token.as_deref();
        Self {
            credentials: credentials.clone(),
            redactor: Redactor::new()
                .secret(&credentials.access_key_secret)
                .security_token(token.unwrap_or_default()),
            authorization: AuthorizationSearch::new(credentials),
        }
    }

    /// Whether a reply contains one of them.
    pub(super) fn is_in_reply(&self, text: &[u8]) -> bool {
        let authorization = self.authorization.as_ref();
        self.redactor.contains(text) || authorization.is_some_and(|search| search.is_in_reply(text))
    }
}

/// The searches of all credentials so far: building one takes longer than most searches with it.
#[derive(Debug, Default)]
pub(super) struct LeakSearches(Mutex<Vec<Arc<LeakSearch>>>);

impl LeakSearches {
    /// The search of these credentials.
    pub(super) fn of(&self, credentials: &Credentials) -> Arc<LeakSearch> {
        let mut searches = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known = searches.iter();
        if let Some(search) = known.find(|search| search.credentials == *credentials) {
            return Arc::clone(search);
        }
        let search = Arc::new(LeakSearch::new(credentials));
        if searches.len() < MOST {
            searches.push(Arc::clone(&search));
        }
        search
    }
}

#[cfg(test)]
mod tests {
    use super::{Credentials, LeakSearches, MOST};

    #[test]
    fn each_credentials_have_a_search_of_their_own() {
        let searches = LeakSearches::default();
        let credentials = |number: usize| {
            Credentials::new("FCTESTACCESSKEYID01", format!("fcTestSecret{number:04}"))
        };
        for number in (0..2 * MOST).chain(0..2) {
            let search = searches.of(&credentials(number));
            let secret = format!("denied for fcTestSecret{number:04}");
            assert!(search.is_in_reply(secret.as_bytes()), "{number}");
            assert!(!search.is_in_reply(b"denied for fcTestSecret9999"));
        }
        assert_eq!(searches.0.lock().unwrap().len(), MOST);
    }
}
