//! Reads the log of the `HttpLoggingInterceptor` of `OkHttp`: `--> POST url`, headers, body, `--> END POST`.

use super::lines::{lines, without_prefix};
use super::start_line::{has_version, method_length};
use super::transcript::Transcript;

pub(super) fn read(text: &[u8]) -> Option<Transcript> {
    let text = without_prefix(text, |line| {
        let start = line.windows(4).position(|four| four == b"--> ")?;
        let rest = line.get(start + 4..)?;
        let is_request = method_length(rest).is_some() && !rest.starts_with(b"END ");
        is_request.then_some(start)
    })?;
    let mut transcript = Transcript::default();
    let mut place = Place::Outside;
    let mut is_first_of_body = false;
    for line in lines(&text) {
        if line.starts_with(b"--> END") || line.starts_with(b"<-- END") {
            if place == Place::Sent && !is_first_of_body {
                transcript.sent(b"\r\n");
            }
            place = Place::Outside;
        } else if let Some(request) = line.strip_prefix(b"--> ") {
            place = Place::Sent;
            let version: &[u8] = if has_version(request) {
                b""
            } else {
                b" HTTP/1.1"
            };
            transcript.sent_line(&[request, version].concat());
        } else if let Some(status) = line.strip_prefix(b"<-- ") {
            place = Place::Received;
            transcript.received_line(&[b"HTTP/1.1 ", status].concat());
        } else if place == Place::Sent && line.is_empty() {
            place = Place::SentBody;
            is_first_of_body = true;
            transcript.sent(b"\r\n");
        } else if place == Place::SentBody {
            if !is_first_of_body {
                transcript.sent(b"\n");
            }
            is_first_of_body = false;
            transcript.sent(line);
        } else if place == Place::Sent {
            transcript.sent_line(line);
        } else if place == Place::Received {
            transcript.received_line(line);
        }
    }
    transcript.with_request()
}

/// The part of the log that a line without an arrow belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Sent,
    SentBody,
    Received,
}
