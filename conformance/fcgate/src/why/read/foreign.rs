//! Names the forms that are recognized but cannot be read.

use super::Unreadable;
use super::lines::lines;

/// How to capture a request that can be read.
const CAPTURE: &str = "capture the request that is sent: `curl -v`, the debug log of the HTTP client, or `fcgate serve --record FOLDER`";

/// A mark in a line, and the form that has it.
const MARKS: [(&str, &str); 13] = [
    ("invoke-webrequest", "a PowerShell command"),
    ("invoke-restmethod", "a PowerShell command"),
    ("wget ", "a wget command"),
    ("fetch(", "a JavaScript call"),
    ("axios", "JavaScript code or a JavaScript error"),
    ("requests.post(", "Python code"),
    ("requests.get(", "Python code"),
    ("http.newrequest", "Go code"),
    ("traceback (most recent call last)", "a Python stack trace"),
    ("exception in thread", "a Java stack trace"),
    ("http/1.1\" ", "an access log, which has no headers"),
    ("flags [", "packet summaries of tcpdump"),
    ("0x0000:", "a hexadecimal dump of packets"),
];

/// The error for an object as Node, Python or Ruby print it.
pub(super) fn printed_object() -> Unreadable {
    Unreadable::with_hint(
        "the text looks like a printed object or list of headers, which does not show what was sent",
        CAPTURE,
    )
}

/// The error for a text that no reader reads.
pub(super) fn refusal(text: &[u8]) -> Unreadable {
    let start = text.trim_ascii_start();
    if start.starts_with(b"HTTP/") || start.starts_with(b"< HTTP/") {
        return Unreadable::with_hint(
            "this is a response without its request",
            "give the request with --request and the response with --response",
        );
    }
    if start.starts_with(b"curl ") || start.starts_with(b"curl.exe ") {
        return Unreadable::with_hint(
            "this is a curl command for the Windows prompt",
            "run it with `-v`, or use the browser's \"Copy as cURL (bash)\"",
        );
    }
    if start.starts_with(b"http ") || start.starts_with(b"https ") {
        return Unreadable::with_hint("this is a command of httpie", "run it with `-v`");
    }
    if [
        &b"\xd4\xc3\xb2\xa1"[..],
        b"\xa1\xb2\xc3\xd4",
        b"\x0a\x0d\x0d\x0a",
    ]
    .iter()
    .any(|magic| text.starts_with(magic))
    {
        return Unreadable::with_hint(
            "this is a packet capture file",
            "print it as text: Wireshark's \"follow stream\", or `tcpdump -A -r FILE`",
        );
    }
    for line in lines(text).take(2_000) {
        let lower = String::from_utf8_lossy(line).to_ascii_lowercase();
        if let Some((_, form)) = MARKS.iter().find(|(mark, _)| lower.contains(mark)) {
            return Unreadable::with_hint(
                format!("the text looks like {form}, and contains no request that can be read"),
                CAPTURE,
            );
        }
        if is_authorization(&lower) {
            return Unreadable::with_hint(
                "the text has an Authorization header, but no request line before it",
                "add the request line, such as `POST /path HTTP/1.1`, before the headers",
            );
        }
    }
    Unreadable::with_hint("no request line was found", CAPTURE)
}

fn is_authorization(lower: &str) -> bool {
    let start = lower.trim_start_matches(['"', '\'', '{', '[', ' ', '\t', '-']);
    let rest = start.strip_prefix("authorization");
    rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
}
