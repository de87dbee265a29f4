//! `script:FILE`: a list of answers, one for each call.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::answer_document::{AnswerDocument, without_place};
use super::call::Call;
use super::function::Function;
use super::reply::Reply;

/// The code of the refusal of a call for which there is no answer. No real service sends it.
pub(super) const NO_MORE_ANSWERS: &str = "NoMoreAnswers";

/// A function that gives one answer after the other.
#[derive(Debug)]
pub(super) struct Script {
    answers: Vec<AnswerDocument>,
    after_last: AfterLast,
    /// The number of calls so far.
    calls: AtomicUsize,
}

/// What answers the calls after the last answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum AfterLast {
    /// The last answer again.
    #[default]
    RepeatLast,
    /// All answers again.
    StartAgain,
    /// An error of the service with the code `NoMoreAnswers`, which no real service sends.
    Refuse,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<'a> {
    #[serde(borrow)]
    answers: Vec<&'a RawValue>,
    after_last: Option<AfterLast>,
}

impl Script {
    /// Reads a script.
    ///
    /// # Errors
    ///
    /// The line, the field and the reason.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let (answers, after_last) = read_answers(text)?;
        if answers.is_empty() {
            return Err("1: answers: expected at least one answer, found none".to_owned());
        }
        Ok(Self {
            answers,
            after_last: after_last.unwrap_or_default(),
            calls: AtomicUsize::new(0),
        })
    }
}

/// Reads the answers of a script, and what answers the calls after the last one.
///
/// # Errors
///
/// The line, the field and the reason.
pub(super) fn read_answers(text: &str) -> Result<(Vec<AnswerDocument>, Option<AfterLast>), String> {
    let written: Written<'_> = serde_json::from_str(text).map_err(|error| {
        let line = error.line();
        format!("{line}: {}", without_place(&error))
    })?;
    let answers = written.answers.into_iter().zip(1..);
    let answers = answers.map(|(raw, number)| {
        // The raw value is a part of the text, so that its place in the text is known.
        let before = raw.get().as_ptr().addr() - text.as_ptr().addr();
        let line = |within: usize| {
            let start = text.as_bytes().get(..before).unwrap_or_default();
            let newlines = start.split(|byte| *byte == b'\n').count() - 1;
            newlines + within
        };
        let answer: AnswerDocument = serde_json::from_str(raw.get()).map_err(|error| {
            format!(
                "{}: answer {number}: {}",
                line(error.line()),
                without_place(&error)
            )
        })?;
        match answer.problem() {
            Some(problem) => Err(format!("{}: answer {number}: {problem}", line(1))),
            None => Ok(answer),
        }
    });
    let answers = answers.collect::<Result<_, String>>()?;
    Ok((answers, written.after_last))
}

impl Function for Script {
    fn start_again(&self) {
        self.calls.store(0, Ordering::Relaxed);
    }

