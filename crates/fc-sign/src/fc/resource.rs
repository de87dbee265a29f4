//! The last piece of the signed text.

use std::borrow::Cow;

use http::Uri;

use crate::SignError;
use crate::path;
use crate::query::sorted_lines;
use crate::sink::Sink;

/// Which canonical resource a request has.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Resource {
    /// An API request such as `InvokeFunction`: the decoded path. The query is not signed.
    #[default]
    Api,
    /// A call of an HTTP trigger, on `/proxy/`, `*.fcapp.run` or a custom domain: the decoded path, a
    /// line feed always, then the decoded pairs of the query, sorted as whole strings.
    HttpTrigger,
}

/// The pair that makes a URL a pre-signed one; the Go SDK reads the date from it wherever it stands.
const EXPIRES: &str = "x-fc-expires=";

/// A canonical resource that was found unambiguous.
pub(super) struct CanonicalResource<'a> {
    path: Cow<'a, str>,
    /// The sorted pairs of a trigger's query; none for an API request.
    lines: Option<Vec<String>>,
}

impl<'a> CanonicalResource<'a> {
    pub(super) fn of(uri: &'a Uri, resource: Resource) -> Result<Self, SignError> {
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
                Self::of_trigger(uri, lines)
            }
        }
    }

    /// The resource of a trigger whose query has exactly `lines`, sorted.
    pub(super) fn of_trigger(uri: &'a Uri, lines: Vec<String>) -> Result<Self, SignError> {
        let path = if uri.path().is_empty() {
            Cow::Borrowed("/")
        } else {
            path::decode(uri.path())?
        };
        Ok(Self {
            path,
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
