//! Signatures and secrets do not appear in a report.

use fcgate_protocol::Credentials;

use fcgate_text::visible::{self, visible};

use super::{Check, Comparer, Difference};

/// What comes right before a signature.
const MARKS: [&str; 3] = ["Signature=", "x-fc-signature=", ":"];

/// How much of a signature is shown.
const SHOWN: usize = 6;

/// A comparison of two texts that hold a signature: its first characters are shown, no more.
pub(super) fn signature(by: &Comparer, id: &str, expected: &str, actual: Option<&str>) -> Check {
    let mut check = by.compare_text(id, expected, actual);
    let start = start_of_signature(expected);
    if check
        .first_difference
        .as_ref()
        .is_some_and(|difference| difference.offset >= start)
    {
        check.first_difference = check.first_difference.map(Difference::hidden);
    }
    check.expected = check.expected.map(|text| cut(&text));
    check.actual = check.actual.map(|text| cut(&text));
    check
}

/// A comparison of two header values; those of `Authorization` hold a signature.
pub(super) fn header(
    by: &Comparer,
    id: &str,
    name: &str,
    expected: &str,
    actual: Option<&str>,
) -> Check {
    if name.eq_ignore_ascii_case("authorization") {
        signature(by, id, expected, actual)
    } else {
        by.compare_text(id, expected, actual)
    }
}

/// Takes the access key secret out of everything that is shown.
pub(super) fn secrets(mut checks: Vec<Check>, credentials: &Credentials) -> Vec<Check> {
    let secret = visible(credentials.access_key_secret.trim().as_bytes());
    if secret.is_empty() {
        return checks;
    }
    for check in &mut checks {
        let texts = [&mut check.expected, &mut check.actual];
        for text in texts
            .into_iter()
            .flatten()
            .filter(|text| text.contains(&secret))
        {
            *text = text.replace(&secret, "[secret]");
            // What is shown from the difference on may begin inside the secret.
            check.first_difference = check.first_difference.take().map(Difference::hidden);
        }
    }
    checks
}

/// Where the signature begins: after its mark, or at once in a bare one.
fn start_of_signature(text: &str) -> usize {
    // A URL has colons of its own, and so has nothing else that holds a signature.
    let marks = if text.contains("://") {
        &MARKS[..2]
    } else {
        &MARKS[..]
    };
    marks
        .iter()
        .find_map(|mark| text.rfind(mark).map(|at| at + mark.len()))
        .unwrap_or(0)
}

/// The first characters of the signature in a text.
pub(super) fn beginning(text: &str) -> String {
    let start = start_of_signature(text);
    cut(text.get(start..).unwrap_or_default())
}

/// An authorization without its signature.
pub(super) fn form(authorization: &str) -> String {
    let head = authorization.get(..start_of_signature(authorization));
    let shown = visible::line(head.unwrap_or_default(), 160);
    if shown.is_empty() {
        "(nothing)".to_owned()
    } else {
        format!("{shown}…")
    }
}

/// An access key id that is not known here: it is no secret, but may be a secret in the wrong place.
pub fn foreign_id(id: &str) -> String {
    let count = id.chars().count();
    if count < 12 {
        return format!("one of {count} characters");
    }
    let head: String = id.chars().take(4).collect();
    let tail: String = id.chars().skip(count - 2).collect();
    visible::line(&format!("{head}…{tail}"), 40)
}

fn cut(text: &str) -> String {
    let start = start_of_signature(text);
    let end = text
        .get(start..)
        .and_then(|rest| rest.char_indices().nth(SHOWN));
    match end.and_then(|(length, _)| text.get(..start + length)) {
        Some(head) => format!("{head}…"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Comparer, foreign_id, form, signature};

    #[test]
    fn of_a_foreign_id_only_the_ends_are_shown() {
        assert_eq!(foreign_id("LTAI5someOtherAccessKey42"), "LTAI…42");
        assert_eq!(foreign_id("short"), "one of 5 characters");
    }

    #[test]
    fn the_form_of_an_authorization_is_shown_without_its_signature() {
        assert_eq!(form("fc  id:kf3iwDRgk1nP"), "fc  id:…");
        assert_eq!(form("kf3iwDRgk1nP"), "(nothing)");
    }

    #[test]
    fn of_a_signature_only_the_beginning_is_shown() {
        let check = signature(
            &Comparer::HONEST,
            "authorization",
            "FC id:kf3iwDRgk1nP",
            Some("FC id:kf3iwDXXXXXX"),
        );
        assert_eq!(check.expected.as_deref(), Some("FC id:kf3iwD…"));
        let difference = check.first_difference.unwrap();
        assert_eq!(
            (difference.offset, difference.actual.as_str()),
            (12, "(not shown)")
        );
    }

    #[test]
    fn a_difference_before_the_signature_is_shown() {
        let check = signature(
            &Comparer::HONEST,
            "authorization",
            "FC id:kf3iwDRgk1nP",
            Some("FC  id:kf3iwDRgk1nP"),
        );
        assert_eq!(
            check.first_difference.unwrap().sentence,
            "expected `i` (69), got a blank · (20)"
        );
    }

    #[test]
    fn a_signed_url_keeps_its_pairs() {
        let url = "https://h/p?x-fc-expires=1&x-fc-signature=N35tembEhEHc";
        assert_eq!(
            signature(&Comparer::HONEST, "url", url, None)
                .expected
                .as_deref(),
            Some("https://h/p?x-fc-expires=1&x-fc-signature=N35tem…")
        );
    }
}
