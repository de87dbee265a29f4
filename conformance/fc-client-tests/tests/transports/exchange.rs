//! One call against one script, and the assertions for every call.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{ExchangeLimits, TransportError, TransportErrorKind};
use fcgate_http::origin::{Origin, Script, Step};
use http::{Request, Response};

use crate::backends::Subject;

/// How long a test waits for an event that must occur. No result depends on its value.
pub(crate) const MAX_WAIT: Duration = Duration::from_secs(20);
/// The path of every request. Its qualifier makes a URL in an error text recognizable.
pub(crate) const PATH: &str =
    "/2021-04-06/services/s/functions/f/invocations?qualifier=SECRET-PATH";
/// The response to the second call.
pub(crate) const SECOND: &str = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond";

/// Limits that no exchange of the suite reaches.
pub(crate) fn generous_limits() -> ExchangeLimits {
    ExchangeLimits::default().total(MAX_WAIT)
}

/// Limits that a stalled exchange reaches soon.
pub(crate) fn short_limits() -> ExchangeLimits {
    ExchangeLimits::default().total(Duration::from_millis(300))
}

/// A request with the headers of a signed one.
pub(crate) fn request<B>(url: &str, body: B) -> Request<B> {
    Request::post(url)
        .header("authorization", "FC id:SECRET-SIGNATURE")
        .header("x-fc-security-token", "SECRET-TOKEN")
        .header("content-type", "application/octet-stream")
        .body(body)
        .expect("a request")
}

/// The result of a call, and the origin that was called.
pub(crate) struct Exchange {
    pub(crate) result: Result<Response<Bytes>, TransportError>,
    pub(crate) origin: Origin,
}

/// Calls an origin that plays the steps on its first connection and answers every request on later ones.
pub(crate) fn exchange<S: Subject>(
    subject: &S,
    steps: impl Into<Vec<Step>>,
    body: impl Into<Bytes>,
) -> Exchange {
    let script = Script::every(steps).then([Step::ReadRequest, Step::send(SECOND), Step::Again]);
    let origin = Origin::start(script).expect("an origin");
    let result = subject.send(request(&origin.url(PATH), body.into()));
    if let Err(error) = &result {
        assert_no_secret(error);
        assert_certainty(error, &origin);
    }
    assert!(
        origin.invocations() <= 1,
        "sent twice: {:?}",
        origin.connections()
    );
    Exchange { result, origin }
}

/// Asserts that neither the error nor its sources contain a part of the request.
pub(crate) fn assert_no_secret(error: &TransportError) {
    let mut texts = vec![format!("{error:?}")];
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(error) = cause {
        texts.push(error.to_string());
        cause = error.source();
    }
    for text in texts {
        assert!(!text.contains("SECRET"), "secret in the error: {text}");
        assert!(!text.contains("://"), "URL in the error: {text}");
    }
}

/// Asserts that no invocation arrived if the error says that no request was sent.
pub(crate) fn assert_certainty(error: &TransportError, origin: &Origin) {
    if !error.kind().may_have_been_sent() {
        let gone = |connections: &[_]| {
            connections
                .iter()
                .all(fcgate_http::origin::Connection::has_ended)
        };
        assert!(
            origin.wait_until(MAX_WAIT, gone),
            "a connection is still open"
        );
        assert_eq!(
            origin.invocations(),
            0,
            "the request arrived, but the error says that it was not sent: {error}"
        );
    }
}

/// The results that a call may have.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expected {
    answer: Option<(u16, Bytes)>,
    kinds: Vec<TransportErrorKind>,
}

impl Expected {
    /// This complete response.
    pub(crate) fn answer(status: u16, body: impl Into<Bytes>) -> Self {
        Self {
            answer: Some((status, body.into())),
            kinds: Vec::new(),
        }
    }

    /// An error of this kind.
    pub(crate) fn error(kind: TransportErrorKind) -> Self {
        Self::default().or(kind)
    }

    /// Also accepts an error of this kind.
    pub(crate) fn or(mut self, kind: TransportErrorKind) -> Self {
        self.kinds.push(kind);
        self
    }

    /// The difference to the expected results; `None` if the result is one of them.
    pub(crate) fn mismatch(
        &self,
        result: &Result<Response<Bytes>, TransportError>,
    ) -> Option<String> {
        match (result, &self.answer) {
            (Ok(response), Some((status, body)))
                if response.status() == *status && response.body() == body =>
            {
                None
            }
            (Err(error), _) if self.kinds.contains(&error.kind()) => None,
            (result, _) => Some(format!("expected {self}, got {}", shown(result))),
        }
    }
}

impl std::fmt::Display for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let answer = self.answer.as_ref().map(|(status, _)| status.to_string());
        let kinds = self.kinds.iter().map(|kind| kind.slug().to_owned());
        let words: Vec<String> = answer.into_iter().chain(kinds).collect();
        f.write_str(&words.join("|"))
    }
}

fn shown(result: &Result<Response<Bytes>, TransportError>) -> String {
    match result {
        Ok(response) => format!(
            "{} with {} bytes: {}",
            response.status(),
            response.body().len(),
            fcgate_text::visible::line(&String::from_utf8_lossy(response.body()), 40),
        ),
        Err(error) => format!("{error:?}"),
    }
}
