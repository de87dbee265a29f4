//! A list of header fields in wire order.

use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};

/// Header fields in wire order; repeated names are kept, and names compare without case.
///
/// Each character of a value is one byte (Latin-1). In JSON it is a list of `[name, value]` pairs.
///
/// ```
/// use fcgate_protocol::HeaderList;
///
/// let mut headers = HeaderList::from([("Host", "a"), ("x-fc-log-type", "Tail")]);
/// headers.set("host", "b");
/// assert_eq!(headers.get("HOST"), Some("b"));
/// assert_eq!(headers.len(), 2);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HeaderList(
    #[serde(deserialize_with = "crate::pairs::deserialize")] Vec<(String, String)>,
);

impl HeaderList {
    /// An empty list.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The first value of a header, as it was sent.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_all(name).next()
    }

    /// Every value of a header, as it was sent.
    pub fn get_all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.iter()
            .filter(move |(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The first value of a header without the white space around it (RFC 9110, 5.5).
    pub fn get_trimmed(&self, name: &str) -> Option<&str> {
        self.get_all_trimmed(name).next()
    }

    /// Every value of a header without the white space around it (RFC 9110, 5.5).
    pub fn get_all_trimmed(&self, name: &str) -> impl Iterator<Item = &str> {
        self.get_all(name).map(trim)
    }

    /// Whether the header occurs.
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Adds a field at the end.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// Adds a field before the one at this index, or at the end if there are not so many fields.
    pub fn insert(&mut self, index: usize, name: impl Into<String>, value: impl Into<String>) {
        let index = index.min(self.0.len());
        self.0.insert(index, (name.into(), value.into()));
    }

    /// Replaces every value of a header with one, at the place of the first; appends it if there is none.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        let Some(first) = self.position(name) else {
            return self.push(name, value);
        };
        let mut place = 0;
        self.0.retain(|(other, _)| {
            let keep = place <= first || !other.eq_ignore_ascii_case(name);
            place += 1;
            keep
        });
        if let Some((_, old)) = self.0.get_mut(first) {
            *old = value;
        }
    }

    /// Removes every value of a header.
    pub fn remove(&mut self, name: &str) {
        self.0
            .retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    }

    /// Keeps the fields for which the closure returns true.
    pub fn retain(&mut self, keep: impl FnMut(&(String, String)) -> bool) {
        self.0.retain(keep);
    }

    /// Whether there is no field.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The index of the first field of this name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.iter()
            .position(|(other, _)| other.eq_ignore_ascii_case(name))
    }
}

/// A header value without the spaces and tabs around it.
pub fn trim(value: &str) -> &str {
    value.trim_matches([' ', '\t'])
}

impl Deref for HeaderList {
    type Target = [(String, String)];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for HeaderList {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for HeaderList {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Self {
        let mut list = Self::new();
        list.extend(fields);
        list
    }
}

impl<N: Into<String>, V: Into<String>> Extend<(N, V)> for HeaderList {
    fn extend<I: IntoIterator<Item = (N, V)>>(&mut self, fields: I) {
        let fields = fields.into_iter();
        self.0
            .extend(fields.map(|(name, value)| (name.into(), value.into())));
    }
}

impl<N: Into<String>, V: Into<String>, const COUNT: usize> From<[(N, V); COUNT]> for HeaderList {
    fn from(fields: [(N, V); COUNT]) -> Self {
        fields.into_iter().collect()
    }
}

impl From<Vec<(String, String)>> for HeaderList {
    fn from(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }
}

impl IntoIterator for HeaderList {
    type Item = (String, String);
    type IntoIter = std::vec::IntoIter<(String, String)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a HeaderList {
    type Item = &'a (String, String);
    type IntoIter = std::slice::Iter<'a, (String, String)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a> IntoIterator for &'a mut HeaderList {
    type Item = &'a mut (String, String);
    type IntoIter = std::slice::IterMut<'a, (String, String)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::HeaderList;

    #[test]
    fn names_compare_without_case_and_repeats_are_kept() {
        let headers = HeaderList::from([("X-A", "1"), ("b", " 2\t"), ("x-a", "3")]);
        assert_eq!(headers.get("x-A"), Some("1"));
        assert_eq!(headers.get_all("X-A").collect::<Vec<_>>(), ["1", "3"]);
        assert_eq!(headers.get("B"), Some(" 2\t"));
        assert_eq!(headers.get_trimmed("B"), Some("2"));
        assert!(!headers.contains("c"));
    }

    #[test]
    fn insert_past_the_end_appends() {
        let mut headers = HeaderList::from([("a", "1")]);
        headers.insert(0, "b", "2");
        headers.insert(9, "c", "3");
        assert_eq!(
            headers,
            HeaderList::from([("b", "2"), ("a", "1"), ("c", "3")])
        );
    }

    #[test]
    fn set_replaces_all_values_and_keeps_the_position_of_the_first() {
        let mut headers = HeaderList::from([("x-a", "1"), ("b", "2"), ("X-A", "3")]);
        headers.set("x-A", "4");
        assert_eq!(headers, HeaderList::from([("x-a", "4"), ("b", "2")]));
        headers.set("c", "5");
        assert_eq!(headers.get("c"), Some("5"));
        headers.remove("B");
        assert_eq!(headers.len(), 2);
    }
}
