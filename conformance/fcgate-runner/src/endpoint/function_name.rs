//! The function name in the path of a request.

use percent_encoding::percent_decode_str;

/// The segment after `functions`, percent-decoded.
pub(super) fn function_name(path: &str) -> Option<String> {
    let mut segments = path
        .split('/')
        .skip_while(|segment| *segment != "functions");
    let name = segments.nth(1)?;
    percent_decode_str(name)
        .decode_utf8()
        .ok()
        .map(std::borrow::Cow::into_owned)
}
