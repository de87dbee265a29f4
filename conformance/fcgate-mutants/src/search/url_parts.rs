//! Splits a URL into the text before its path, the path, and the query.

/// The parts of a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UrlParts<'a> {
    /// Scheme and authority.
    pub(super) head: &'a str,
    pub(super) path: &'a str,
    /// `None` without a question mark.
    pub(super) query: Option<&'a str>,
}

impl<'a> UrlParts<'a> {
    pub(super) fn of(url: &'a str) -> Self {
        let start = url.find("://").map_or(0, |at| at + 3);
        let rest = url.get(start..).unwrap_or_default();
        let authority = rest.find(['/', '?']).unwrap_or(rest.len());
        let (head, target) = url.split_at_checked(start + authority).unwrap_or((url, ""));
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        Self { head, path, query }
    }

    pub(super) fn with_path(&self, path: &str) -> String {
        let Self { head, query, .. } = self;
        match query {
            Some(query) => format!("{head}{path}?{query}"),
            None => format!("{head}{path}"),
        }
    }

    pub(super) fn with_query(&self, query: Option<&str>) -> String {
        let Self { head, path, .. } = self;
        match query {
            Some(query) => format!("{head}{path}?{query}"),
            None => format!("{head}{path}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::UrlParts;

    #[test]
    fn a_url_is_split_at_its_path_and_its_query() {
        let parts = UrlParts::of("http://h:80/a/b?c=d?e");
        assert_eq!((parts.head, parts.path), ("http://h:80", "/a/b"));
        assert_eq!(parts.query, Some("c=d?e"));
        assert_eq!(parts.with_path("/x"), "http://h:80/x?c=d?e");
        assert_eq!(UrlParts::of("http://h?a").path, "");
        assert_eq!(UrlParts::of("http://h").query, None);
    }
}
