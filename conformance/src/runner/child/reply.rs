//! Reading one line of an adapter: which question it answers, and how.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::ops::Range;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use serde_json::value::RawValue;

use crate::protocol::{Refusal, Reply};

use super::fault::Kind;

/// From here on a line is counted before it is read.
const LARGE: usize = 256 * 1024;

/// More texts than any honest answer holds; they would take many times the memory of the line.
const MOST_TEXTS: usize = 100_000;

/// How much is said of what is wrong.
const LONGEST_TEXT: usize = 300;

/// How much of the message of a refusal is kept.
const LONGEST_MESSAGE: usize = 16 * 1024;

/// A line that is a reply.
#[derive(Debug)]
pub(super) struct Line {
    text: String,
    answer: Answer,
}

/// Which of the three it is.
#[derive(Debug)]
enum Answer {
    /// Where `ok` stands in the line.
    Ok(Range<usize>),
    Err(Refusal),
    Unsupported(String),
}

/// Why a line is no reply.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Complaint {
    pub(super) kind: Kind,
    pub(super) what: String,
}

impl Complaint {
    pub(super) fn new(kind: Kind, what: impl Into<String>) -> Self {
        Self {
            kind,
            what: what.into(),
        }
    }

    fn schema(what: impl Into<String>) -> Self {
        Self::new(Kind::Schema, what)
    }
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    seq: Cow<'a, str>,
    #[serde(borrow, default, deserialize_with = "present")]
    ok: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    err: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    unsupported: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Unsupported {
    #[serde(default)]
    cap: String,
}

/// The objects within an `ok`, which serde would also read from arrays.
#[derive(Deserialize)]
struct Parts<'a> {
    #[serde(borrow, default)]
    outcome: Option<&'a RawValue>,
    #[serde(borrow, default)]
    stages: Option<&'a RawValue>,
}

/// A field that is there, even as `null`.
fn present<'de: 'a, 'a, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

/// Reads a line; returns its `seq` beside it. A line that is no reply is given back with the reason.
pub(super) fn read(line: Vec<u8>) -> Result<(String, Line), (Vec<u8>, Complaint)> {
    let text = match String::from_utf8(line) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let what = format!("a line of the adapter is not UTF-8 from byte {at} on");
            return Err((error.into_bytes(), Complaint::new(Kind::NotUtf8, what)));
        }
    };
    match envelope(&text) {
        Ok((seq, answer)) => Ok((seq, Line { text, answer })),
        Err(complaint) => Err((text.into_bytes(), complaint)),
    }
}

fn envelope(text: &str) -> Result<(String, Answer), Complaint> {
    if text.trim_ascii().is_empty() {
        return Err(not_json("an empty line"));
    }
    if !is_object(text) {
        json(text)?;
        return Err(Complaint::schema("a reply is an object"));
    }
    let envelope: Envelope<'_> = match serde_json::from_str(text) {
        Ok(envelope) => envelope,
        Err(error) if error.classify() == Category::Data => {
            json(text)?;
            return Err(Complaint::schema(told(&error)));
        }
        Err(error) => return Err(not_json(&told(&error))),
    };
    let answer = match (envelope.ok, envelope.err, envelope.unsupported) {
        (Some(ok), None, None) => Answer::Ok(place(text, ok.get())),
        (None, Some(err), None) => Answer::Err(cut(object(err, "err")?)),
        (None, None, Some(unsupported)) => {
            Answer::Unsupported(object::<Unsupported>(unsupported, "unsupported")?.cap)
        }
        (None, None, None) => {
            return Err(Complaint::schema("none of ok, err and unsupported"));
        }
        _ => {
            return Err(Complaint::schema(
                "more than one of ok, err and unsupported",
            ));
        }
    };
    Ok((envelope.seq.into_owned(), answer))
}

/// Whether it is JSON at all.
fn json(text: &str) -> Result<(), Complaint> {
    serde_json::from_str::<IgnoredAny>(text)
        .map(|_| ())
        .map_err(|error| not_json(&told(&error)))
}

fn not_json(what: &str) -> Complaint {
    Complaint::new(
        Kind::NotJson,
        format!("a line of the adapter is not JSON: {what}"),
    )
}

fn is_object(text: &str) -> bool {
    text.trim_ascii_start().starts_with('{')
}

