//! Describes how a case fails, in a short text that is the same in every run.

use fcgate_cases::judge::{CaseResult, Check, Status};

/// The id of the check that fails if a listed case does not match its known-failure entry.
pub(crate) const KNOWN: &str = "known";

const LEAK: &str = "secret-leak";

/// The maximum length of a text that is treated as a word.
const LONGEST_WORD: usize = 24;

/// Returns how a red case fails: `crash`, `timeout`, or the first failed check with its kind of difference,
/// such as `string_to_sign 3a>3b`, `kind function_error>completed`, `log_tail_b64 missing`. The names of the
/// other failed checks follow: `status missing; also code, request_id`.
///
/// The kind is `missing` or `unexpected`, or two short words, or the first two bytes that differ (hex, or
/// `end`), else `differs`. A fingerprint never contains values that may change from run to run (dates, nonces,
/// digests) or that must not be shown (signatures, secrets). A leaked secret has priority over every other
/// failed check.
pub fn fingerprint(result: &CaseResult) -> Option<String> {
    match result.status {
        Status::Crash => return Some("crash".to_owned()),
        Status::Timeout => return Some("timeout".to_owned()),
        Status::Fail => {}
        _ => return None,
    }
    let failed = || result.checks.iter().filter(|check| check.failed());
    if failed().any(|check| check.id == LEAK) {
        return Some(LEAK.to_owned());
    }
    let mut failed = failed().filter(|check| check.id != KNOWN);
    let first = failed.next()?;
    let mut text = format!("{} {}", first.id, difference_kind(first));
    // Without the other names, a second failure could appear or disappear and the fingerprint would not change.
    for (place, other) in failed.enumerate() {
        text += if place == 0 { "; also " } else { ", " };
        text += &other.id;
    }
    Some(text)
}

fn difference_kind(check: &Check) -> String {
    match (check.expected_text(), check.actual_text()) {
        (Some(_), None) => "missing".to_owned(),
        (None, Some(_)) => "unexpected".to_owned(),
        (None, None) => "differs".to_owned(),
        (Some(expected), Some(actual)) if check.id == "reply" => reply(&expected, &actual),
        (Some(expected), Some(actual)) => words(&expected, &actual)
            .or_else(|| bytes(check))
            .unwrap_or_else(|| "differs".to_owned()),
    }
}

/// Compares only the text before the first colon. A message for people follows the colon.
fn reply(expected: &str, actual: &str) -> String {
    let class = |text: &str| text.split(':').next().and_then(word).map(str::to_owned);
    match (class(expected), class(actual)) {
        (Some(expected), Some(actual)) => format!("{expected}>{actual}"),
        _ => "malformed".to_owned(),
    }
}

fn words(expected: &str, actual: &str) -> Option<String> {
    Some(format!("{}>{}", word(expected)?, word(actual)?))
}

/// A small number, or one or two words of letters.
fn word(text: &str) -> Option<&str> {
    if text.is_empty() {
        return Some("empty");
    }
    let number = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let letters = text.len() <= LONGEST_WORD
        && text.split(' ').count() <= 2
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'_' | b'-'));
    (number || letters).then_some(text)
}

fn bytes(check: &Check) -> Option<String> {
    let [expected, actual] = check.first_difference.as_ref()?.bytes?;
    let hex =
        |byte: Option<u8>| byte.map_or_else(|| "end".to_owned(), |byte| format!("{byte:02x}"));
    Some(format!("{}>{}", hex(expected), hex(actual)))
}

#[cfg(test)]
mod tests {
    use super::fingerprint;
    use fcgate_cases::corpus::Corpus;
    use fcgate_cases::judge::{CaseResult, Check, Status};

    fn of(checks: Vec<Check>) -> Option<String> {
        let corpus = Corpus::embedded().unwrap();
        fingerprint(&CaseResult::judged(corpus.cases()[0], checks))
    }

