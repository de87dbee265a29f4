//! Lines that are odd, but allowed, or that spoil only their case.

use std::fmt::Write as _;

use crate::actor::At;
use crate::kind::{Kind, kind, plays, says, twists};

const MEBIBYTE: usize = 1024 * 1024;

#[expect(clippy::too_many_lines, reason = "one entry for each kind")]
pub(crate) fn kinds() -> Vec<Kind> {
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
                    .right_but(|reply| reply["ok"]["hint"] = "HERE".into())
                    .replace("HERE", &text)
                    .into_bytes()
            }),
        )
        .limit("20")
        .spends(4.0),
        kind(
            "dense-4-mib",
            "a reply of millions of values that nobody reads is not kept as such",
            says(|question| {
                let values = "0,".repeat(2 * MEBIBYTE);
                question
                    .right_but(|reply| reply["ok"]["hint"] = "HERE".into())
                    .replace("\"HERE\"", &format!("[{values}0]"))
                    .into_bytes()
            }),
        )
        .limit("20")
        .spends(5.0),
        kind(
            "dense-headers",
            "a reply of a million headers fails its case, and is not kept",
            twists(At::Case(3), |actor, question| {
                let headers = r#"["a","b"],"#.repeat(1024 * 1024);
                let answer = format!(r#""ok":{{"headers":[{headers}["a","b"]]}}"#);
                actor.say(question.reply(&answer));
            }),
        )
        .limit("20")
        .only(&["sign.fc-vectors.fc-0*"])
        .these(&["sign.fc-vectors.fc-02"], "fail")
        .spends(5.0),
        kind(
            "15-mib-of-escapes",
            "a reply of 15 MiB with escapes is searched for the secret, and read",
            twists(At::Case(3), |actor, question| {
                let text = r"\/".repeat(15 * MEBIBYTE / 2);
                let reply = question
                    .right_but(|reply| reply["ok"]["hint"] = "HERE".into())
                    .replace("HERE", &text);
                actor.say(reply);
            }),
        )
        .limit("20")
        .only(&["sign.fc-vectors.fc-0*"])
        .spends(5.0),
        kind(
            "large-text",
            "an answer of 15 MiB fails its case, and is cut",
            says(|question| {
                let text = "x".repeat(15 * MEBIBYTE);
                question
                    .right_but(|reply| reply["ok"]["outcome"]["request_id"] = "HERE".into())
                    .replace("HERE", &text)
                    .into_bytes()
            }),
        )
        .limit("20")
        .culprit("fail")
        .spends(3.0),
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
