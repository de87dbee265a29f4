//! The string to sign of the scheme `acs`: the one place that writes it.

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, DATE};
use http::{HeaderMap, HeaderName, HeaderValue, Request};

use crate::sink::Sink;
use crate::sorted_headers::SortedHeaders;
use crate::{SignError, header_value, method, path};

pub(super) static SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-acs-security-token");
const PREFIX: &str = "x-acs-";
const CONTENT_MD5: &str = "content-md5";

const ESCAPE: &str = "the path or query has an escape, a plus sign or a $; whether the scheme acs signs it decoded is not \
                      documented";
const REPEATED: &str = "the query repeats a key, of which the manual's sample signs one value";
const NO_VALUE: &str = "a query key has no value; its signed form is not documented";

/// The checked parts of the string to sign.
pub(super) struct StringToSign<'a> {
    method: &'a str,
    lines: [Option<&'a [u8]>; 4],
    headers: SortedHeaders<'a>,
    path: &'a str,
    pairs: Vec<&'a str>,
}

/// The values that signing adds if the request does not have them.
pub(super) struct Defaults<'a> {
    pub(super) accept: &'a [u8],
    pub(super) date: &'a [u8],
    pub(super) token: Option<&'a HeaderValue>,
}

impl<'a> StringToSign<'a> {
    pub(super) fn new<B>(
        request: &'a Request<B>,
        defaults: &Defaults<'a>,
    ) -> Result<Self, SignError> {
        let given = request.headers();
        if given.contains_key(AUTHORIZATION) {
            return Err(SignError::AlreadySigned);
        }
        let path = request.uri().path();
        path::check(path)?;
        Ok(Self {
            method: method::upper_case(request.method())?,
            lines: [
                Some(single(given, &ACCEPT)?.unwrap_or(defaults.accept)),
                single(given, &HeaderName::from_static(CONTENT_MD5))?,
                single(given, &CONTENT_TYPE)?,
                Some(single(given, &DATE)?.unwrap_or(defaults.date)),
            ],
            headers: sorted(given, defaults.token)?,
            path: unescaped(path)?,
            pairs: pairs(request.uri().query().unwrap_or(""))?,
        })
    }

    pub(super) fn write(&self, sink: &mut impl Sink) {
        sink.write(self.method.as_bytes());
        sink.write(b"\n");
        for line in self.lines {
            sink.write(line.unwrap_or_default());
            sink.write(b"\n");
        }
        for (name, value) in self.headers.as_slice() {
            for piece in [name.as_str().as_bytes(), b":", value, b"\n"] {
                sink.write(piece);
            }
        }
        sink.write(self.path.as_bytes());
        for (position, pair) in self.pairs.iter().enumerate() {
            sink.write(if position == 0 { b"?" } else { b"&" });
            sink.write(pair.as_bytes());
        }
    }
}

/// The value of a header that may occur once.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a [u8]>, SignError> {
    let mut values = headers.get_all(name).iter();
    let value = values.next();
    if values.next().is_some() {
        return Err(SignError::DuplicateHeader(name.clone()));
    }
    value
        .map(|value| header_value::unpadded(name, value))
        .transpose()
}

/// The `x-acs-` headers of the request, and the token of the credentials.
fn sorted<'a>(
    given: &'a HeaderMap,
    token: Option<&'a HeaderValue>,
) -> Result<SortedHeaders<'a>, SignError> {
    let mut sorted = SortedHeaders::new();
    let signed = given
        .iter()
        .filter(|(name, _)| name.as_str().starts_with(PREFIX));
    for (name, value) in signed {
        sorted.push(name, header_value::unpadded(name, value)?);
    }
    // The request may already have the token of the credentials, and no other.
    let present = given.get(&SECURITY_TOKEN);
    if present.is_some() && present != token {
        return Err(SignError::TokenConflict(SECURITY_TOKEN.clone()));
    }
    if let Some(token) = token.filter(|_| present.is_none()) {
        sorted.push(&SECURITY_TOKEN, token.as_bytes());
    }
    sorted.sort()?;
    Ok(sorted)
}

/// The pairs of a query, sorted by name.
fn pairs(query: &str) -> Result<Vec<&str>, SignError> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for pair in unescaped(query)?.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some((key, value)) if !value.is_empty() => pairs.push((key, pair)),
            _ => return Err(SignError::AmbiguousResource(NO_VALUE)),
        }
    }
    pairs.sort_unstable();
    let neighbours = pairs.iter().zip(pairs.iter().skip(1));
    if neighbours
        .into_iter()
        .any(|((key, _), (next, _))| key == next)
    {
        return Err(SignError::AmbiguousResource(REPEATED));
    }
    Ok(pairs.into_iter().map(|(_, pair)| pair).collect())
}

fn unescaped(text: &str) -> Result<&str, SignError> {
    if text.contains(['%', '+', '$']) {
        return Err(SignError::AmbiguousResource(ESCAPE));
    }
    Ok(text)
}
