//! A request to sign, as the plain model of both schemes reads it.

use std::borrow::Cow;

use fcgate_protocol::{HeaderList, SignInput};

/// The input of `sign`, and every header of the request except the authorization.
#[derive(Debug, Clone)]
pub(crate) struct RequestToSign<'a> {
    pub(crate) given: &'a SignInput,
    /// The whole URL: the given one, or one to which the parameters of a signed URL were added.
    pub(crate) url: &'a str,
    pub(crate) headers: Cow<'a, HeaderList>,
}

impl<'a> RequestToSign<'a> {
    /// The given headers that no added one replaces, then the added ones.
    pub(crate) fn new(given: &'a SignInput, url: &'a str, added: &HeaderList) -> Self {
        let headers = if added.is_empty() {
            Cow::Borrowed(&given.headers)
        } else {
            let given = given.headers.iter();
            let kept = given.filter(|(name, _)| !added.contains(name));
            Cow::Owned(kept.chain(added).cloned().collect())
        };
        Self {
            given,
            url,
            headers,
        }
    }

    /// The first value of a header, without outer white space.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.headers.get_trimmed(name)
    }

    /// Host and port as in the URL.
    pub(crate) fn authority(&self) -> &str {
        let rest = self.url.split_once("://").map_or("", |(_, rest)| rest);
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// The path as in the URL; it may be empty.
    pub(crate) fn path(&self) -> &str {
        let rest = self.url.split_once("://").map_or("", |(_, rest)| rest);
        let target = rest.strip_prefix(self.authority()).unwrap_or_default();
        target.split(['?', '#']).next().unwrap_or_default()
    }

    /// The query as in the URL, without the question mark.
    pub(crate) fn query(&self) -> &str {
        let query = self.url.split_once('?').map_or("", |(_, query)| query);
        query.split('#').next().unwrap_or_default()
    }
}
