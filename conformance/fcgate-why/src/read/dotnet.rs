//! Reads a request of .NET as `HttpRequestMessage` prints it: `Method: POST, RequestUri: 'https://..', .. Headers: { .. }`.

use super::described_request::DescribedRequest;
use super::latin1;
use super::lines::lines;
use crate::captured::Exchange;
use fcgate_http::request::parse_header_line;
use fcgate_protocol::HeaderList;

pub(super) fn read(text: &[u8]) -> Option<Exchange> {
    let mut all = lines(text).map(<[u8]>::trim_ascii);
    let (method, url) = all.find_map(start)?;
    let mut headers = HeaderList::new();
    for line in all.skip_while(|line| *line == b"{") {
        if line == b"}" {
            break;
        }
        if let Ok((name, value)) = parse_header_line(line) {
            headers.push(name, value);
        }
    }
    let request = DescribedRequest {
        method,
        url,
        headers,
        body: None,
        notes: Vec::new(),
    };
    Some(request.exchange())
}

/// The method and the URL.
fn start(line: &[u8]) -> Option<(String, String)> {
    let line = latin1(line);
    let (_, rest) = line.split_once("Method: ")?;
    let (method, rest) = rest.split_once(", RequestUri: '")?;
    let (url, _) = rest.split_once('\'')?;
    Some((method.to_owned(), url.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_printed_request_message_is_read() {
        let text = "request: Method: POST, RequestUri: 'https://h/a?b', Version: 1.1, Content: System.Net.Http.StringContent, Headers:\r\n{\r\n  Date: Sat, 28 Nov 2026 21:21:32 GMT\r\n  X-A: b\r\n}\r\n";
        let request = read(text.as_bytes()).unwrap().request;
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            ("POST", "/a?b")
        );
        assert_eq!(request.value("x-a"), Some("b"));
        assert_eq!(request.value("date"), Some("Sat, 28 Nov 2026 21:21:32 GMT"));
    }
}
