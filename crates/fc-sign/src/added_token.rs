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
    match (token, headers.get(name)) {
        (Some(token), Some(present)) if token != present => {
            Err(SignError::TokenConflict(name.clone()))
        }
        (token, None) => Ok(token),
        (_, Some(_)) => Ok(None),
    }
}
