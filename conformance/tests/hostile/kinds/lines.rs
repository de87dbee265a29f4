//! Single lines that break the framing or the shape of a reply, and some that only look like it.

use std::fmt::Write as _;
use std::time::Duration;

use crate::actor::{Actor, At};
use crate::kind::{Kind, kind, plays, says, twists};
use crate::pace;

const MEBIBYTE: usize = 1024 * 1024;

pub(crate) fn kinds() -> Vec<Kind> {
    [refused(), accepted(), halves()]
        .into_iter()
        .flatten()
        .collect()
}

/// Lines that end the run.
#[expect(clippy::too_many_lines, reason = "one entry for each kind")]
fn refused() -> Vec<Kind> {
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
        .fault(&["not-json:", "schema:"]),
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
        .in_both()
        .fault(&["too-long:"]),
        kind(
            "endless-line",
            "a line without an end is too long and is not kept",
            plays(endless_line),
        )
        .in_both()
        .fault(&["too-long:"]),
    ]
}

/// Lines that are odd, but allowed, or that spoil only their case.
fn accepted() -> Vec<Kind> {
    vec![
        kind(
            "carriage-return",
            "one carriage return before the line end is tolerated",
            plays(|actor| {
                while let Some(question) = actor.hear() {
                    actor.say(question.right() + "\r");
                }
            }),
        ),
        kind(
            "more-fields",
            "fields that nobody knows are ignored",
            says(|question| {
                let reply = question.right_but(|reply| {
                    reply["ok"]["hint"] = 1.into();
                    reply["hint"] = "more".into();
                });
                reply.into_bytes()
            }),
        ),
        kind(
            "escaped-seq",
            "a seq may be written with escapes",
            says(|question| {
                let escaped = question.seq().chars().fold(String::new(), |mut text, one| {
                    write!(text, "\\u{:04x}", one as u32).unwrap();
                    text
                });
                question
                    .right()
                    .replace(question.seq(), &escaped)
                    .into_bytes()
            }),
        ),
        kind(
            "15-mib",
            "a reply of 15 MiB is read",
            says(|question| {
                let text = "x".repeat(15 * MEBIBYTE);
                question
                    .right_but(|reply| reply["ok"]["hint"] = text.into())
                    .into_bytes()
            }),
        )
        .in_both()
        .spends(1.0),
        kind(
            "in-pieces",
            "a reply may come byte by byte",
            twists(At::EveryCase, |actor, question| {
                for byte in (question.right() + "\n").bytes() {
                    actor.write(&[byte]);
                }
            }),
        ),
        kind(
            "wrong-shape",
            "an answer of another type fails its case",
            says(|question| question.reply(r#""ok":[]"#).into_bytes()),
        )
        .culprit("fail"),
        kind(
            "no-outcome",
            "an answer without its field fails its case",
            says(|question| question.reply(r#""ok":{}"#).into_bytes()),
        )
        .culprit("fail"),
        kind(
            "wrong-number",
            "a number beyond every type fails its case",
            says(|question| {
                let answer =
                    r#""ok":{"outcome":{"kind":"service_error","status":99999999999999999999}}"#;
                question.reply(answer).into_bytes()
            }),
        )
        .culprit("fail"),
    ]
}

/// Lines that never come to their end.
fn halves() -> Vec<Kind> {
    vec![
        kind(
            "half-then-exit-0",
            "half a line and an orderly end is a truncated line",
            plays(|actor| {
                half(actor, || std::process::exit(0));
            }),
        )
        .in_both()
        .fault(&["truncated-line:"]),
        kind(
            "half-then-exit-1",
            "half a line and another end is a crash",
            plays(|actor| {
                half(actor, || std::process::exit(1));
            }),
        )
        .in_both()
        .culprit("crash"),
        kind(
            "half-then-hang",
            "half a line and nothing more is a time-out",
            plays(|actor| {
                half(actor, || pace::hang());
            }),
        )
        .in_both()
        .culprit("timeout")
        .spends(1.0),
        kind(
            "drip",
            "the limit is for the case, not for a read",
            twists(At::Culprit, |actor, question| {
                for byte in question.right().bytes() {
                    actor.write(&[byte]);
                    pace::rest(Duration::from_millis(200));
                }
            }),
        )
        .in_both()
        .culprit("timeout")
        .spends(1.0),
    ]
}

fn half(actor: &mut Actor, end: fn() -> !) {
    actor.play(At::Culprit, |actor, question| {
        let line = question.right();
        actor.write(&line.as_bytes()[..line.len() / 2]);
        end();
    });
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
