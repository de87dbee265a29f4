//! Converts the bytes of a request into what the judge reads.

use fcgate_cases::judge::{Arrival, ArrivedRequest};
use fcgate_http::clock;
use fcgate_http::request::Request;
use fcgate_protocol::HeaderList;

use super::nonces::Nonces;

/// The arrival of a complete request at the endpoint; `next` are the bytes that arrived together with its end.
pub(super) fn arrival(bytes: &[u8], next: &[u8], nonces: &Nonces) -> Arrival {
    match Request::parse(bytes) {
        Ok(request) => {
            let mut arrived = arrived(request, nonces);
            arrived.fault = fault(bytes, next);
            Arrival::Request(Box::new(arrived))
        }
        Err(error) => Arrival::Unreadable(error.to_string()),
    }
}

/// The arrival of a complete request at the target of a redirect.
pub(super) fn redirected(bytes: &[u8], nonces: &Nonces) -> Arrival {
    let request = Request::parse(bytes).ok();
    Arrival::Redirected(request.map(|request| Box::new(arrived(request, nonces))))
}

/// The request with trimmed values (RFC 9110, section 5.5), the current time and the verdict on its nonce.
fn arrived(request: Request, nonces: &Nonces) -> ArrivedRequest {
    let headers = request.headers.iter();
    let headers = headers.map(|(name, value)| {
        let value = value.trim_matches([' ', '\t']);
        (name.clone(), value.to_owned())
    });
    ArrivedRequest {
        headers: headers.collect::<HeaderList>(),
        has_new_nonce: nonces.is_new(&request),
        fault: None,
        method: request.method,
        target: request.target,
        minor_version: request.minor_version,
        body: request.body,
        time: clock::timestamp(),
    }
}

/// What is wrong with the form of a message that can be read (RFC 9112, section 2.2).
fn fault(bytes: &[u8], next: &[u8]) -> Option<&'static str> {
    let head = bytes.split_inclusive(|byte| *byte == b'\n');
    let mut head = head.take_while(|line| *line != b"\r\n");
    if head.any(|line| !line.ends_with(b"\r\n")) {
        return Some("a line of the head ends with LF alone");
    }
    // A client may send its next request before it has the response (RFC 9112, section 9.3.2).
    let is_request = next.starts_with(b"POST ") || b"POST ".starts_with(next);
    (!is_request).then_some("more bytes follow the body")
}

#[cfg(test)]
mod tests {
    use super::{Arrival, Nonces, arrival, fault};

    #[test]
    fn a_request_is_passed_to_the_judge_with_trimmed_values() {
        let bytes = b"POST /a?b=c HTTP/1.1\r\nX-Fc-Log-Type:  Tail \r\n\r\nhi";
        let Arrival::Request(request) = arrival(bytes, b"", &Nonces::default()) else {
            panic!("it is a request");
        };
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            ("POST", "/a?b=c")
        );
        assert_eq!(request.headers.get("x-fc-log-type"), Some("Tail"));
        assert_eq!(
            (request.body.as_slice(), request.minor_version),
            (&b"hi"[..], 1)
        );
    }

    #[test]
    fn a_line_end_without_cr_and_bytes_after_the_body_are_faults() {
        let right = b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\na\n";
        assert_eq!(fault(right, b""), None);
        assert_eq!(fault(right, b"POST / HTTP/1.1\r\n"), None);
        assert_eq!(fault(right, b"\r\n"), Some("more bytes follow the body"));
        let message = "a line of the head ends with LF alone";
        for wrong in [
            &b"POST / HTTP/1.1\nContent-Length: 0\n\n"[..],
            b"POST / HTTP/1.1\r\nContent-Length: 0\n\r\n",
        ] {
            assert_eq!(fault(wrong, b""), Some(message));
        }
    }

    #[test]
    fn bytes_that_are_not_a_request_keep_their_reason() {
        let bytes = b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n";
        let Arrival::Unreadable(reason) = arrival(bytes, b"", &Nonces::default()) else {
            panic!("it has two framings");
        };
        assert_eq!(reason, "it has both Content-Length and Transfer-Encoding");
    }
}
