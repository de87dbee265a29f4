//! The checks and the percent-decoding of a request's path.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::SignError;

/// Rejects invalid escapes and paths that a proxy may rewrite after signing.
pub(crate) fn check(path: &str) -> Result<(), SignError> {
    if is_plain(path) {
        return Ok(());
    }
    check_segments(path)?;
    if escapes_are_complete(path) {
        Ok(())
    } else {
        Err(SignError::BadPercentEscape)
    }
}

fn check_segments(path: &str) -> Result<(), SignError> {
    let Some(rest) = path.strip_prefix('/') else {
        return Err(SignError::Path);
    };
    let mut segments = rest.split('/').peekable();
    while let Some(segment) = segments.next() {
        match segment {
            // A trailing slash is allowed, because HTTP triggers are called at their root.
            "" if segments.peek().is_some() => return Err(SignError::EmptySegment),
            "." | ".." => return Err(SignError::DotSegment),
            _ => {}
        }
    }
    Ok(())
}

/// Whether the path has no escape and no `//` or `/.`, so that no other check is needed.
///
/// This fast path, which the compiler vectorizes, covers the path of every invocation.
fn is_plain(path: &str) -> bool {
    let bytes = path.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "the loop is vectorized only without a branch"
    )]
    let is_special = pairs.fold(false, |is_special, (first, second)| {
        let may_be_merged = *first == b'/' && (*second == b'/' || *second == b'.');
        is_special | (may_be_merged || *second == b'%')
    });
    path.starts_with('/') && !is_special
}

/// Whether every `%` is followed by two hex digits.
pub(crate) fn escapes_are_complete(text: &str) -> bool {
    let mut pieces = text.split('%').map(str::as_bytes);
    pieces.next();
    pieces.all(|piece| {
        matches!(piece, [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
    })
}

/// The percent-decoded path, as the `FC` scheme signs it. A plus sign is not decoded.
///
/// An escaped `/` or control character is rejected, because another request would have the same
/// decoded path. Escapes are decoded once, as in all official SDKs.
pub(crate) fn decode(path: &str) -> Result<Cow<'_, str>, SignError> {
    if is_plain(path) {
        return Ok(Cow::Borrowed(path));
    }
    check(path)?;
    let decoded = percent_decode_str(path)
        .decode_utf8()
        .map_err(|_| SignError::NotUtf8)?;
    if decoded.chars().any(char::is_control) {
        return Err(SignError::AmbiguousResource(
            "the path has an escaped control character",
        ));
    }
    if decoded.matches('/').count() != path.matches('/').count() {
        return Err(SignError::AmbiguousResource(
            "the path has an escaped slash",
        ));
    }
    check_segments(&decoded)?;
    Ok(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_decoded_once_and_keeps_its_plus_signs() {
        assert_eq!(decode("/a%20b/%E4%B8%AD+%2541/").unwrap(), "/a b/中+%41/");
        assert_eq!(decode("/").unwrap(), "/");
    }

    #[test]
    fn paths_with_escapes_or_special_segments_are_not_plain() {
        for path in ["/", "/a", "/a/b-1.c/", "/2021-04-06/services/s/functions/f"] {
            assert!(is_plain(path), "{path}");
        }
        // Repeated and mixed, so that two findings cannot cancel each other out.
        for path in [
            "", "a", "//a", "/a//b//c", "/.a", "/.a/.b", "/%20", "/%20%20", "//a%20", "/a/%20//",
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }

    #[test]
    fn invalid_and_ambiguous_paths_are_rejected() {
        use SignError::{
            AmbiguousResource, BadPercentEscape, DotSegment, EmptySegment, NotUtf8, Path,
        };
        for (path, error) in [
            ("", Path),
            ("a", Path),
            ("*", Path),
            ("//a", EmptySegment),
            ("/a//b", EmptySegment),
            ("/a/../b", DotSegment),
            ("/.", DotSegment),
            ("/a/%2e%2E", DotSegment),
            ("/a%zz", BadPercentEscape),
            ("/a%2", BadPercentEscape),
            ("/%", BadPercentEscape),
            ("/a%ff", NotUtf8),
            (
                "/f%0Ax-fc-expires=1",
                AmbiguousResource("the path has an escaped control character"),
            ),
            (
                "/a%00b",
                AmbiguousResource("the path has an escaped control character"),
            ),
            (
                "/a%c2%85b",
                AmbiguousResource("the path has an escaped control character"),
            ),
            ("/a%2fb", AmbiguousResource("the path has an escaped slash")),
        ] {
            assert_eq!(decode(path), Err(error), "{path}");
        }
    }
}
