//! A request that came to the raw origin: read from its bytes and verified.

use fcgate_cases::judge::Arrival;
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::HeaderList;
use fcgate_protocol::{Credentials, Scheme, SignKind};

use super::function_name;
use super::nonces::Nonces;

/// More headers than any implementation sends.
const MOST_HEADERS: usize = 128;

/// Whether the request verifies and is for this function.
pub(super) fn verify(
    request: &[u8],
    function: &str,
    scheme: Scheme,
    credentials: &Credentials,
    nonces: &mut Nonces,
) -> Arrival {
    let Some(request) = wire(request) else {
        return Arrival::new(Some("it cannot be read as a request".to_owned()));
    };
    if function_name(request.path()).as_deref() != Some(function) {
        return Arrival::new(Some("it names another function".to_owned()));
    }
    let verdict = oracle::verify(&request, scheme, SignKind::Api, credentials);
    nonces.of(&request, verdict.reason.map(|reason| reason.to_string()))
}

fn wire(request: &[u8]) -> Option<WireRequest> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let length = match head.parse(request).ok()? {
        httparse::Status::Complete(length) => length,
        httparse::Status::Partial => return None,
    };
    let body = request.get(length..)?;
    let latin_1 = |value: &[u8]| value.iter().copied().map(char::from).collect::<String>();
    let headers = head.headers.iter();
    let headers = headers.map(|header| (header.name.to_owned(), latin_1(header.value)));
    let wire = WireRequest::new(head.method?, head.path?).headers(&headers.collect::<HeaderList>());
    if wire.value("transfer-encoding").is_some() {
        return Some(wire.body(&chunks(body)?));
    }
    Some(wire.body(body))
}

/// The content of a chunked body.
fn chunks(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    loop {
        let (start, size) = match httparse::parse_chunk_size(body).ok()? {
            httparse::Status::Complete(found) => found,
            httparse::Status::Partial => return None,
        };
        if size == 0 {
            return Some(content);
        }
        let end = start.checked_add(usize::try_from(size).ok()?)?;
        content.extend_from_slice(body.get(start..end)?);
        body = body.get(end.checked_add(2)?..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::{chunks, wire};

    #[test]
    fn head_and_body_are_taken_apart() {
        let request = wire(b"POST /a?b=c HTTP/1.1\r\nX-Fc-Log-Type: Tail\r\n\r\nhi").unwrap();
        assert_eq!((request.method.as_str(), request.path()), ("POST", "/a"));
        assert_eq!(request.value("x-fc-log-type"), Some("Tail"));
        assert!(wire(b"POST /a HTTP/1.1\r\nX-Fc").is_none());
    }

    #[test]
    fn chunks_are_put_together() {
        assert_eq!(chunks(b"2\r\nhi\r\n1;x\r\n!\r\n0\r\n\r\n").unwrap(), b"hi!");
        assert!(chunks(b"2\r\nh").is_none());
    }
}
