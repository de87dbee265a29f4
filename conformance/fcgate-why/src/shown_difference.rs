//! The first difference of two texts, without a byte of a token.

use fcgate_cases::judge::Difference;
use fcgate_text::redaction::{is_in_token, redact_tokens};

/// The first difference. If it is within a token, it is the first difference of the texts with hidden tokens.
pub(super) fn between(expected: &str, actual: &str) -> Difference {
    let difference = Difference::between(expected.as_bytes(), actual.as_bytes());
    let offset = difference.offset;
    if is_in_token(expected, offset) || is_in_token(actual, offset) {
        let (expected, actual) = (redact_tokens(expected), redact_tokens(actual));
        return Difference::between(expected.as_bytes(), actual.as_bytes());
    }
    difference
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn a_difference_within_a_token_shows_none_of_its_bytes() {
        let difference = between(
            "a:b\nx-fc-security-token:Qab\nc",
            "a:b\nx-fc-security-token:Zab\nd",
        );
        assert_eq!(difference.sentence(), "expected `c` (63), got `d` (64)");
        let difference = between("a:b\nc", "a:b\nd");
        assert_eq!((difference.offset, difference.line), (4, 2));
    }
}
