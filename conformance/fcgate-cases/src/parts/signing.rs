//! The parts of a signing function that a request needs.

use std::collections::BTreeSet;

use fcgate_protocol::{Scheme, SignInput, SignKind, part};

/// Returns the parts that signing this request needs.
pub(super) fn parts(given: &SignInput) -> Vec<&'static str> {
    let (path, query) = given.url.split_once('?').unwrap_or((&given.url, ""));
    let kind = given.kind.unwrap_or_default();
    // ACS3 signs the path as sent, and the FC scheme signs no query of an API request.
    let escaped_path = given.scheme == Scheme::Fc && path.contains('%');
    let signs_query = given.scheme == Scheme::Acs3 || kind != SignKind::Api;
    let escaped_query = signs_query && query.contains(['%', '+']);
    let parts = [
        (adds_headers(given), part::SIGN_ADDED_HEADERS),
        (escaped_path || escaped_query, part::SIGN_ENCODED_URLS),
        (
            signs_query && repeats_a_key(query),
            part::SIGN_REPEATED_KEYS,
        ),
    ];
    let needed = parts.into_iter().filter(|(needed, _)| *needed);
    needed.map(|(_, part)| part).collect()
}

/// Whether the signer must add a header besides the signature.
fn adds_headers(given: &SignInput) -> bool {
    let lacks = |name: &str| !given.headers.contains(name);
    let has_token = given.credentials.security_token.is_some();
    match given.scheme {
        // The token and the expiry of a signed URL are in its query.
        Scheme::Fc if given.kind == Some(SignKind::PresignedUrl) => false,
        Scheme::Fc => {
            lacks("date") && lacks("x-fc-date") || has_token && lacks("x-fc-security-token")
        }
        Scheme::Acs3 => {
            lacks("x-acs-date")
                || lacks("x-acs-signature-nonce")
                || lacks("x-acs-content-sha256")
                || has_token && lacks("x-acs-security-token")
        }
    }
}

fn repeats_a_key(query: &str) -> bool {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let keys: Vec<_> = pairs.map(|pair| pair.split('=').next()).collect();
    let different: BTreeSet<_> = keys.iter().collect();
    different.len() < keys.len()
}
