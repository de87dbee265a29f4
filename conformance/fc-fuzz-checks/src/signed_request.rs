//! The request of an input for the two signing schemes, and the rules that both share.

use bytes::Bytes;
use fc_sign::{Credentials, Timestamp};
use http::{Method, Request, Uri};

use crate::message::{Message, line};

/// An input: `MODE METHOD TARGET`, header lines, an empty line, the body.
pub(crate) struct SignedRequest {
    pub(crate) mode: u8,
    pub(crate) request: Request<Bytes>,
}

impl SignedRequest {
    /// Reads an input; `None` if its method or target cannot be sent.
    pub(crate) fn read(input: &[u8]) -> Option<Self> {
        let message = Message::read(input);
        let mut words = message.first_line.splitn(3, |byte| *byte == b' ');
        let mode = *words.next()?.first()?;
        let method = Method::from_bytes(words.next()?).ok()?;
        let target = Uri::try_from(words.next()?).ok()?;
        let mut request = Request::new(message.body());
        *request.method_mut() = method;
        *request.uri_mut() = target;
        *request.headers_mut() = message.headers;
        Some(Self { mode, request })
    }

    /// The value of a header that the request has once.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let value = self.request.headers().get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    }

    /// The values of the headers that a scheme signs, in the order of their names.
    pub(crate) fn headers(&self, is_signed: impl Fn(&str) -> bool) -> Vec<(String, String)> {
        let headers = self.request.headers().iter();
        let mut signed: Vec<(String, String)> = headers
            .filter(|(name, _)| is_signed(name.as_str()))
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes());
                (name.as_str().to_owned(), value.into_owned())
            })
            .collect();
        signed.sort();
        signed
    }

    /// The pairs of the query, decoded as a form; `None` without an equals sign.
    pub(crate) fn pairs(&self) -> Vec<(String, Option<String>)> {
        let query = self.request.uri().query().unwrap_or_default();
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        pairs
            .map(|pair| match pair.split_once('=') {
                Some((key, value)) => (decoded(key, true), Some(decoded(value, true))),
                None => (decoded(pair, true), None),
            })
            .collect()
    }

    /// The path, decoded once.
    pub(crate) fn path(&self) -> String {
        decoded(self.request.uri().path(), false)
    }
}

/// Percent-decodes a text; in a form, a plus sign is a space.
pub(crate) fn decoded(text: &str, is_form: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let escape = after.get(..2).filter(|_| *byte == b'%');
        let value = escape
            .and_then(|digits| str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = if value.is_some() {
            after.get(2..).unwrap_or_default()
        } else {
            after
        };
        let plain = if *byte == b'+' && is_form {
            b' '
        } else {
            *byte
        };
        bytes.push(value.unwrap_or(plain));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Takes the text before the next LF.
pub(crate) fn take_line<'a>(rest: &mut &'a str) -> &'a str {
    let (text, after) = line(rest.as_bytes());
    *rest = rest.get(rest.len() - after.len()..).unwrap_or_default();
    str::from_utf8(text).unwrap_or_default()
}

/// The reserved dummy key.
pub(crate) fn credentials() -> Credentials {
    let id = "FCTESTACCESSKEYID01".parse();
    let secret = "fcTestAccessKeySecret0123456789".parse();
    match (id, secret) {
        (Ok(id), Ok(secret)) => Credentials::new(id, secret),
        _ => panic!("the dummy key is not valid"),
    }
}

/// The time at which every input is signed: 2022-05-11T09:00:00Z.
pub(crate) fn time() -> Timestamp {
    match Timestamp::try_from(1_652_259_600_u64) {
        Ok(time) => time,
        Err(error) => panic!("{error}"),
    }
}
