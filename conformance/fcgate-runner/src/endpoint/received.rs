//! Converts the bytes of a request into what the judge reads.

use fcgate_cases::judge::{Arrival, ArrivedRequest};
use fcgate_http::clock;
use fcgate_http::request::Request;
use fcgate_protocol::HeaderList;

use super::nonces::Nonces;

/// The arrival of a complete request at the endpoint.
pub(super) fn arrival(bytes: &[u8], nonces: &Nonces) -> Arrival {
    match Request::parse(bytes) {
        Ok(request) => Arrival::Request(Box::new(arrived(request, nonces))),
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
        method: request.method,
        target: request.target,
        minor_version: request.minor_version,
        body: request.body,
        time: clock::timestamp(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Arrival, Nonces, arrival};

    #[test]
    fn a_request_is_passed_to_the_judge_with_trimmed_values() {
        let bytes = b"POST /a?b=c HTTP/1.1\r\nX-Fc-Log-Type:  Tail \r\n\r\nhi";
        let Arrival::Request(request) = arrival(bytes, &Nonces::default()) else {
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
    fn bytes_that_are_not_a_request_keep_their_reason() {
        let bytes = b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n";
        let Arrival::Unreadable(reason) = arrival(bytes, &Nonces::default()) else {
            panic!("it has two framings");
        };
        assert_eq!(reason, "it has both Content-Length and Transfer-Encoding");
    }
}
