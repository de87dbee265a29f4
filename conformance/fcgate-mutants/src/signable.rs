//! A request that is about to be signed, as the plain model of both schemes sees it.

use fcgate_protocol::{Headers, SignInput};

use super::spelling::trim;

/// What was given, and every header that goes out with it but the authorization.
#[derive(Debug, Clone)]
pub(super) struct Signable<'a> {
    pub(super) given: &'a SignInput,
    /// The whole URL: the given one, or one to which the parameters of a signed URL were added.
    pub(super) url: &'a str,
    pub(super) headers: Headers,
}

impl<'a> Signable<'a> {
    /// The given headers that nothing replaces, then the added ones.
    pub(super) fn new(given: &'a SignInput, url: &'a str, added: &Headers) -> Self {
        let kept = given
            .headers
            .iter()
            .filter(|(name, _)| value(added, name).is_none());
        Self {
            given,
            url,
            headers: kept.chain(added).cloned().collect(),
        }
    }

    /// The first value of a header, outer white space removed.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        value(&self.headers, name).map(trim)
    }

    /// Host and port as they stand in the URL.
    pub(super) fn authority(&self) -> &str {
        let rest = self.url.split_once("://").map_or("", |(_, rest)| rest);
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// The path as it stands in the URL; it may be empty.
    pub(super) fn path(&self) -> &str {
        let rest = self.url.split_once("://").map_or("", |(_, rest)| rest);
        let target = rest.strip_prefix(self.authority()).unwrap_or_default();
        target.split(['?', '#']).next().unwrap_or_default()
    }

    /// The query as it stands in the URL, without the question mark.
    pub(super) fn query(&self) -> &str {
        let query = self.url.split_once('?').map_or("", |(_, query)| query);
        query.split('#').next().unwrap_or_default()
    }
}

/// The first value of a header.
pub(super) fn value<'a>(headers: &'a Headers, name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(other, _)| other.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}

/// Takes every value of a header away.
pub(super) fn remove(headers: &mut Headers, name: &str) {
    headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
}

/// Puts one value in the place of all values of a header, or behind the others.
pub(super) fn set(headers: &mut Headers, name: &str, value: impl Into<String>) {
    let value = value.into();
    match headers
        .iter_mut()
        .find(|(other, _)| other.eq_ignore_ascii_case(name))
    {
        Some((_, old)) => *old = value,
        None => headers.push((name.to_owned(), value)),
    }
}
