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

/// The function name in the first line of bytes that may not be a whole request.
pub(super) fn function_name_of_bytes(bytes: &[u8]) -> Option<String> {
    let line = bytes
        .trim_ascii_start()
        .split(|byte| *byte == b'\n')
        .next()?;
    let line = std::str::from_utf8(line).ok()?;
    let target = line.split_ascii_whitespace().nth(1)?;
    function_name(target.split('?').next().unwrap_or(target))
}

#[cfg(test)]
mod tests {
    use super::{function_name, function_name_of_bytes};

    #[test]
    fn the_name_is_the_segment_after_functions() {
        let path = "/2021-04-06/services/s/functions/fn%2D1/invocations";
        assert_eq!(function_name(path).unwrap(), "fn-1");
        let line = format!("POST {path}?qualifier=q HTTP/1.0\r\nbroken");
        assert_eq!(function_name_of_bytes(line.as_bytes()).unwrap(), "fn-1");
        assert_eq!(function_name_of_bytes(b"\x16\x03\x01"), None);
    }
}
