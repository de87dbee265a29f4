//! Names the forms that are recognized but cannot be read.

use super::Unreadable;
use super::lines::lines;

/// How to capture a request that can be read.
const CAPTURE: &str = "capture the request that is sent: `curl -v`, the debug log of the HTTP client, or `fcgate serve --record FOLDER`";

/// A mark in a line, and the form that has it.
const MARKS: [(&str, &str); 13] = [
    ("axios", "JavaScript code or a JavaScript error"),
    ("xmlhttprequest", "JavaScript code"),
    ("urllib.request", "Python code"),
    ("http.newrequest", "Go code"),
    ("new httprequestmessage(", "code in C#"),
    ("okhttpclient", "Java code"),
    ("curl_setopt", "PHP code"),
    ("\"_postman_id\"", "a Postman collection"),
    ("traceback (most recent call last)", "a Python stack trace"),
    ("exception in thread", "a Java stack trace"),
    (
        "http/1.1\" ",
        "a log with one line for each request, without headers",
    ),
    (
        "flags [",
        "packet summaries of tcpdump, without the bytes (`-A` prints them)",
    ),
    (
        "0x0000:",
        "a hexadecimal dump of packets without the start of a request",
    ),
];

/// The error for a text that no reader reads.
pub(super) fn refusal(text: &[u8]) -> Unreadable {
    let start = text.trim_ascii_start();
    if start.starts_with(b"HTTP/") || start.starts_with(b"< HTTP/") {
        return Unreadable::with_hint(
            "this is a response without its request",
            "give the request with --request and the response with --response",
        );
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
