//! The limits of an `invoke` or `trigger` case: time, memory, and redirects to loopback only.

use super::answer::{Act, Answer, OTHER_AUTHORITY, OTHER_LISTENER, Repeated};
use super::{CannedAnswer, CorpusErrorKind, InvokeGiven};

/// The maximum number of answers. It is larger than the attempt limit of any case.
const MAX_ANSWERS: usize = 16;
/// The maximum sum of the pauses of a script.
const LONGEST_MS: u64 = 5_000;
/// The maximum number of bytes of a repeated text that the endpoint sends.
const MAX_REPEATED: usize = 2 << 20;
/// The maximum number of bytes of a repeated payload: as base64 it fits into a line of the adapter protocol.
const MAX_PAYLOAD: usize = 12_000_000;

/// An answer that exceeds a limit, with its pointer relative to `given`.
#[derive(Debug)]
pub(super) struct AnswerError {
    pub(super) kind: CorpusErrorKind,
    pub(super) pointer: String,
    pub(super) message: String,
}

pub(super) fn check(given: &InvokeGiven) -> Result<(), AnswerError> {
    if let Some(repeated) = &given.payload_repeat {
        check_length(repeated, MAX_PAYLOAD, "/payload_repeat")?;
    }
    if let Some(earlier) = given.earlier_answer.as_deref() {
        check_only(earlier)?;
    }
    check_list(&given.answers)
}

/// Checks the only answer of a case.
pub(super) fn check_only(answer: &Answer) -> Result<(), AnswerError> {
    check_list(std::slice::from_ref(answer))
}

/// Checks the answers of a case.
pub(super) fn check_list(answers: &[Answer]) -> Result<(), AnswerError> {
    if answers.len() > MAX_ANSWERS {
        let message = format!("{} answers, the limit is {MAX_ANSWERS}", answers.len());
        return Err(answer_error(CorpusErrorKind::Script, "/answers", message));
    }
    for (index, answer) in answers.iter().enumerate() {
        let place = match answers.len() {
            1 => "/answer".to_owned(),
            _ => format!("/answers/{index}"),
        };
        match answer {
            Answer::Canned(canned) => check_response(canned, &place)?,
            Answer::Script(acts) => check_script(acts, &format!("{place}/script"))?,
        }
        let refuses = matches!(answer, Answer::Script(acts) if acts.contains(&Act::Refuse));
        if refuses && answers.len() > 1 {
            let message = "an answer with `refuse` must be the only answer";
            return Err(answer_error(CorpusErrorKind::Script, &place, message));
        }
    }
    Ok(())
}

fn check_response(canned: &CannedAnswer, place: &str) -> Result<(), AnswerError> {
    if !(200..=599).contains(&canned.status) {
        let message = format!("status {} is not between 200 and 599", canned.status);
        let pointer = format!("{place}/status");
        return Err(answer_error(CorpusErrorKind::Script, &pointer, message));
    }
    for (index, (name, value)) in canned.headers.iter().enumerate() {
        if name.eq_ignore_ascii_case("location") && !is_loopback(value) {
            return Err(not_loopback(&format!("{place}/headers/{index}/1")));
        }
    }
    Ok(())
}

fn check_script(acts: &[Act], place: &str) -> Result<(), AnswerError> {
    let Some((last, before)) = acts.split_last() else {
        let message = "the script is empty; use `close` for a script that only closes";
        return Err(answer_error(CorpusErrorKind::Script, place, message));
    };
    if before.iter().any(must_be_last) || (*last == Act::Refuse && !before.is_empty()) {
        let message =
            "`flood`, `stall`, `reset` and `close` must be the last act, and `refuse` the only one";
        return Err(answer_error(CorpusErrorKind::Script, place, message));
    }
    let mut pauses: u64 = 0;
    for (index, act) in acts.iter().enumerate() {
        let pointer = format!("{place}/{index}");
        match act {
            Act::PauseMs(length) => pauses = pauses.saturating_add(*length),
            Act::Repeat(repeated) => check_length(repeated, MAX_REPEATED, &pointer)?,
            Act::Flood(text) if text.is_empty() => {
                let message = "the text of a flood is empty";
                return Err(answer_error(CorpusErrorKind::Script, &pointer, message));
            }
            Act::Send(text) => {
                let mut places = text.lines().filter_map(location);
                if !places.all(is_loopback) {
                    return Err(not_loopback(&pointer));
                }
            }
            _ => {}
        }
        if pauses > LONGEST_MS {
            let message = format!("the pauses add up to more than {LONGEST_MS} ms");
            return Err(answer_error(CorpusErrorKind::Delay, &pointer, message));
        }
    }
    Ok(())
}

