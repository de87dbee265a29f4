//! Verifies a request to the common server and sends the response of its case. The relay records the request.

use std::sync::Arc;

use http::{HeaderName, HeaderValue, StatusCode};
use wiremock::{Request, Respond, ResponseTemplate};

use fcgate_cases::oracle::{self, WireRequest};
use fcgate_http::answer::Response;
use fcgate_protocol::{HeaderList, SignKind};

use super::function_name::function_name;
use super::open_cases::OpenCases;

const REQUEST_ID: &str = "00000000-0000-4000-8000-000000000000";

/// Finds the case of a request, verifies the request, and responds.
#[derive(Debug)]
pub(super) struct Responder(Arc<OpenCases>);

impl Responder {
    pub(super) fn new(cases: Arc<OpenCases>) -> Self {
        Self(cases)
    }
}

impl Respond for Responder {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let Some(function) = function_name(request.url.path()) else {
            return refusal(
                StatusCode::NOT_FOUND,
                "PathNotSupported",
                "no such operation",
            );
        };
        let Some(context) = self.0.context(&function) else {
            return refusal(
                StatusCode::NOT_FOUND,
                "FunctionNotFound",
                "no open case has this name",
            );
        };
        let (scheme, credentials) = (context.scheme, &context.credentials);
        let verdict = oracle::verify(&wire(request), scheme, SignKind::Api, credentials);
        if verdict.verifies() {
            template(&context.response)
        } else {
            refusal(
                StatusCode::FORBIDDEN,
                "SignatureNotMatch",
                "the signature of the request differs from the calculated signature",
            )
        }
    }
}

fn wire(request: &Request) -> WireRequest {
    let mut target = request.url.path().to_owned();
    if let Some(query) = request.url.query() {
        target.push('?');
        target.push_str(query);
    }
    let latin1 = |value: &HeaderValue| -> String {
        value.as_bytes().iter().copied().map(char::from).collect()
    };
    let headers: HeaderList = request
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), latin1(value)))
        .collect();
    WireRequest::new(request.method.as_str(), target)
        .headers(&headers)
        .body(&request.body)
}

/// The response of the case. The server adds the framing headers itself.
fn template(response: &Response) -> ResponseTemplate {
    let Ok(status) = StatusCode::from_u16(response.status) else {
        return refusal(
            StatusCode::INTERNAL_SERVER_ERROR,
            "BadCase",
            "the status of this case cannot be sent",
        );
    };
    let mut template = ResponseTemplate::new(status).set_body_bytes(response.body.clone());
    for (name, value) in &response.headers {
        if ["content-length", "transfer-encoding", "connection"]
            .iter()
            .any(|framing| name.eq_ignore_ascii_case(framing))
        {
            continue;
        }
        let bytes: Option<Vec<u8>> = value.chars().map(|one| u8::try_from(one).ok()).collect();
        let value = bytes.and_then(|bytes| HeaderValue::from_bytes(&bytes).ok());
        if let (Ok(name), Some(value)) = (HeaderName::try_from(name), value) {
            template = template.append_header(name, value);
        }
    }
    template
}

/// A refusal in the form of the service.
fn refusal(status: StatusCode, code: &str, message: &str) -> ResponseTemplate {
    ResponseTemplate::new(status)
        .append_header("X-Fc-Request-Id", REQUEST_ID)
        .set_body_raw(
            format!("{{\"ErrorCode\":\"{code}\",\"ErrorMessage\":\"{message}\"}}"),
            "application/json",
        )
}