fn object<T: DeserializeOwned>(raw: &RawValue, name: &str) -> Result<T, Complaint> {
    if !is_object(raw.get()) {
        return Err(Complaint::schema(format!("{name} is an object")));
    }
    serde_json::from_str(raw.get())
        .map_err(|error| Complaint::schema(format!("{name}: {}", told(&error))))
}

/// What is wrong, in few words: serde quotes whole texts.
fn told(error: &serde_json::Error) -> String {
    let mut few = FewWords(String::new());
    // It stops where it is full.
    let _ = write!(few, "{error}");
    few.0
}

struct FewWords(String);

impl fmt::Write for FewWords {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = LONGEST_TEXT.saturating_sub(self.0.len());
        self.0.extend(text.chars().take(room));
        if text.len() > room {
            Err(fmt::Error)
        } else {
            Ok(())
        }
    }
}

/// A message is for people only, and nobody reads so much.
fn cut(mut refusal: Refusal) -> Refusal {
    if refusal.message.len() > LONGEST_MESSAGE {
        refusal.message = refusal.message.chars().take(LONGEST_MESSAGE).collect();
    }
    refusal
}

/// Where a part stands in the text that it was read from.
fn place(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    start..start + part.len()
}

impl Line {
    /// The line as it came.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The line as it came, given back.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    /// The name of what is not implemented, if that is the answer.
    pub(super) fn is_unsupported(&self) -> bool {
        matches!(self.answer, Answer::Unsupported(_))
    }

    /// The answer with its `ok` read.
    ///
    /// # Errors
    ///
    /// When the `ok` lacks a field or has a wrong one; the text says which.
    pub(super) fn reply<T: DeserializeOwned>(&self) -> Result<Reply<T>, String> {
        match &self.answer {
            Answer::Ok(place) => self.ok(place.clone()).map(Reply::Ok),
            Answer::Err(refusal) => Ok(Reply::Err(refusal.clone())),
            Answer::Unsupported(cap) => Ok(Reply::Unsupported(cap.clone())),
        }
    }

