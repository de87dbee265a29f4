//! Invalid lines that end the run.

use crate::adapter::{Adapter, When};
use crate::kind::{Kind, does_everything, kind, replies_with};

const MEBIBYTE: usize = 1024 * 1024;

#[expect(clippy::too_many_lines, reason = "one entry for each kind")]
pub(crate) fn kinds() -> Vec<Kind> {
    let not_json = &["not-json:"][..];
    let schema = &["schema:"][..];
    vec![
        kind(
            "noise",
            "a line that is not JSON ends the run and is quoted",
            replies_with(|_| b"hello world".to_vec()),
        )
        .entry("ap-001")
        .fault(not_json)
        .mentions(&["hello world"]),
        kind(
            "empty-line",
            "an empty line ends the run",
            replies_with(|_| Vec::new()),
        )
        .entry("ap-002")
        .fault(not_json),
        kind(
            "not-utf8",
            "a line that is not UTF-8 ends the run",
            replies_with(|_| b"{\"seq\":\"\xff\"}".to_vec()),
        )
        .entry("ap-003")
        .fault(&["not-utf8:"]),
        kind(
            "utf16",
            "a line in UTF-16 ends the run",
            replies_with(|request| {
                request
                    .correct_reply()
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect()
            }),
        )
        .fault(&["not-utf8:", "not-json:"]),
        kind(
            "byte-order-mark",
            "a line with a byte order mark ends the run",
            replies_with(|request| ["\u{feff}", &request.correct_reply()].concat().into_bytes()),
        )
        .fault(not_json),
        kind(
            "pretty",
            "a reply over several lines ends the run",
            replies_with(|request| {
                format!("{{\n  \"seq\": \"{}\",\n  \"ok\": {{}}\n}}", request.seq()).into_bytes()
            }),
        )
        .entry("ap-007")
        .fault(not_json),
        kind(
            "terminal-codes",
            "an invalid line is shown without control characters",
            replies_with(|_| b"\x1b[2J\x1b]0;owned\x07::error::owned".to_vec()),
        )
        .fault(not_json),
        kind(
            "a-string",
            "a reply that is a string ends the run",
            replies_with(|_| b"\"ok\"".to_vec()),
        )
        .fault(schema),
        kind(
            "an-array",
            "a reply that is an array ends the run",
            replies_with(|request| format!("[{}]", request.correct_reply()).into_bytes()),
        )
        .fault(schema),
        kind(
            "no-answer",
            "a reply without ok, err and unsupported ends the run",
            replies_with(|request| format!("{{\"seq\":\"{}\"}}", request.seq()).into_bytes()),
        )
        .entry("ap-008")
        .fault(schema),
        kind(
            "two-answers",
            "a reply with ok and err ends the run",
            replies_with(|request| {
                request
                    .reply(r#""ok":{},"err":{"class":"input"}"#)
                    .into_bytes()
            }),
        )
        .entry("ap-009")
        .fault(schema),
        kind(
            "seq-twice",
            "a reply with two seq keys ends the run",
            replies_with(|request| request.reply(r#""seq":"k2","ok":{}"#).into_bytes()),
        )
        .entry("ap-010")
        .fault(schema),
        kind(
            "ok-twice",
            "a reply with two ok keys ends the run",
            replies_with(|request| request.reply(r#""ok":{},"ok":{}"#).into_bytes()),
        )
        .fault(schema),
        kind(
            "seq-number",
            "a number as seq ends the run",
            replies_with(|_| br#"{"seq":1,"ok":{}}"#.to_vec()),
        )
        .entry("ap-011")
        .fault(schema),
        kind(
            "no-seq",
            "a reply without seq ends the run",
            replies_with(|_| br#"{"ok":{}}"#.to_vec()),
        )
        .fault(schema),
        kind(
            "error-class",
            "an unknown error class ends the run",
            replies_with(|request| {
                request
                    .reply(r#""err":{"class":"no-such-class"}"#)
                    .into_bytes()
            }),
        )
        .entry("ap-015")
        .fault(schema),
        kind(
            "error-text",
            "a text as err ends the run",
            replies_with(|request| request.reply(r#""err":"it failed""#).into_bytes()),
        )
        .fault(schema),
        kind(
            "foreign-seq",
            "an unknown seq ends the run",
            replies_with(|_| br#"{"seq":"zz","ok":{}}"#.to_vec()),
        )
        .entry("ap-012")
        .fault(&["unknown-seq:"]),
        kind(
            "repeated-seq",
            "a second reply to one request ends the run",
            replies_with(|request| {
                [request.correct_reply(), request.correct_reply()]
                    .join("\n")
                    .into_bytes()
            }),
        )
        .entry("ap-013")
        .fault(&["repeated-seq:"]),
        kind(
            "earlier-seq",
            "a reply to an earlier request ends the run",
            does_everything(earlier_seq),
        )
        .fault(&["repeated-seq:"]),
        kind(
            "brackets",
            "a line of opening brackets does not overflow the stack",
            replies_with(|request| {
                format!(
                    "{{\"seq\":\"{}\",\"ok\":{}",
                    request.seq(),
                    "[".repeat(100_000)
                )
                .into_bytes()
            }),
        )
        .entry("ap-019")
        .fault(not_json),
        kind(
            "deep",
            "a deeply nested result fails its case and does not overflow the stack",
            replies_with(|request| {
                let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
                request.reply(&format!("\"ok\":{open}{close}")).into_bytes()
            }),
        )
        .faulty_case("fail"),
        kind(
            "17-mib",
            "a line of 17 MiB ends the run and is not kept in memory",
            replies_with(|request| {
                let text = "x".repeat(17 * MEBIBYTE);
                request
                    .reply(&format!("\"ok\":{{}},\"text\":\"{text}\""))
                    .into_bytes()
            }),
        )
        .limit("20")
        .fault(&["too-long:"]),
        kind(
            "endless-line",
            "an endless line ends the run and is not kept in memory",
            does_everything(endless_line),
        )
        .limit("20")
        .fault(&["too-long:"]),
    ]
}

fn earlier_seq(adapter: &mut Adapter) {
    let mut earlier = String::new();
    adapter.serve_with(When::EveryCase, |adapter, request| {
        if request.is_faulty_case() {
            adapter.write_line(&earlier);
        } else {
            earlier = request.correct_reply();
            adapter.write_line(&earlier);
        }
    });
}

fn endless_line(adapter: &mut Adapter) {
    adapter.serve_with(When::FaultyCase, |adapter, _| {
        loop {
            adapter.write_bytes(&[b'x'; 16384]);
        }
    });
}
