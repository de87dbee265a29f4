//! Reads the packet details of Wireshark: every header line ends with a visible `\r\n`.

use super::lines::lines;
use super::start_line;
use super::transcript::Transcript;

const END: &[u8] = br"\r\n";

pub(super) fn read(text: &[u8]) -> Option<Transcript> {
    let mut transcript = Transcript::default();
    let mut in_response = false;
    for line in lines(text) {
        let Some(line) = line.trim_ascii().strip_suffix(END) else {
            continue;
        };
        // A text with two such ends in one line is a string literal.
        if line.windows(END.len()).any(|bytes| bytes == END) {
            return None;
        }
        if line.starts_with(b"HTTP/") {
            in_response = true;
        } else if start_line::starts_with_request_line(line) {
            in_response = false;
        }
        if in_response {
            transcript.received_line(line);
        } else {
            transcript.sent_line(line);
        }
    }
    transcript.with_request()
}
