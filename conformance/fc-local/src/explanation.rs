//! Explains a refused request in the words of `fcgate why`.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};

use fcgate_protocol::{Credentials, Scheme};
use jiff::Timestamp;

use fcgate_why::{self as why, Body, CapturedRequest, CapturedResponse, KnownMistake};

use super::received_request::ReceivedRequest;
use super::request_time::usual_form;

/// The most requests that are explained in one session: a search that finds nothing takes long.
const MOST: usize = 300;
/// The most lines of one explanation.
const LINES: usize = 200;

/// The explanation of a refused request.
#[derive(Debug)]
pub(super) struct Explained {
    /// What `fcgate why` prints.
    pub(super) text: String,
    pub(super) mistake: Option<KnownMistake>,
}

/// Explains refused requests, up to a number.
#[derive(Debug, Default)]
pub(super) struct Explainer {
    explained: AtomicUsize,
}

impl Explainer {
    /// Explains why a request was refused.
    pub(super) fn explain(
        &self,
        received: &ReceivedRequest,
        key: &Credentials,
        now: Timestamp,
    ) -> Explained {
        if self.explained.fetch_add(1, Ordering::Relaxed) >= MOST {
            return Explained {
                text: format!("not explained: {MOST} requests were explained before\n"),
                mistake: None,
            };
        }
        let mut request = CapturedRequest::new(&received.method, &received.target);
        request.headers = received.headers.clone();
        request.body = Body::Whole(received.body.clone());
        request.sent = vec![now];
        let mut exchange = why::Exchange::new(request);
        exchange.is_strict = true;
        let mut response = CapturedResponse::new(403);
        response.headers.push("Date", usual_form(now, Scheme::Fc));
        exchange.response = Some(response);
        match why::explain(&exchange, Some(key)) {
            Ok(mut explanation) => {
                // The log has the answer of this server.
                explanation.answer = None;
                Explained {
                    text: plain(&explanation.text()),
                    mistake: explanation.mistake,
                }
            }
            Err(error) => Explained {
                text: format!("{error}\n"),
                mistake: None,
            },
        }
    }
}

/// The text without styles and empty lines.
fn plain(text: &str) -> String {
    let text = anstream::adapter::strip_str(text).to_string();
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let mut out: String = lines
        .iter()
        .take(LINES)
        .flat_map(|line| [*line, "\n"])
        .collect();
    if let Some(more) = lines.len().checked_sub(LINES).filter(|more| *more > 0) {
        let _ = writeln!(out, "… {more} more lines");
    }
    out
}