fn check_length(repeated: &Repeated, most: usize, pointer: &str) -> Result<(), AnswerError> {
    let bytes = repeated.text.len().checked_mul(repeated.count);
    if bytes.is_some_and(|bytes| bytes <= most) {
        return Ok(());
    }
    let message = format!("repeats more than {most} bytes");
    Err(answer_error(CorpusErrorKind::TooLarge, pointer, message))
}

fn must_be_last(act: &Act) -> bool {
    let flood = matches!(act, Act::Flood(_));
    flood || matches!(act, Act::Stall | Act::Reset | Act::Close | Act::Refuse)
}

/// Returns the value of a line that is a `Location` field.
fn location(line: &str) -> Option<&str> {
    let (name, value) = line.split_once(':')?;
    let value = value.trim_matches([' ', '\t']);
    name.eq_ignore_ascii_case("location").then_some(value)
}

/// Whether a location is a path on the endpoint or the second listener of the gate, in any form of a reference.
fn is_loopback(place: &str) -> bool {
    let reference = place.strip_prefix("https:").unwrap_or(place);
    if let Some(authority) = reference.strip_prefix("//") {
        return authority.starts_with(OTHER_AUTHORITY);
    }
    let is_path = reference.len() == place.len() && !place.contains(':');
    place.starts_with(OTHER_LISTENER) || (is_path && !place.is_empty())
}

fn not_loopback(pointer: &str) -> AnswerError {
    let message = format!("expected a redirect to a path or to {OTHER_LISTENER}");
    answer_error(CorpusErrorKind::NotLoopback, pointer, message)
}

fn answer_error(kind: CorpusErrorKind, pointer: &str, message: impl Into<String>) -> AnswerError {
    AnswerError {
        kind,
        pointer: pointer.to_owned(),
        message: message.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, CorpusErrorKind, check_list};

    fn kind(answer: &str) -> Option<CorpusErrorKind> {
        let answer: Answer = serde_json::from_str(answer).unwrap();
        check_list(&[answer]).err().map(|wrong| wrong.kind)
    }

    #[test]
    fn a_script_that_is_slow_large_or_leaves_loopback_is_rejected() {
        let script = |acts: &str| kind(&format!(r#"{{"script":[{acts}]}}"#));
        assert_eq!(script(r#"{"pause_ms":5000}"#), None);
        for acts in [
            r#"{"pause_ms":86400000}"#,
            r#"{"pause_ms":3000},{"pause_ms":2001}"#,
        ] {
            assert_eq!(script(acts), Some(CorpusErrorKind::Delay), "{acts}");
        }
        let large = r#"{"repeat":{"text":"A","count":1000000000000}}"#;
        assert_eq!(script(large), Some(CorpusErrorKind::TooLarge));
        for acts in [
            "",
            r#""close","reset""#,
            r#""stall",{"send":"x"}"#,
            r#"{"send":"x"},"refuse""#,
        ] {
            assert_eq!(script(acts), Some(CorpusErrorKind::Script), "{acts}");
        }
        let away = r#"{"send":"HTTP/1.1 307 X\r\nlocation:  http://192.0.2.1/\r\n\r\n"}"#;
        assert_eq!(script(away), Some(CorpusErrorKind::NotLoopback));
    }

    #[test]
    fn a_redirect_to_another_host_is_rejected() {
        let canned = |place: &str| {
            kind(&format!(
                r#"{{"status":307,"headers":[["Location","{place}"]],"body_b64":""}}"#
            ))
        };
        for place in [
            "/x",
            "x",
            "{elsewhere}/x",
            "//{elsewhere-authority}/x",
            "https://{elsewhere-authority}/x",
        ] {
            assert_eq!(canned(place), None, "{place}");
        }
        for place in [
            "http://192.0.2.1/",
            "https://192.0.2.1/",
            "//192.0.2.1/",
            "https:x",
            "mailto:x",
            "",
        ] {
            assert_eq!(canned(place), Some(CorpusErrorKind::NotLoopback), "{place}");
        }
    }
}
