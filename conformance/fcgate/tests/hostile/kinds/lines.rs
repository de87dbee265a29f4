//! Single lines that break the framing or the shape of a reply, and end the run.

use crate::actor::{Actor, At};
use crate::kind::{Kind, kind, plays, says};

const MEBIBYTE: usize = 1024 * 1024;

#[expect(clippy::too_many_lines, reason = "one entry for each kind")]
pub(crate) fn kinds() -> Vec<Kind> {
    let not_json = &["not-json:"][..];
    let schema = &["schema:"][..];
    vec![
        kind(
            "noise",
            "a line that is no JSON is quoted",
            says(|_| b"hello world".to_vec()),
        )
        .fault(not_json)
        .mentions(&["hello world"]),
        kind(
            "empty-line",
            "an empty line is no reply",
            says(|_| Vec::new()),
        )
        .fault(not_json),
        kind(
            "not-utf8",
            "a line that is not UTF-8 is no reply",
            says(|_| b"{\"seq\":\"\xff\"}".to_vec()),
        )
        .fault(&["not-utf8:"]),
        kind(
            "utf16",
            "a line in UTF-16 is no reply",
            says(|question| {
                question
                    .right()
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect()
            }),
        )
        .fault(&["not-utf8:", "not-json:"]),
        kind(
            "byte-order-mark",
            "a byte order mark is no part of a reply",
            says(|question| ["\u{feff}", &question.right()].concat().into_bytes()),
        )
        .fault(not_json),
        kind(
            "pretty",
            "a reply over several lines is no line of JSON",
            says(|question| {
                format!("{{\n  \"seq\": \"{}\",\n  \"ok\": {{}}\n}}", question.seq()).into_bytes()
            }),
        )
        .fault(not_json),
        kind(
            "terminal-codes",
            "an offending line is shown without its control bytes",
            says(|_| b"\x1b[2J\x1b]0;owned\x07::error::owned".to_vec()),
        )
        .fault(not_json),
        kind(
            "a-string",
            "a reply is an object",
            says(|_| b"\"ok\"".to_vec()),
        )
        .fault(schema),
        kind(
            "an-array",
            "a reply is not an array",
            says(|question| format!("[{}]", question.right()).into_bytes()),
        )
        .fault(schema),
        kind(
            "no-answer",
            "a reply holds one of the three answers",
            says(|question| format!("{{\"seq\":\"{}\"}}", question.seq()).into_bytes()),
        )
        .fault(schema),
        kind(
            "two-answers",
            "a reply holds only one of the three answers",
            says(|question| {
                question
                    .reply(r#""ok":{},"err":{"class":"input"}"#)
                    .into_bytes()
            }),
        )
        .fault(schema),
        kind(
            "seq-twice",
            "a key stands once in a reply",
            says(|question| question.reply(r#""seq":"k2","ok":{}"#).into_bytes()),
        )
        .fault(schema),
        kind(
            "ok-twice",
            "an answer stands once in a reply",
            says(|question| question.reply(r#""ok":{},"ok":{}"#).into_bytes()),
        )
        .fault(schema),
        kind(
            "seq-number",
            "a seq is a text",
            says(|_| br#"{"seq":1,"ok":{}}"#.to_vec()),
        )
        .fault(schema),
        kind(
            "no-seq",
            "a reply has a seq",
            says(|_| br#"{"ok":{}}"#.to_vec()),
        )
        .fault(schema),
        kind(
            "error-class",
            "an unknown class of error is no answer",
            says(|question| {
                question
                    .reply(r#""err":{"class":"no-such-class"}"#)
                    .into_bytes()
            }),
        )
        .fault(schema),
        kind(
            "error-text",
            "an error is an object",
            says(|question| question.reply(r#""err":"it failed""#).into_bytes()),
        )
        .fault(schema),
        kind(
            "foreign-seq",
            "a seq that nobody asked ends the run",
            says(|_| br#"{"seq":"zz","ok":{}}"#.to_vec()),
        )
        .fault(&["unknown-seq:"]),
        kind(
            "repeated-seq",
            "a second reply to one question ends the run",
            says(|question| [question.right(), question.right()].join("\n").into_bytes()),
        )
        .fault(&["repeated-seq:"]),
        kind(
            "earlier-seq",
            "a reply to an earlier question ends the run",
            plays(earlier_seq),
        )
        .fault(&["repeated-seq:"]),
        kind(
            "brackets",
            "a line of opening brackets does not overflow the stack",
            says(|question| {
                format!(
                    "{{\"seq\":\"{}\",\"ok\":{}",
                    question.seq(),
                    "[".repeat(100_000)
                )
                .into_bytes()
            }),
        )
        .fault(not_json),
        kind(
            "deep",
            "a deep document does not overflow the stack",
            says(|question| {
                let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
                question
                    .reply(&format!("\"ok\":{open}{close}"))
                    .into_bytes()
            }),
        )
        .culprit("fail"),
        kind(
            "17-mib",
            "a line of 17 MiB is too long and is not kept",
            says(|question| {
                let text = "x".repeat(17 * MEBIBYTE);
                question
                    .reply(&format!("\"ok\":{{}},\"text\":\"{text}\""))
                    .into_bytes()
            }),
        )
        .limit("20")
        .fault(&["too-long:"]),
        kind(
            "endless-line",
            "a line without an end is too long and is not kept",
            plays(endless_line),
        )
        .limit("20")
        .fault(&["too-long:"]),
    ]
}

fn earlier_seq(actor: &mut Actor) {
    let mut earlier = String::new();
    actor.play(At::EveryCase, |actor, question| {
        if question.is_culprit() {
            actor.say(&earlier);
        } else {
            earlier = question.right();
            actor.say(&earlier);
        }
    });
}

fn endless_line(actor: &mut Actor) {
    actor.play(At::Culprit, |actor, _| {
        loop {
            actor.write(&[b'x'; 16384]);
        }
    });
}
