//! Parses one line of an adapter into its `seq` and one of `ok`, `err` and `unsupported`.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use serde_json::value::RawValue;

use fcgate_protocol::Refusal;

use super::fault::Kind;
use super::reply_fields::{ERR, LINE, UNSUPPORTED};
use super::reply_form::{Field, describe, wrong_kind};
use super::truncate::{error_text, truncate};
use super::violation::Violation;

/// The number of characters that are kept of a message for people.
const LONGEST_MESSAGE: usize = 16 * 1024;

/// The number of characters that are kept of a `seq`. The gate sends shorter ones.
const LONGEST_SEQ: usize = 64;

/// A line that contains a reply.
#[derive(Debug)]
pub(super) struct ReplyLine {
    pub(super) text: String,
    pub(super) answer: Answer,
}

/// The content of a reply.
#[derive(Debug)]
pub(super) enum Answer {
    /// The position of the `ok` object in the line.
    Ok(Range<usize>),
    Err(Refusal),
    Unsupported(String),
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

/// Parses a field that is present, even if it is `null`.
fn present<'de: 'a, 'a, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

/// Parses a line and returns its `seq`. If the line is not a reply, it is returned with the violation.
pub(super) fn parse(line: Vec<u8>) -> Result<(String, ReplyLine), (Vec<u8>, Violation)> {
    let text = match String::from_utf8(line) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text =
                format!("the adapter wrote a line that is not UTF-8: invalid byte at offset {at}");
            return Err((error.into_bytes(), Violation::new(Kind::NotUtf8, text)));
        }
    };
    match envelope(&text) {
        Ok((seq, answer)) => Ok((seq, ReplyLine { text, answer })),
        Err(violation) => Err((text.into_bytes(), violation)),
    }
}

fn envelope(text: &str) -> Result<(String, Answer), Violation> {
    if text.trim_ascii().is_empty() {
        return Err(not_json("the line is empty"));
    }
    if !is_object(text) {
        check_json(text)?;
        return Err(Violation::schema("expected a JSON object as reply"));
    }
    let envelope: Envelope<'_> = match serde_json::from_str(text) {
        Ok(envelope) => envelope,
        Err(error) if error.classify() == Category::Data => {
            check_json(text)?;
            return Err(Violation::schema(describe("", text, LINE, &error)));
        }
        Err(error) => return Err(not_json(&error_text(&error))),
    };
    let answer = match (envelope.ok, envelope.err, envelope.unsupported) {
        (Some(ok), None, None) => Answer::Ok(position(text, ok.get())),
        (None, Some(err), None) => {
            let mut refusal: Refusal = object(err, "err", ERR)?;
            refusal.message = truncate(&refusal.message, LONGEST_MESSAGE);
            Answer::Err(refusal)
        }
        (None, None, Some(unsupported)) => {
            let cap = object::<Unsupported>(unsupported, "unsupported", UNSUPPORTED)?.cap;
            Answer::Unsupported(truncate(&cap, LONGEST_MESSAGE))
        }
        (None, None, None) => {
            return Err(Violation::schema(
                "expected one of ok, err and unsupported in the reply, found none",
            ));
        }
        _ => {
            return Err(Violation::schema(
                "expected one of ok, err and unsupported in the reply, found several",
            ));
        }
    };
    Ok((truncate(&envelope.seq, LONGEST_SEQ), answer))
}

/// Returns a violation if the text is not JSON.
fn check_json(text: &str) -> Result<(), Violation> {
    serde_json::from_str::<IgnoredAny>(text)
        .map(|_| ())
        .map_err(|error| not_json(&error_text(&error)))
}

fn not_json(reason: &str) -> Violation {
    Violation::new(
        Kind::NotJson,
        format!("the adapter wrote a line that is not JSON: {reason}"),
    )
}

pub(super) fn is_object(text: &str) -> bool {
    text.trim_ascii_start().starts_with('{')
}

fn object<T: DeserializeOwned>(
    raw: &RawValue,
    name: &str,
    fields: &'static [Field],
) -> Result<T, Violation> {
    if !is_object(raw.get()) {
        return Err(Violation::schema(wrong_kind(name, raw.get(), "an object")));
    }
    serde_json::from_str(raw.get())
        .map_err(|error| Violation::schema(describe(name, raw.get(), fields, &error)))
}

/// Returns the position of a part in the text that it was parsed from.
fn position(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    start..start + part.len()
}

impl ReplyLine {
    /// The line as received.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The line as received, to reuse its memory.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    /// Whether the reply is `unsupported`.
    pub(super) fn is_unsupported(&self) -> bool {
        matches!(self.answer, Answer::Unsupported(_))
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, parse};

    fn kind(line: &str) -> Option<Kind> {
        parse(line.as_bytes().to_vec())
            .err()
            .map(|(_, violation)| violation.kind)
    }

    #[test]
    fn ok_err_and_unsupported_are_parsed_and_unknown_fields_are_ignored() {
        for line in [
            r#"{"seq":"k1","ok":{"extra":1},"more":[[[]]]}"#,
            r#" {"unsupported":{"cap":"x"},"seq":"k1"} "#,
            r#"{"seq":"k1","unsupported":{}}"#,
            r#"{"seq":"k1","err":{"class":"input"}}"#,
            r#"{"seq":"\u006b1","err":{"class":"internal","message":"m","more":1}}"#,
        ] {
            let (seq, _) = parse(line.as_bytes().to_vec()).unwrap();
            assert_eq!(seq, "k1", "{line}");
        }
    }

    #[test]
    fn lines_that_are_not_json_and_lines_that_are_not_replies_have_different_kinds() {
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
    fn a_wrong_field_of_a_line_is_named_in_words() {
        for (line, message) in [
            (
                r#"{"seq":1,"ok":{}}"#,
                "`seq` is a number; a text is expected",
            ),
            (r#"{"ok":{}}"#, "`seq` is missing; a text is expected"),
            (
                r#"{"seq":"k1","seq":"k2","ok":{}}"#,
                "`seq` occurs twice in one object",
            ),
            (
                r#"{"seq":"k1","err":"input"}"#,
                "`err` is a text; an object is expected",
            ),
            (
                r#"{"seq":"k1","err":{"class":"usage"}}"#,
                "`err.class` is the text 'usage'; one of input, internal is expected",
            ),
            (
                r#"{"seq":"k1","unsupported":{"cap":1}}"#,
                "`unsupported.cap` is a number; a text is expected",
            ),
        ] {
            let (_, violation) = parse(line.as_bytes().to_vec()).unwrap_err();
            assert_eq!(violation.text, message);
        }
    }

    #[test]
    fn the_violation_of_invalid_utf8_names_the_offset() {
        let (line, violation) = parse(b"{\"seq\":\"\xff\"}".to_vec()).unwrap_err();
        assert_eq!(violation.kind, Kind::NotUtf8);
        assert!(violation.text.ends_with("at offset 8"));
        assert_eq!(line.len(), 11);
    }
}