    fn call(&self, call: &Call) -> Reply {
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        let count = self.answers.len();
        let index = match self.after_last {
            AfterLast::RepeatLast => Some(number.min(count - 1)),
            AfterLast::StartAgain => Some(number % count),
            AfterLast::Refuse => Some(number),
        };
        match index.and_then(|index| self.answers.get(index)) {
            Some(answer) => answer.reply(call),
            None => Reply::service_error(
                500,
                NO_MORE_ANSWERS,
                format!(
                    "the script has {count} answers, and this is call {}",
                    number + 1
                ),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::call::CallKind;
    use super::super::reply::{Ending, Outcome};
    use super::{Call, Function, Script};
    use crate::stop_signal::StopSignal;

    fn call() -> Call {
        Call {
            request_id: "r".to_owned(),
            kind: CallKind::Sync,
            service: None,
            function: "f".to_owned(),
            qualifier: None,
            method: "POST".to_owned(),
            target: "/".to_owned(),
            headers: Vec::new(),
            payload: b"sent".to_vec(),
            time_limit: Duration::from_secs(60),
            memory: 512,
            stop: StopSignal::default(),
        }
    }

    #[test]
    fn each_call_has_the_next_answer_and_the_last_one_repeats() {
        let script = Script::read(
            r#"{"answers": [
                {"status": 429, "code": "ResourceExhausted", "message": "busy"},
                {"error_type": "HandledInvocationError", "message": "no", "log": "l"},
                {"json": {"a": [1.50]}, "headers": {"X-A": "b"}, "delay_ms": 20, "ending": "cut"},
                {"echo": true}
            ]}"#,
        )
        .unwrap();
        let replies: Vec<_> = (0..5).map(|_| script.call(&call())).collect();
        let busy = Outcome::ServiceError(429, "ResourceExhausted".to_owned(), "busy".to_owned());
        assert_eq!(replies[0].outcome, busy);
        let failed = Outcome::FunctionError("HandledInvocationError".to_owned());
        assert_eq!(replies[1].outcome, failed);
        assert_eq!(replies[1].body, br#"{"errorMessage":"no"}"#);
        assert_eq!(replies[1].log, b"l");
        assert_eq!(
            replies[2].body, br#"{"a": [1.50]}"#,
            "JSON as it is written"
        );
        assert_eq!(replies[2].delay, Duration::from_millis(20));
        assert_eq!(replies[2].ending, Ending::Cut);
        assert_eq!(replies[3].body, b"sent");
        assert_eq!(replies[3], replies[4]);
    }

    #[test]
    fn the_calls_after_the_last_answer_are_as_the_script_says() {
        let read = |after: &str| {
            let text = format!(
                r#"{{"answers": [{{"body": "1"}}, {{"body": "2"}}], "after_last": "{after}"}}"#
            );
            let script = Script::read(&text).unwrap();
            (0..3).map(|_| script.call(&call())).last().unwrap()
        };
        assert_eq!(read("repeat-last").body, b"2");
        assert_eq!(read("start-again").body, b"1");
        let Outcome::ServiceError(500, code, message) = read("refuse").outcome else {
            panic!("a refusal is an error of the service")
        };
        assert_eq!(code, "NoMoreAnswers");
        assert_eq!(message, "the script has 2 answers, and this is call 3");
    }

    #[test]
    fn a_broken_script_is_refused_with_line_and_field() {
        for (text, expected) in [
            ("", "1: EOF while parsing a value"),
            (
                "{\"answers\": []}",
                "1: answers: expected at least one answer, found none",
            ),
            (
                "{\n\"answers\": [{\"body\": \"a\"},\n{\n\"bodi\": \"b\"}]}",
                "4: answer 2: unknown field `bodi`",
            ),
            (
                "{\"answers\": [\n{\"status\": 200, \"code\": \"A\"}]}",
                "2: answer 1: status: expected the status of an error of the service, 400 to 599, found 200",
            ),
            (
                "{\"answers\": [{\"status\": 429}]}",
                "code: an error of the service has a code",
            ),
            (
                "{\"answers\": [{\"code\": \"A\"}]}",
                "code: an error of the service has a status too",
            ),
            (
                "{\"answers\": [{\"message\": \"A\"}]}",
                "message: expected error_type",
            ),
            (
                "{\"answers\": [{\"body\": \"A\", \"echo\": true}]}",
                "echo: the answer has the result body already",
            ),
            (
                "{\"answers\": [{\"status\": 429, \"code\": \"A\", \"body\": \"x\"}]}",
                "body: with a status the function does not run",
            ),
            (
                "{\"answers\": [{\"error_type\": \"x\\r\\nA: b\"}]}",
                "error_type: expected visible ASCII characters",
            ),
            (
                "{\"answers\": [{\"base64\": \"x\"}]}",
                "base64: expected base64 with padding",
            ),
            (
                "{\"answers\": [{\"delay_ms\": 700000}]}",
                "delay_ms: expected at most 600000",
            ),
            (
                "{\"answers\": [{\"delay_ms\": -1}]}",
                "invalid value: integer `-1`",
            ),
            (
                "{\"answers\": [{\"headers\": {\"a b\": \"\"}}]}",
                "'a b' is not a header name",
            ),
            (
                "{\"answers\": [{\"headers\": {\"a\": \"1\", \"A\": \"2\"}}]}",
                "the header 'A' is there twice",
            ),
            (
                "{\"answers\": [{\"headers\": {\"Content-Length\": \"1\"}}]}",
                "the server writes Content-Length itself",
            ),
            (
                "{\"answers\": [{\"headers\": {\"X\": \"a\\r\\nb\"}}]}",
                "a character that is not visible ASCII",
            ),
            (
                "{\"answers\": [{\"ending\": \"cutt\"}]}",
                "unknown variant `cutt`",
            ),
            ("{\"answers\": [{}], \"after\": 1}", "unknown field `after`"),
        ] {
            let error = Script::read(text).unwrap_err();
            assert!(error.contains(expected), "{text}\n{error}");
        }
    }
}
