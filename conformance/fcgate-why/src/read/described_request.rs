//! A request that a command, a call in a program, or a printed object describes by its parts.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::super::captured::{Body, CapturedRequest, Exchange};
use super::message::{authority, origin_form};
use fcgate_protocol::HeaderList;

/// The note about a body that is not in the text.
pub(super) const NO_BODY: &str =
    "the text does not show the body, so the digest header is assumed to be correct";

/// The characters that are not encoded (RFC 3986, 2.3).
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A text with everything percent-encoded except the unreserved characters of RFC 3986.
pub(super) fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

/// A URL with further pairs of its query.
pub(super) fn with_query(url: String, query: &str) -> String {
    if query.is_empty() {
        return url;
    }
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}{query}")
}

/// The parts of a request.
#[derive(Debug)]
pub(super) struct DescribedRequest {
    pub(super) method: String,
    /// An absolute URL, or only a path.
    pub(super) url: String,
    pub(super) headers: HeaderList,
    /// `None` if the text does not show it.
    pub(super) body: Option<Vec<u8>>,
    pub(super) notes: Vec<String>,
}

impl DescribedRequest {
    /// The request with the `Host` that follows from its URL.
    pub(super) fn exchange(self) -> Exchange {
        let mut request = CapturedRequest::new(self.method, origin_form(&self.url));
        request.headers = self.headers;
        if request.value("host").is_none()
            && let Some(host) = authority(&self.url)
        {
            request.headers.insert(0, "Host", host);
        }
        let mut notes = self.notes;
        request.body = self.body.map_or(Body::Unknown, Body::Whole);
        if request.body == Body::Unknown {
            notes.push(NO_BODY.to_owned());
        }
        Exchange {
            notes,
            ..Exchange::new(request)
        }
    }
}

/// The method as a client sends it: HTTP libraries write the usual methods in upper case.
pub(super) fn sent_method(method: &str) -> String {
    const USUAL: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"];
    let usual = USUAL
        .iter()
        .find(|usual| usual.eq_ignore_ascii_case(method));
    usual.map_or_else(|| method.to_owned(), |usual| (*usual).to_owned())
}
