//! Reading one line of an adapter: which question it answers, and how.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use serde_json::value::RawValue;

use fcgate_protocol::Refusal;

use super::fault::Kind;
use super::few_words::{cut, told};

/// How much of a text is kept that is for people only.
const LONGEST_MESSAGE: usize = 16 * 1024;

/// How much of a `seq` is kept: longer ones are none of ours.
const LONGEST_SEQ: usize = 64;

/// A line that is a reply.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) answer: Answer,
}

/// Which of the three it is.
#[derive(Debug)]
pub(super) enum Answer {
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
        (None, Some(err), None) => {
            let mut refusal: Refusal = object(err, "err")?;
            refusal.message = cut(&refusal.message, LONGEST_MESSAGE);
            Answer::Err(refusal)
        }
        (None, None, Some(unsupported)) => {
            let cap = object::<Unsupported>(unsupported, "unsupported")?.cap;
            Answer::Unsupported(cut(&cap, LONGEST_MESSAGE))
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
    Ok((cut(&envelope.seq, LONGEST_SEQ), answer))
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

pub(super) fn is_object(text: &str) -> bool {
    text.trim_ascii_start().starts_with('{')
}

fn object<T: DeserializeOwned>(raw: &RawValue, name: &str) -> Result<T, Complaint> {
    if !is_object(raw.get()) {
        return Err(Complaint::schema(format!("{name} is an object")));
    }
    serde_json::from_str(raw.get())
        .map_err(|error| Complaint::schema(format!("{name}: {}", told(&error))))
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
}

#[cfg(test)]
mod tests {
    use super::{Kind, read};

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
}