    fn text(id: &str, expected: &str, actual: Option<&str>) -> String {
        of(vec![Check::equal_text(id, expected, actual)]).unwrap()
    }

    #[test]
    fn the_first_failed_check_and_its_manner() {
        let sts = "POST\n\na/b\nWed, 11 May 2022 09:00:00 GMT\nx-fc-a:1\n/p";
        let swap = |from, to| text("string_to_sign", sts, Some(&sts.replace(from, to)));
        assert_eq!(swap("x-fc-a:", "x-fc-a;"), "string_to_sign 3a>3b");
        assert_eq!(swap("POST\n", "POST\r\n"), "string_to_sign 0a>0d");
        assert_eq!(swap("\n/p", ""), "string_to_sign 0a>end");
        assert_eq!(
            text("kind", "function_error", Some("completed")),
            "kind function_error>completed"
        );
        assert_eq!(text("requests", "1", Some("2")), "requests 1>2");
        assert_eq!(text("log_tail_b64", "a", None), "log_tail_b64 missing");
        assert_eq!(text("code", "Denied", Some("")), "code Denied>empty");
        let absent = Check::absent("no-code", Some(b"x"));
        assert_eq!(of(vec![absent]).unwrap(), "no-code unexpected");
    }

    #[test]
    fn a_fingerprint_lists_the_other_failed_checks_by_name() {
        let failed = |id| Check::equal_text(id, "1", None);
        let passed = Check::equal_text("message", "1", Some("1"));
        assert_eq!(
            of(vec![
                failed("status"),
                passed,
                failed("code"),
                failed("request_id")
            ])
            .unwrap(),
            "status missing; also code, request_id"
        );
    }

    #[test]
    fn a_fingerprint_has_the_bytes_of_names_but_not_of_dates() {
        let sts = "POST\n\n\nWed, 11 May 2022 09:00:00 GMT\nx-fc-a:1\nx-fc-b:2\n/p";
        let swap = |from, to| text("string_to_sign", sts, Some(&sts.replace(from, to)));
        assert_eq!(
            swap("x-fc-a:1\nx-fc-b:2", "x-fc-b:2\nx-fc-a:1"),
            "string_to_sign 61>62"
        );
        for date in ["Sat, 30 Jul", "Wed, 30 Jul", "Wed, 12 May"] {
            assert_eq!(swap("Wed, 11 May", date), "string_to_sign differs");
        }
        assert_eq!(
            text(
                "added.x-acs-date",
                "2022-05-11T09:00:00Z",
                Some("2026-01-01T00:00:00Z")
            ),
            "added.x-acs-date differs"
        );
    }

    #[test]
    fn the_fingerprint_of_a_reply_has_only_its_class() {
        let reply = |expected, actual| of(vec![Check::holds("reply", false, expected, actual)]);
        assert_eq!(
            reply("ok", "err input: at 12:30:01, id 77").unwrap(),
            "reply ok>err input"
        );
        assert_eq!(reply("err input", "ok").unwrap(), "reply err input>ok");
        assert_eq!(
            reply("ok with every required field", "missing field `headers`").unwrap(),
            "reply malformed"
        );
    }

    #[test]
    fn the_fingerprint_of_a_leaked_secret_hides_every_other_check() {
        let checks = vec![
            Check::equal_text("kind", "completed", Some("accepted")),
            Check::holds("secret-leak", false, "nowhere", "in the reply"),
        ];
        assert_eq!(of(checks).unwrap(), "secret-leak");
    }

    #[test]
    fn crashes_and_timeouts_have_a_fingerprint_and_passed_cases_have_none() {
        let corpus = Corpus::embedded().unwrap();
        let of = |status| fingerprint(&CaseResult::unjudged(corpus.cases()[0], status));
        assert_eq!(of(Status::Crash).unwrap(), "crash");
        assert_eq!(of(Status::Timeout).unwrap(), "timeout");
        for status in [Status::Pass, Status::Unsupported, Status::Known] {
            assert_eq!(of(status), None);
        }
    }
}
