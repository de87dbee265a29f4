//! Compares the path and the query of a request with their expected values.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::{Check, Comparer};

/// Splits a request target into its path and its query.
pub(super) fn split(target: &str) -> (&str, &str) {
    target.split_once('?').unwrap_or((target, ""))
}

/// Compares two paths. Equivalent percent-encodings of a segment are equal.
pub(super) fn compare_path(by: &Comparer, id: &str, expected: &str, actual: &str) -> Check {
    let same = segments(expected) == segments(actual);
    by.compare_text(id, expected, Some(if same { expected } else { actual }))
}

/// Compares the decoded pairs of a query, in any order.
pub(super) fn compare_query(
    by: &Comparer,
    id: &str,
    expected: &[(String, String)],
    query: &str,
) -> Check {
    let (expected, actual) = (sorted(expected), sorted(&pairs(query)));
    by.compare_text(id, &expected, Some(&actual))
}

fn segments(path: &str) -> Vec<Cow<'_, [u8]>> {
    path.split('/')
        .map(|segment| percent_decode_str(segment).into())
        .collect()
}

/// The decoded pairs of a query, in its order.
pub(super) fn pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        percent_decode_str(&text.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (decode(key), decode(value)))
        .collect()
}

/// Returns the sorted pairs as one text, one per line.
fn sorted(pairs: &[(String, String)]) -> String {
    let mut lines: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    lines.sort();
    lines.join("\n")
}
