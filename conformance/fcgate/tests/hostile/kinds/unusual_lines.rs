//! Unusual lines that are accepted or fail only their case.

use std::fmt::Write as _;

use crate::adapter::When;
use crate::kind::{Kind, does_everything, handles, kind, replies_with};

const MEBIBYTE: usize = 1024 * 1024;

#[expect(clippy::too_many_lines, reason = "one entry for each kind")]
pub(crate) fn kinds() -> Vec<Kind> {
    vec![
        kind(
            "carriage-return",
            "one carriage return before the line feed is accepted",
            does_everything(|adapter| {
                while let Some(request) = adapter.next_request() {
                    adapter.write_line(request.correct_reply() + "\r");
                }
            }),
        )
        .entry("ap-005"),
        kind(
            "more-fields",
            "unknown fields are ignored",
            replies_with(|request| {
                let reply = request.correct_reply_with(|reply| {
                    reply["ok"]["hint"] = 1.into();
                    reply["hint"] = "more".into();
                });
                reply.into_bytes()
            }),
        )
        .entry("ap-018"),
        kind(
            "more-fields-strict",
            "an unknown field ends a run with --strict-protocol",
            replies_with(|request| {
                let reply = request.correct_reply_with(|reply| reply["ok"]["extra"] = 1.into());
                reply.into_bytes()
            }),
        )
        .entry("ap-017")
        .flags(&["--strict-protocol"])
        .fault(&["schema:"])
        .mentions(&["`ok.extra`"]),
        kind(
            "escaped-seq",
            "a seq with JSON escapes is accepted",
            replies_with(|request| {
                let escaped = request.seq().chars().fold(String::new(), |mut text, one| {
                    write!(text, "\\u{:04x}", one as u32).unwrap();
                    text
                });
                request
                    .correct_reply()
                    .replace(request.seq(), &escaped)
                    .into_bytes()
            }),
        ),
        kind(
            "15-mib",
            "a reply of 15 MiB is accepted",
            replies_with(|request| {
                let text = "x".repeat(15 * MEBIBYTE);
                request
                    .correct_reply_with(|reply| reply["ok"]["hint"] = "HERE".into())
                    .replace("HERE", &text)
                    .into_bytes()
            }),
        )
        .limit("20")
        .extra_time(4.0),
        kind(
            "dense-4-mib",
            "an unknown field with millions of values uses bounded memory",
            replies_with(|request| {
                let values = "0,".repeat(2 * MEBIBYTE);
                request
                    .correct_reply_with(|reply| reply["ok"]["hint"] = "HERE".into())
                    .replace("\"HERE\"", &format!("[{values}0]"))
                    .into_bytes()
            }),
        )
        .limit("20")
        .extra_time(5.0),
        kind(
            "dense-headers",
            "a reply with a million headers fails its case and uses bounded memory",
            handles(When::Case(3), |adapter, request| {
                let headers = r#"["a","b"],"#.repeat(1024 * 1024);
                let answer = format!(r#""ok":{{"headers":[{headers}["a","b"]]}}"#);
                adapter.write_line(request.reply(&answer));
            }),
        )
        .limit("20")
        .only(&["sign.fc-vectors.fc-0*"])
        .cases(&["sign.fc-vectors.fc-02"], "fail")
        .extra_time(5.0),
        kind(
            "15-mib-of-escapes",
            "a reply of 15 MiB with escapes is accepted",
            handles(When::Case(3), |adapter, request| {
                let text = r"\/".repeat(15 * MEBIBYTE / 2);
                let reply = request
                    .correct_reply_with(|reply| reply["ok"]["hint"] = "HERE".into())
                    .replace("HERE", &text);
                adapter.write_line(reply);
            }),
        )
        .limit("20")
        .only(&["sign.fc-vectors.fc-0*"])
        .extra_time(5.0),
        kind(
            "large-text",
            "a wrong value of 15 MiB fails its case and is truncated",
            replies_with(|request| {
                let text = "x".repeat(15 * MEBIBYTE);
                request
                    .correct_reply_with(|reply| {
                        reply["ok"]["outcome"]["request_id"] = "HERE".into();
                    })
                    .replace("HERE", &text)
                    .into_bytes()
            }),
        )
        .limit("20")
        .faulty_case("fail")
        .extra_time(3.0),
        kind(
            "in-pieces",
            "a reply byte by byte is accepted",
            handles(When::EveryCase, |adapter, request| {
                for byte in (request.correct_reply() + "\n").bytes() {
                    adapter.write_bytes(&[byte]);
                }
            }),
        ),
        kind(
            "wrong-shape",
            "a result of a wrong type fails its case",
            replies_with(|request| request.reply(r#""ok":[]"#).into_bytes()),
        )
        .faulty_case("fail"),
        kind(
            "no-outcome",
            "a result without a required field fails its case",
            replies_with(|request| request.reply(r#""ok":{}"#).into_bytes()),
        )
        .faulty_case("fail"),
        kind(
            "wrong-number",
            "a number out of range fails its case",
            replies_with(|request| {
                let answer =
                    r#""ok":{"outcome":{"kind":"service_error","status":99999999999999999999}}"#;
                request.reply(answer).into_bytes()
            }),
        )
        .faulty_case("fail"),
    ]
}
