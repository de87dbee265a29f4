//! The string to sign of the `FC` scheme: the one place that writes it.

use http::header::{AUTHORIZATION, CONTENT_TYPE, DATE};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::canonical_resource::CanonicalResource;
use crate::added_token::added_token;
use crate::sink::Sink;
use crate::sorted_headers::SortedHeaders;
use crate::{SignError, header_value};

pub(super) static X_FC_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-fc-security-token");
const PREFIX: &str = "x-fc-";
const X_FC_DATE: &str = "x-fc-date";
const CONTENT_MD5: &str = "content-md5";

/// The checked parts of the string to sign.
pub(super) struct StringToSign<'a> {
    pub(super) method: &'a str,
    pub(super) lines: HeaderLines<'a>,
    pub(super) date: &'a [u8],
    pub(super) headers: &'a SortedHeaders<'a>,
    pub(super) resource: CanonicalResource<'a>,
}

impl StringToSign<'_> {
    pub(super) fn write(&self, sink: &mut impl Sink) {
        sink.write(self.method.as_bytes());
        sink.write(b"\n");
        for line in [
            self.lines.content_md5,
            self.lines.content_type,
            Some(self.date),
        ] {
            if let Some(line) = line {
                sink.write(line);
            }
            sink.write(b"\n");
        }
        self.write_headers(sink);
        self.resource.write(sink);
    }

    /// Writes the lines of the `x-fc-` headers.
    pub(super) fn write_headers(&self, sink: &mut impl Sink) {
        for (name, value) in self.headers.as_slice() {
            sink.write(name.as_str().as_bytes());
            sink.write(b":");
            sink.write(value);
            sink.write(b"\n");
        }
    }
}

/// The values of the headers that have a fixed line in the string to sign.
#[derive(Default)]
pub(super) struct HeaderLines<'a> {
    content_md5: Option<&'a [u8]>,
    content_type: Option<&'a [u8]>,
    date: Option<&'a [u8]>,
    x_fc_date: Option<&'a [u8]>,
}

impl<'a> HeaderLines<'a> {
    /// Reads the headers of a request in one pass and sorts the `x-fc-` headers into `sorted`.
    /// `token` is the security token that signing adds.
    pub(super) fn read(
        headers: &'a HeaderMap,
        token: Option<&'a HeaderValue>,
        sorted: &mut SortedHeaders<'a>,
    ) -> Result<Self, SignError> {
        let mut lines = Self::default();
        for (name, value) in headers {
            if name.as_str().starts_with(PREFIX) {
                sorted.push(name, header_value::unpadded(name, value)?);
                if name.as_str() == X_FC_DATE {
                    lines.x_fc_date = Some(value.as_bytes());
                }
            } else {
                lines.set(name, value)?;
            }
        }
        if let Some(token) = added_token(headers, &X_FC_SECURITY_TOKEN, token)? {
            sorted.push(&X_FC_SECURITY_TOKEN, token.as_bytes());
        }
        sorted.sort()?;
        Ok(lines)
    }

    /// Stores the value if the header has a fixed line.
    fn set(&mut self, name: &HeaderName, value: &'a HeaderValue) -> Result<(), SignError> {
        let line = if *name == CONTENT_TYPE {
            &mut self.content_type
        } else if *name == DATE {
            &mut self.date
        } else if *name == AUTHORIZATION {
            return Err(SignError::AlreadySigned);
        } else if name.as_str() == CONTENT_MD5 {
            &mut self.content_md5
        } else {
            return Ok(());
        };
        if line.replace(header_value::unpadded(name, value)?).is_some() {
            return Err(SignError::DuplicateHeader(name.clone()));
        }
        Ok(())
    }

    /// The signed date of the request: the value of `Date` or, without it, of `x-fc-date`.
    pub(super) fn request_date(&self) -> Result<Option<&'a [u8]>, SignError> {
        match (self.date, self.x_fc_date) {
            (Some(date), Some(other)) if date != other => Err(SignError::DateConflict),
            (date, other) => Ok(date.or(other)),
        }
    }
}
