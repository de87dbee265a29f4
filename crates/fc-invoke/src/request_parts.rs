//! The parts of a request that all operations write in the same way.

use bytes::Bytes;
use http::uri::{Parts, PathAndQuery};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use crate::{Endpoint, Revision};

const ACTION: HeaderName = HeaderName::from_static("x-acs-action");
const VERSION: HeaderName = HeaderName::from_static("x-acs-version");

/// The absolute URI of a path.
#[expect(clippy::expect_used, reason = "all three parts are set")]
pub(crate) fn uri(endpoint: &Endpoint, path: PathAndQuery) -> Uri {
    let mut parts = Parts::default();
    parts.scheme = Some(endpoint.scheme().clone());
    parts.authority = Some(endpoint.authority().clone());
    parts.path_and_query = Some(path);
    Uri::from_parts(parts).expect("scheme, authority and path form a URI")
}

/// Parses a path whose names are checked and whose query is encoded.
#[expect(
    clippy::expect_used,
    reason = "the characters of every name are checked, and every other value is encoded"
)]
pub(crate) fn path(text: String) -> PathAndQuery {
    let path = PathAndQuery::from_maybe_shared(Bytes::from(text));
    path.expect("checked names and encoded values form a path")
}

/// Inserts the headers that name the operation for ACS3.
pub(crate) fn insert_operation(headers: &mut HeaderMap, action: &'static str, revision: Revision) {
    headers.insert(ACTION, HeaderValue::from_static(action));
    headers.insert(VERSION, HeaderValue::from_static(revision.as_str()));
}
