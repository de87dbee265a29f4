//! The security token that signing adds to the headers of a request.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::SignError;

/// Returns the token of the credentials, unless the request has it already.
///
/// # Errors
///
/// If the credentials have a token and the request has another one.
pub(crate) fn added_token<'a>(
    headers: &HeaderMap,
    name: &HeaderName,
    token: Option<&'a HeaderValue>,
) -> Result<Option<&'a HeaderValue>, SignError> {
    let Some(token) = token else {
        return Ok(None);
    };
    match headers.get(name) {
        None => Ok(Some(token)),
        Some(present) if present == token => Ok(None),
        Some(_) => Err(SignError::TokenConflict(name.clone())),
    }
}
