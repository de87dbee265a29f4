//! Verifies a request that the raw origin received.

use fcgate_cases::judge::Arrival;
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_http::request::Request;
use fcgate_protocol::{Credentials, HeaderList, Scheme, SignKind};

use super::function_name::function_name;
use super::nonces::Nonces;

/// Whether the request verifies and names this function.
pub(super) fn verify(
    request: &[u8],
    function: &str,
    scheme: Scheme,
    credentials: &Credentials,
    nonces: &mut Nonces,
) -> Arrival {
    let request = match Request::parse(request) {
        Ok(request) => wire(&request),
        Err(error) => {
            let refusal = format!("it cannot be read as a request: {error}");
            return Arrival::new(Some(refusal));
        }
    };
    if function_name(request.path()).as_deref() != Some(function) {
        return Arrival::new(Some("it names another function".to_owned()));
    }
    let verdict = oracle::verify(&request, scheme, SignKind::Api, credentials);
    nonces.of(&request, verdict.reason.map(|reason| reason.to_string()))
}

/// The request for the oracle. The values are trimmed, as the common server does.
fn wire(request: &Request) -> WireRequest {
    let headers = request.headers.iter();
    let headers = headers.map(|(name, value)| {
        let value = value.trim_matches([' ', '\t']);
        (name.clone(), value.to_owned())
    });
    WireRequest::new(&request.method, &request.target)
        .headers(&headers.collect::<HeaderList>())
        .body(&request.body)
}

#[cfg(test)]
mod tests {
    use super::{Request, wire};

    #[test]
    fn a_request_is_passed_to_the_oracle_with_trimmed_values() {
        let head = b"POST /a?b=c HTTP/1.1\r\nX-Fc-Log-Type:  Tail \r\n\r\nhi";
        let request = wire(&Request::parse(head).unwrap());
        assert_eq!((request.method.as_str(), request.path()), ("POST", "/a"));
        assert_eq!(request.value("x-fc-log-type"), Some("Tail"));
    }
}
