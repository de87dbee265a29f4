//! One call against one script, and what must hold after every call, whatever the script.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use fc_transport::{Limits, TransportError, TransportErrorKind};
use fcgate_http::origin::{Origin, Script, Step};
use http::{Request, Response};

use crate::backends::Subject;

/// How long the suite waits for what must come: nothing is decided by its size.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
/// The path of every request. It has a qualifier, so that a URL in an error's text can be told.
pub(crate) const PATH: &str =
    "/2021-04-06/services/s/functions/f/invocations?qualifier=SECRET-PATH";
/// What the second call is answered with.
pub(crate) const SECOND: &str = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond";

/// Limits that no exchange of the suite reaches.
pub(crate) fn patient() -> Limits {
    Limits::default().total(PATIENCE)
}

/// Limits that a stalled exchange reaches soon.
pub(crate) fn short() -> Limits {
    Limits::default().total(Duration::from_millis(300))
}

/// A signed request, near enough.
pub(crate) fn request<B>(url: &str, body: B) -> Request<B> {
    Request::post(url)
        .header("authorization", "FC id:SECRET-SIGNATURE")
        .header("x-fc-security-token", "SECRET-TOKEN")
        .header("content-type", "application/octet-stream")
        .body(body)
        .expect("a request")
}

/// What came of a call.
pub(crate) struct Exchange {
    pub(crate) result: Result<Response<Bytes>, TransportError>,
    pub(crate) origin: Origin,
}

/// Calls an origin that plays the steps on its first connection and answers everything on later ones.
pub(crate) fn exchange<S: Subject>(
    subject: &S,
    steps: impl Into<Vec<Step>>,
    body: impl Into<Bytes>,
) -> Exchange {
    let script = Script::every(steps).then([Step::ReadRequest, Step::send(SECOND), Step::Again]);
    let origin = Origin::start(script).expect("an origin");
    let result = subject.send(request(&origin.url(PATH), body.into()));
    if let Err(error) = &result {
        tells_no_secret(error);
        is_certain(error, &origin);
    }
    assert!(
        origin.invocations() <= 1,
        "sent twice: {:?}",
        origin.connections()
    );
    Exchange { result, origin }
}

/// No text of the error, nor of what stands behind it, holds a piece of the request.
pub(crate) fn tells_no_secret(error: &TransportError) {
    let mut texts = vec![format!("{error:?}")];
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(error) = cause {
        texts.push(error.to_string());
        cause = error.source();
    }
    for text in texts {
        assert!(!text.contains("SECRET"), "it tells a secret: {text}");
        assert!(!text.contains("://"), "it tells the URL: {text}");
    }
}

/// An error that says that no complete request has left must be right.
pub(crate) fn is_certain(error: &TransportError, origin: &Origin) {
    if !error.kind().may_have_been_sent() {
        let gone = |heard: &[_]| heard.iter().all(fcgate_http::origin::Connection::has_ended);
        assert!(
            origin.wait_until(PATIENCE, gone),
            "a connection is left behind"
        );
        assert_eq!(
            origin.invocations(),
            0,
            "it ran, and the error denies it: {error}"
        );
    }
}

/// What may come of a call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expected {
    answer: Option<(u16, Bytes)>,
    kinds: Vec<TransportErrorKind>,
}

impl Expected {
    /// The whole answer.
    pub(crate) fn answer(status: u16, body: impl Into<Bytes>) -> Self {
        Self {
            answer: Some((status, body.into())),
            kinds: Vec::new(),
        }
    }

    /// An error of that kind.
    pub(crate) fn error(kind: TransportErrorKind) -> Self {
        Self::default().or(kind)
    }

    /// This, or an error of that kind.
    pub(crate) fn or(mut self, kind: TransportErrorKind) -> Self {
        self.kinds.push(kind);
        self
    }

    /// What is wrong with the result; none if it is one of those expected.
    pub(crate) fn misses(
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
