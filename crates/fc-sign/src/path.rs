//! The path of a request: what may be signed, and its decoded form.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::SignError;

/// Refuses paths that an intermediary may rewrite after signing, and escapes that are none.
pub(crate) fn check(path: &str) -> Result<(), SignError> {
    if is_plain(path) {
        return Ok(());
    }
    check_segments(path)?;
    if escapes_are_whole(path) {
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
            // A path may end with a slash: HTTP triggers are called at their root.
            "" if segments.peek().is_some() => return Err(SignError::EmptySegment),
            "." | ".." => return Err(SignError::DotSegment),
            _ => {}
        }
    }
    Ok(())
}

/// Whether the path has no escape, and no slash with a slash or a dot behind it: true of every
/// invocation, and told by one pass that the compiler makes wide.
fn is_plain(path: &str) -> bool {
    let bytes = path.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "no branch, so that the pass is wide"
    )]
    let odd = pairs.fold(false, |odd, (first, second)| {
        let folded = *first == b'/' && (*second == b'/' || *second == b'.');
        odd | (folded || *second == b'%')
    });
    path.starts_with('/') && !odd
}

/// Whether two hex digits follow every `%`.
pub(crate) fn escapes_are_whole(text: &str) -> bool {
    let mut pieces = text.split('%').map(str::as_bytes);
    pieces.next();
    pieces.all(|piece| {
        matches!(piece, [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
    })
}

/// The percent-decoded path, as the `FC` scheme signs it. A plus is a plus.
///
/// An escape that decodes to `/` or a control character is refused: the decoded text would be the text
/// of another request too. An escaped percent sign is not: it is decoded once, as all official SDKs do.
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
    fn a_path_is_decoded_once_and_a_plus_stays() {
        assert_eq!(decode("/a%20b/%E4%B8%AD+%2541/").unwrap(), "/a b/中+%41/");
        assert_eq!(decode("/").unwrap(), "/");
    }

    #[test]
    fn one_pass_tells_the_paths_that_need_no_second_look() {
        for path in ["/", "/a", "/a/b-1.c/", "/2021-04-06/services/s/functions/f"] {
            assert!(is_plain(path), "{path}");
        }
        // Two of a kind, and one of each, so that none makes up for another.
        for path in [
            "", "a", "//a", "/a//b//c", "/.a", "/.a/.b", "/%20", "/%20%20", "//a%20", "/a/%20//",
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }

    #[test]
    fn what_could_be_another_request_is_refused() {
        use SignError::{
            AmbiguousResource, BadPercentEscape, DotSegment, EmptySegment, NotUtf8, Path,
        };
        for (path, slug) in [
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
            assert_eq!(decode(path), Err(slug), "{path}");
        }
    }
}
