//! Compares values that contain a signature.

use fcgate_text::visible;

use super::{Check, Comparer};

/// The texts that directly precede a signature.
const MARKS: [&str; 3] = ["Signature=", "x-fc-signature=", ":"];

/// Compares two texts that contain a signature.
///
/// A difference inside the signature has no stable bytes, because a signature differs from run to run.
pub(super) fn compare(by: &Comparer, id: &str, expected: &str, actual: Option<&str>) -> Check {
    let mut check = by.compare_text(id, expected, actual);
    if let Some(difference) = &mut check.first_difference
        && difference.offset >= start_of_signature(expected)
    {
        difference.bytes = None;
    }
    check
}

/// Compares two header values. The values of `Authorization` contain a signature.
pub(super) fn compare_header(
    by: &Comparer,
    id: &str,
    name: &str,
    expected: &str,
    actual: Option<&str>,
) -> Check {
    if name.eq_ignore_ascii_case("authorization") {
        compare(by, id, expected, actual)
    } else {
        by.compare_text(id, expected, actual)
    }
}

/// Returns the offset of the signature: after its mark, or 0 if the text is only a signature.
fn start_of_signature(text: &str) -> usize {
    // Only a URL contains other colons. Base64 may begin with two slashes, so `://` alone is not a URL.
    let is_url = ["http://", "https://"]
        .iter()
        .any(|start| text.starts_with(start));
    let marks = if is_url { &MARKS[..2] } else { &MARKS[..] };
    marks
        .iter()
        .find_map(|mark| text.rfind(mark).map(|at| at + mark.len()))
        .unwrap_or(0)
}

/// Returns the signature in a text.
pub(super) fn value(text: &str) -> &str {
    text.get(start_of_signature(text)..).unwrap_or_default()
}

/// Returns an authorization without its signature.
pub(super) fn without_signature(authorization: &str) -> String {
    let head = authorization.get(..start_of_signature(authorization));
    let shown = visible::line(head.unwrap_or_default(), 160);
    if shown.is_empty() {
        "(nothing)".to_owned()
    } else {
        format!("{shown}…")
    }
}

#[cfg(test)]
mod tests {
    use super::{Comparer, compare, value, without_signature};

    #[test]
    fn the_form_of_an_authorization_has_no_signature() {
        assert_eq!(without_signature("fc  id:kf3iwDRgk1nP"), "fc  id:…");
        assert_eq!(without_signature("kf3iwDRgk1nP"), "(nothing)");
    }

    #[test]
    fn a_signature_begins_after_its_name() {
        assert_eq!(value("FC id:kf3iwDRgk1nP"), "kf3iwDRgk1nP");
        assert_eq!(value("FC id://3iwDRgk1nP"), "//3iwDRgk1nP");
        let url = "https://h/p?x-fc-expires=1&x-fc-signature=N35tembEhEHc";
        assert_eq!(value(url), "N35tembEhEHc");
    }

    #[test]
    fn a_difference_inside_of_a_signature_has_no_stable_bytes() {
        let compared = |actual| {
            let check = compare(
                &Comparer::CORRECT,
                "authorization",
                "FC id:kf3+wDRgk1nP",
                Some(actual),
            );
            let difference = check.first_difference.unwrap();
            (difference.offset, difference.bytes)
        };
        assert_eq!(compared("FC id:kf3XwDRgk1nP"), (9, None));
        assert_eq!(
            compared("FC  id:kf3+wDRgk1nP"),
            (3, Some([Some(b'i'), Some(b' ')]))
        );
    }
}
