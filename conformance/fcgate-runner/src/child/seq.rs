//! The `seq` of a request: 16 hexadecimal digits.

/// Formats a number as a `seq`.
pub(super) fn format_seq(number: u64) -> String {
    format!("{number:016x}")
}

/// Parses a `seq`. Returns `None` for a text that [`format_seq`] cannot have written.
pub(super) fn parse_seq(text: &str) -> Option<u64> {
    let number = u64::from_str_radix(text, 16).ok()?;
    (format_seq(number) == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::{format_seq, parse_seq};

    #[test]
    fn a_seq_is_parsed_only_in_the_format_of_the_gate() {
        assert_eq!(parse_seq(&format_seq(0x1f)), Some(0x1f));
        for other in ["1f", "000000000000001F", "+00000000000001f", "", "zz"] {
            assert_eq!(parse_seq(other), None, "{other}");
        }
    }
}
