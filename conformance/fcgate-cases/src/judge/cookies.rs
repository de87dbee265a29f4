//! Cookies in a request: one header line with pairs in any order (RFC 6265, section 5.4).

use super::{Check, Comparer};

/// Compares the cookies of a request with the expected pairs. The order of the pairs is not compared.
pub(super) fn compare(by: &Comparer, id: &str, expected: &str, lines: &[&str]) -> Check {
    let actual = (!lines.is_empty()).then(|| lines.join("\n"));
    let same = lines.len() == 1 && lines.iter().all(|line| pairs(line) == pairs(expected));
    let actual = if same {
        Some(expected)
    } else {
        actual.as_deref()
    };
    by.compare_text(id, expected, actual)
}

/// The pairs of a line, sorted.
pub(super) fn pairs(line: &str) -> Vec<&str> {
    let mut pairs: Vec<&str> = line.split(';').map(str::trim).collect();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::{Comparer, compare};

    #[test]
    fn one_line_with_the_pairs_in_any_order_is_right() {
        let failed = |lines: &[&str]| compare(&Comparer::CORRECT, "id", "a=1; b=2", lines).failed();
        assert!(!failed(&["a=1; b=2"]) && !failed(&["b=2;a=1"]));
        assert!(failed(&["a=1"]) && failed(&["a=1", "b=2"]) && failed(&[]));
        assert!(failed(&["a=1; b=2; b=2"]) && failed(&["a=1; b=3"]));
    }
}
