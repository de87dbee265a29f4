//! The HTTP method, the first line of both signed texts.

use http::Method;

use crate::SignError;

/// The method as text; rejected unless it is upper-case, as all methods of the service are.
pub(crate) fn upper_case(method: &Method) -> Result<&str, SignError> {
    let text = method.as_str();
    if text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Ok(text)
    } else {
        Err(SignError::Method)
    }
}
