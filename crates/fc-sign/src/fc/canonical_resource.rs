//! The canonical resource: the last part of the string to sign.

use std::borrow::Cow;

use http::Uri;
use zeroize::Zeroizing;

use crate::SignError;
use crate::path;
use crate::query::sorted_lines;
use crate::sink::Sink;

/// The kind of a request, which determines its canonical resource.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Resource {
    /// An API request such as `InvokeFunction`: the decoded path. The query is not signed.
    #[default]
    Api,
    /// A call of an HTTP trigger on `/proxy/`, `*.fcapp.run` or a custom domain: the decoded path, a
    /// line feed, and the decoded pairs of the query, sorted as whole strings. The line feed is there
    /// even without a query.
    HttpTrigger,
}

/// The start of the pair that marks a pre-signed URL.
const EXPIRES: &str = "x-fc-expires=";

/// The checked canonical resource of a request.
pub(super) struct CanonicalResource<'a> {
    path: Cow<'a, str>,
    /// The sorted pairs of the query of an HTTP trigger; `None` for an API request. Those of a pre-signed URL hold the
    /// security token.
    lines: Option<Zeroizing<Vec<String>>>,
}

impl<'a> CanonicalResource<'a> {
    pub(super) fn new(uri: &'a Uri, resource: Resource) -> Result<Self, SignError> {
        match resource {
            Resource::Api => Ok(Self {
                path: path::decode(uri.path())?,
                lines: None,
            }),
            Resource::HttpTrigger => {
                let lines = sorted_lines(uri.query().unwrap_or(""))?;
                if lines.iter().any(|line| line.starts_with(EXPIRES)) {
                    return Err(SignError::AlreadySigned);
                }
                Self::for_trigger(uri, lines.into())
            }
        }
    }

    /// The canonical resource of an HTTP trigger; `lines` are the sorted pairs of its query.
    pub(super) fn for_trigger(
        uri: &'a Uri,
        lines: Zeroizing<Vec<String>>,
    ) -> Result<Self, SignError> {
        Ok(Self {
            path: path::decode(uri.path())?,
            lines: Some(lines),
        })
    }

    pub(super) fn write(&self, sink: &mut impl Sink) {
        sink.write(self.path.as_bytes());
        let Some(lines) = &self.lines else { return };
        sink.write(b"\n");
        for (position, line) in lines.iter().enumerate() {
            if position > 0 {
                sink.write(b"\n");
            }
            sink.write(line.as_bytes());
        }
    }
}