    fn ok<T: DeserializeOwned>(&self, place: Range<usize>) -> Result<T, String> {
        let ok = self.text.get(place).unwrap_or_default();
        if ok.len() > LARGE && ok.bytes().filter(|byte| *byte == b'"').count() > 2 * MOST_TEXTS {
            return Err(format!("ok holds more than {MOST_TEXTS} texts"));
        }
        if !is_object(ok) {
            return Err("ok is not an object".to_owned());
        }
        let parts: Parts<'_> = serde_json::from_str(ok).map_err(|error| told(&error))?;
        for (name, part) in [("outcome", parts.outcome), ("stages", parts.stages)] {
            if part.is_some_and(|part| !is_object(part.get())) {
                return Err(format!("{name} is not an object"));
            }
        }
        serde_json::from_str(ok).map_err(|error| told(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, read};
    use crate::protocol::{ParseOutput, Reply, SignOutput};

    fn kind(line: &str) -> Option<Kind> {
        read(line.as_bytes().to_vec())
            .err()
            .map(|(_, complaint)| complaint.kind)
    }

    #[test]
    fn the_three_answers_are_read_and_unknown_fields_are_not_minded() {
        for line in [
            r#"{"seq":"k1","ok":{"extra":1},"more":[[[]]]}"#,
            r#" {"unsupported":{"cap":"x"},"seq":"k1"} "#,
            r#"{"seq":"k1","unsupported":{}}"#,
            r#"{"seq":"k1","err":{"class":"input"}}"#,
            r#"{"seq":"\u006b1","err":{"class":"internal","message":"m","more":1}}"#,
        ] {
            let (seq, _) = read(line.as_bytes().to_vec()).unwrap();
            assert_eq!(seq, "k1", "{line}");
        }
    }

    #[test]
    fn what_is_not_json_is_told_from_what_is_no_reply() {
        let deep = format!(r#"{{"seq":"{}"#, "[".repeat(100_000));
        let deep_array = "[".repeat(100_000);
        for line in [
            "hello world",
            "",
            " ",
            r#"{"seq":"k1","#,
            r#"{"seq":1,"ok":"#,
            r#"["k1","#,
            r#"{"seq":"k1","ok":{}} {}"#,
            &deep,
            &deep_array,
        ] {
            assert_eq!(kind(line), Some(Kind::NotJson), "{line:.40}");
        }
        for line in [
            "1",
            "null",
            r#"["k1",{}]"#,
            r#"{"seq":"k1"}"#,
            r#"{"ok":{}}"#,
            r#"{"seq":1,"ok":{}}"#,
            r#"{"seq":null,"ok":{}}"#,
            r#"{"seq":"k1","ok":{},"err":{"class":"input"}}"#,
            r#"{"seq":"k1","ok":{},"err":null}"#,
            r#"{"seq":"k1","seq":"k2","ok":{}}"#,
            r#"{"seq":"k1","ok":{},"ok":{}}"#,
            r#"{"seq":"k1","err":{"class":"no-such-class"}}"#,
            r#"{"seq":"k1","err":{"class":"input","class":"internal"}}"#,
            r#"{"seq":"k1","err":{"message":"m"}}"#,
            r#"{"seq":"k1","err":["input","m"]}"#,
            r#"{"seq":"k1","err":null}"#,
            r#"{"seq":"k1","unsupported":{"cap":1}}"#,
            r#"{"seq":"k1","unsupported":"x"}"#,
        ] {
            assert_eq!(kind(line), Some(Kind::Schema), "{line}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_told_with_their_place() {
        let (line, complaint) = read(b"{\"seq\":\"\xff\"}".to_vec()).unwrap_err();
        assert_eq!(complaint.kind, Kind::NotUtf8);
        assert!(complaint.what.ends_with("from byte 8 on"));
        assert_eq!(line.len(), 11);
    }

    #[test]
    fn an_ok_of_another_shape_is_read_as_a_line_and_then_refused() {
        for ok in [
            "null",
            "[]",
            r#"[[["Authorization","FC"]]]"#,
            "{}",
            r#"{"headers":{}}"#,
            r#"{"headers":[],"headers":[]}"#,
            r#"{"headers":[],"stages":["a"]}"#,
        ] {
            let line = format!(r#"{{"seq":"k1","ok":{ok}}}"#);
            let (_, line) = read(line.into_bytes()).unwrap();
            assert!(line.reply::<SignOutput>().is_err(), "{ok}");
        }
        let line = r#"{"ok":{"outcome":["completed"]},"seq":"k1"}"#;
        let (_, line) = read(line.into()).unwrap();
        assert!(line.reply::<ParseOutput>().is_err());
    }

    #[test]
    fn an_ok_is_read_from_its_place_in_the_line() {
        let line = r#"{"seq":"k1", "ok" : {"headers":[["Date","now"]]} , "x":"é"}"#;
        let (_, line) = read(line.into()).unwrap();
        let Ok(Reply::Ok(output)) = line.reply::<SignOutput>() else {
            panic!("{line:?}");
        };
        assert_eq!(output.headers, [("Date".to_owned(), "now".to_owned())]);
    }

    #[test]
    fn what_is_wrong_is_said_in_few_words_however_long_the_text_is() {
        let text = "x".repeat(1_000_000);
        let line = format!(r#"{{"seq":"k1","ok":{{"headers":"{text}"}}}}"#);
        let (_, line) = read(line.into_bytes()).unwrap();
        let what = line.reply::<SignOutput>().unwrap_err();
        assert!(what.starts_with("invalid type: string") && what.len() <= 300);

        let line = format!(r#"{{"seq":"k1","err":{{"class":"input","message":"{text}"}}}}"#);
        let (_, line) = read(line.into_bytes()).unwrap();
        let Ok(Reply::Err(refusal)) = line.reply::<SignOutput>() else {
            panic!("not an err");
        };
        assert_eq!(refusal.message.len(), 16 * 1024);
    }

    #[test]
    fn a_line_of_very_many_small_texts_is_refused_before_it_is_read() {
        let pairs = vec![r#"["a","b"]"#; 100_000].join(",");
        let line = format!(r#"{{"seq":"k1","ok":{{"headers":[{pairs}]}}}}"#);
        let (_, line) = read(line.into_bytes()).unwrap();
        assert_eq!(
            line.reply::<SignOutput>().unwrap_err(),
            "ok holds more than 100000 texts"
        );
    }
}
