//! Reading what a reply holds, in the shape of the command.

use std::io;
use std::ops::Range;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use fcgate_protocol::Reply;

use super::few_words::told;
use super::reply::{Answer, Line, is_object};

/// From here on a line is counted before it is read.
const LARGE: usize = 256 * 1024;

/// More texts than any honest answer holds; they would take many times the memory of the line.
const MOST_TEXTS: usize = 100_000;

/// How much an `ok` may hold in the fields that are judged: many times what an honest answer holds.
const LARGEST_OK: usize = 4 * 1024 * 1024;

/// The objects within an `ok`, which serde would also read from arrays.
#[derive(Deserialize)]
struct Parts<'a> {
    #[serde(borrow, default)]
    outcome: Option<&'a RawValue>,
    #[serde(borrow, default)]
    stages: Option<&'a RawValue>,
}

impl Line {
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

    /// The answer to a question, whose `ok` is going to be judged.
    ///
    /// # Errors
    ///
    /// As for [`reply`](Self::reply), and when the `ok` holds more than any answer does.
    pub(super) fn answer<T: DeserializeOwned + Serialize>(&self) -> Result<Reply<T>, String> {
        let reply = self.reply()?;
        match &reply {
            Reply::Ok(value) if self.text.len() > LARGEST_OK && !fits(value) => {
                Err(format!("ok holds more than {LARGEST_OK} bytes"))
            }
            _ => Ok(reply),
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

/// Whether a value has few enough bytes as JSON.
fn fits(value: &impl Serialize) -> bool {
    serde_json::to_writer(Room(LARGEST_OK), value).is_ok()
}

/// Takes so many bytes and keeps none.
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
    use super::super::reply::read;
    use fcgate_protocol::{ParseOutput, Reply, SignOutput};

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
        assert_eq!(output.headers, [("Date", "now")].into());
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
    fn an_ok_may_be_long_in_what_is_not_judged() {
        let long = "x".repeat(5_000_000);
        for (field, taken) in [("more", true), ("url", false)] {
            let line = format!(r#"{{"seq":"k1","ok":{{"headers":[],"{field}":"{long}"}}}}"#);
            let (_, line) = read(line.into_bytes()).unwrap();
            assert_eq!(line.answer::<SignOutput>().is_ok(), taken, "{field}");
        }
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
