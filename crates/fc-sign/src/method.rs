//! The method line that both schemes begin with.

use http::Method;

use crate::SignError;

/// The method as it is signed. HTTP methods are case-sensitive and those of the service upper-case.
pub(crate) fn signed(method: &Method) -> Result<&str, SignError> {
    let text = method.as_str();
    if text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Ok(text)
    } else {
        Err(SignError::Method)
    }
}
