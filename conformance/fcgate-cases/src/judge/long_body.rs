//! Compares bodies that are too long for a report.

use super::{Check, Comparer};

/// The longest body that a report shows.
const LONGEST_SHOWN: usize = 64 * 1024;

/// Compares two bodies. Of a long one the report has the length and the first difference, in words.
pub(super) fn compare(by: &Comparer, id: &str, expected: &[u8], actual: Option<&[u8]>) -> Check {
    let longest = expected.len().max(actual.map_or(0, <[u8]>::len));
    if longest <= LONGEST_SHOWN {
        return by.compare(id, expected, actual);
    }
    let words = format!("{} bytes", expected.len());
    let fault = match actual {
        None => Some("no body".to_owned()),
        Some(actual) => difference(expected, actual),
    };
    by.check_property(
        id,
        fault.is_none(),
        &words,
        fault.as_deref().unwrap_or(&words),
    )
}

/// Describes the first difference; `None` if both are equal.
fn difference(expected: &[u8], actual: &[u8]) -> Option<String> {
    let length = actual.len();
    let both = expected.iter().zip(actual);
    let at = both.take_while(|(one, other)| one == other).count();
    if at == expected.len() && at == length {
        None
    } else if at == length {
        Some(format!("{length} bytes: the end is missing"))
    } else if at == expected.len() {
        Some(format!("{length} bytes: more than expected"))
    } else {
        Some(format!("{length} bytes: another byte at offset {at}"))
    }
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn the_first_difference_is_described() {
        for (actual, words) in [
            ("abc", None),
            ("ab", Some("2 bytes: the end is missing")),
            ("abcd", Some("4 bytes: more than expected")),
            ("axc", Some("3 bytes: another byte at offset 1")),
        ] {
            let found = difference(b"abc", actual.as_bytes());
            assert_eq!(found.as_deref(), words);
        }
    }
}
