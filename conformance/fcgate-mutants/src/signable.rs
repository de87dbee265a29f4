//! A request that is about to be signed, as the plain model of both schemes sees it.

use fcgate_protocol::{HeaderList, SignInput};

/// What was given, and every header that goes out with it but the authorization.
#[derive(Debug, Clone)]
pub(super) struct Signable<'a> {
    pub(super) given: &'a SignInput,
    /// The whole URL: the given one, or one to which the parameters of a signed URL were added.
    pub(super) url: &'a str,
    pub(super) headers: HeaderList,
}

impl<'a> Signable<'a> {
    /// The given headers that nothing replaces, then the added ones.
    pub(super) fn new(given: &'a SignInput, url: &'a str, added: &HeaderList) -> Self {
        let kept = given
            .headers
            .iter()
            .filter(|(name, _)| !added.contains(name));
        Self {
            given,
            url,
            headers: kept.chain(added).cloned().collect(),
        }
    }

    /// The first value of a header, outer white space removed.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.headers.get_trimmed(name)
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
