//! Reads a request and writes a response in HTTP/1.1.

use fcgate_protocol::{BuildOutput, HeaderList, ParseInput};
use http::Uri;

/// Converts a received request to the output of `build`. Its URL has the scheme of the requested connection,
/// the host of the request and its target.
pub(super) fn output(request: &[u8], requested: Option<&Uri>) -> BuildOutput {
    let end = request
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    let (head, body) = (latin_1(&request[..end]), request[end + 4..].to_vec());
    let mut lines = head.split("\r\n");
    let mut line = lines.next().unwrap().split(' ');
    let (method, target) = (line.next().unwrap(), line.next().unwrap());
    assert_eq!((line.next(), line.next()), (Some("HTTP/1.1"), None));
    let headers: HeaderList = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let host = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("host"));
    let scheme = requested.unwrap().scheme_str().unwrap();
    let url = format!("{scheme}://{}{target}", host.unwrap().1);
    BuildOutput::new(method, url, headers, body)
}

/// The bytes of a response with the framing headers of the case. Without them the end of the connection is the
/// end of the body.
pub(super) fn raw_response(input: &ParseInput) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {} Played\r\n", input.status).into_bytes();
    let mut is_chunked = false;
    for (name, value) in &input.headers {
        bytes.extend(name.bytes());
        bytes.extend(b": ");
        bytes.extend(value.chars().map(|one| u8::try_from(one).unwrap()));
        bytes.extend(b"\r\n");
        is_chunked |= name.eq_ignore_ascii_case("transfer-encoding");
    }
    bytes.extend(b"\r\n");
    if is_chunked {
        bytes.extend(format!("{:x}\r\n", input.body.len()).bytes());
        bytes.extend(&input.body);
        bytes.extend(b"\r\n0\r\n\r\n");
    } else {
        bytes.extend(&input.body);
    }
    bytes
}

fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
