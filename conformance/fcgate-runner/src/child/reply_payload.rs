//! Parses the `ok` of a reply into the output type of its command.

use std::io;
use std::ops::Range;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use fcgate_protocol::Reply;

use super::reply_fields::ReplyFields;
use super::reply_form::{describe, wrong_kind};
use super::reply_line::{Answer, ReplyLine, is_object};

/// The size of an `ok` above which its strings are counted before it is parsed.
const LARGE: usize = 256 * 1024;

/// The maximum number of strings. Strings need many times the memory of the line.
const MAX_STRINGS: usize = 100_000;

/// The maximum size, as JSON, of the fields of an `ok` that the gate judges.
const LARGEST_OK: usize = 4 * 1024 * 1024;

/// The objects in an `ok`. Without this check serde would also parse them from arrays.
#[derive(Deserialize)]
struct Objects<'a> {
    #[serde(borrow, default)]
    outcome: Option<&'a RawValue>,
    #[serde(borrow, default)]
    stages: Option<&'a RawValue>,
    #[serde(borrow, default)]
    response: Option<&'a RawValue>,
    #[serde(borrow, default)]
    sdk: Option<&'a RawValue>,
}

impl ReplyLine {
    /// Parses the `ok` and returns the reply.
    ///
    /// # Errors
    ///
    /// If the `ok` lacks a field or has a wrong one; the text names the field.
    pub(super) fn reply<T: ReplyFields + DeserializeOwned>(&self) -> Result<Reply<T>, String> {
        match &self.answer {
            Answer::Ok(position) => self.ok(position.clone()).map(Reply::Ok),
            Answer::Err(refusal) => Ok(Reply::Err(refusal.clone())),
            Answer::Unsupported(cap) => Ok(Reply::Unsupported(cap.clone())),
        }
    }

    /// Parses the reply to a case, whose `ok` the gate judges.
    ///
    /// # Errors
    ///
    /// The same as for [`reply`](Self::reply), and if the judged fields are too large.
    pub(super) fn judged_reply<T: ReplyFields + DeserializeOwned + Serialize>(
        &self,
    ) -> Result<Reply<T>, String> {
        let reply = self.reply()?;
        match &reply {
            Reply::Ok(value) if self.text.len() > LARGEST_OK && !fits(value) => Err(format!(
                "ok: expected at most {LARGEST_OK} bytes in the known fields"
            )),
            _ => Ok(reply),
        }
    }

    fn ok<T: ReplyFields + DeserializeOwned>(&self, position: Range<usize>) -> Result<T, String> {
        let ok = self.text.get(position).unwrap_or_default();
        if ok.len() > LARGE && ok.bytes().filter(|byte| *byte == b'"').count() > 2 * MAX_STRINGS {
            return Err(format!("ok: expected at most {MAX_STRINGS} strings"));
        }
        if !is_object(ok) {
            return Err(wrong_kind("ok", ok, "an object"));
        }
        let describe = |error| describe("", ok, T::FIELDS, &error);
        let objects: Objects<'_> = serde_json::from_str(ok).map_err(describe)?;
        for (name, object) in [
            ("outcome", objects.outcome),
            ("stages", objects.stages),
            ("response", objects.response),
            ("sdk", objects.sdk),
        ] {
            if let Some(object) = object.filter(|object| !is_object(object.get())) {
                return Err(wrong_kind(name, object.get(), "an object"));
            }
        }
        serde_json::from_str(ok).map_err(describe)
    }
}

/// Whether a value is small enough as JSON.
fn fits(value: &impl Serialize) -> bool {
    serde_json::to_writer(Room(LARGEST_OK), value).is_ok()
}

/// A writer that fails after this number of bytes and stores none.
struct Room(usize);

impl io::Write for Room {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self
            .0
            .checked_sub(bytes.len())
            .ok_or(io::ErrorKind::OutOfMemory)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::reply_line::parse;
    use fcgate_protocol::{ParseOutput, Reply, SignOutput};

    #[test]
    fn an_ok_with_a_wrong_field_is_rejected_although_the_line_is_valid() {
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
            let (_, line) = parse(line.into_bytes()).unwrap();
            assert!(line.reply::<SignOutput>().is_err(), "{ok}");
        }
        let line = r#"{"ok":{"outcome":["completed"]},"seq":"k1"}"#;
        let (_, line) = parse(line.into()).unwrap();
        assert!(line.reply::<ParseOutput>().is_err());
    }

    #[test]
    fn an_ok_is_parsed_wherever_it_is_in_the_line() {
        let line = r#"{"seq":"k1", "ok" : {"headers":[["Date","now"]]} , "x":"é"}"#;
        let (_, line) = parse(line.into()).unwrap();
        let Ok(Reply::Ok(output)) = line.reply::<SignOutput>() else {
            panic!("{line:?}");
        };
        assert_eq!(output.headers, [("Date", "now")].into());
    }

    #[test]
    fn the_error_about_a_long_text_is_truncated() {
        let text = "x".repeat(1_000_000);
        let line = format!(r#"{{"seq":"k1","ok":{{"headers":"{text}"}}}}"#);
        let (_, line) = parse(line.into_bytes()).unwrap();
        let error = line.reply::<SignOutput>().unwrap_err();
        assert_eq!(
            error,
            "`headers` is a text; a list of [name, value] is expected"
        );

        let line = format!(r#"{{"seq":"k1","err":{{"class":"input","message":"{text}"}}}}"#);
        let (_, line) = parse(line.into_bytes()).unwrap();
        let Ok(Reply::Err(refusal)) = line.reply::<SignOutput>() else {
            panic!("not an err");
        };
        assert_eq!(refusal.message.len(), 16 * 1024);
    }

    #[test]
    fn only_the_known_fields_of_an_ok_have_a_maximum_size() {
        let long = "x".repeat(5_000_000);
        for (field, accepted) in [("more", true), ("url", false)] {
            let line = format!(r#"{{"seq":"k1","ok":{{"headers":[],"{field}":"{long}"}}}}"#);
            let (_, line) = parse(line.into_bytes()).unwrap();
            assert_eq!(
                line.judged_reply::<SignOutput>().is_ok(),
                accepted,
                "{field}"
            );
        }
    }

    #[test]
    fn an_ok_with_too_many_strings_is_rejected_before_it_is_parsed() {
        let pairs = vec![r#"["a","b"]"#; 100_000].join(",");
        let line = format!(r#"{{"seq":"k1","ok":{{"headers":[{pairs}]}}}}"#);
        let (_, line) = parse(line.into_bytes()).unwrap();
        assert_eq!(
            line.reply::<SignOutput>().unwrap_err(),
            "ok: expected at most 100000 strings"
        );
    }
}
