//! The signed headers, sorted by name.

use http::HeaderName;

use crate::SignError;

/// The number of headers that are stored without an allocation.
const INLINE: usize = 24;

/// Headers sorted by the bytes of their names; each name occurs once.
pub(crate) struct SortedHeaders<'a> {
    inline: [Entry<'a>; INLINE],
    len: usize,
    /// All entries, if there are more than fit inline.
    spilled: Vec<Entry<'a>>,
    /// Whether the names are in strictly ascending order.
    is_sorted: bool,
}

type Entry<'a> = (&'a HeaderName, &'a [u8]);

/// Fills the places that are not used.
static UNUSED: HeaderName = http::header::AUTHORIZATION;

impl<'a> SortedHeaders<'a> {
    pub(crate) fn new() -> Self {
        Self {
            inline: [(&UNUSED, &[]); INLINE],
            len: 0,
            spilled: Vec::new(),
            is_sorted: true,
        }
    }

    /// Returns the headers in the order of their names.
    pub(crate) fn as_slice(&self) -> &[Entry<'a>] {
        debug_assert!(self.is_sorted, "`sort` was not called after `push`");
        if self.spilled.is_empty() {
            self.inline.get(..self.len).unwrap_or_default()
        } else {
            &self.spilled
        }
    }

    /// Appends a header; [`sort`](Self::sort) must follow.
    pub(crate) fn push(&mut self, name: &'a HeaderName, value: &'a [u8]) {
        // The headers of most requests are sorted already.
        let last = match self.spilled.last() {
            Some(last) => Some(last),
            None => self.len.checked_sub(1).and_then(|at| self.inline.get(at)),
        };
        if last.is_some_and(|(last, _)| last.as_str() >= name.as_str()) {
            self.is_sorted = false;
        }
        if let (true, Some(place)) = (self.spilled.is_empty(), self.inline.get_mut(self.len)) {
            *place = (name, value);
            self.len += 1;
        } else {
            if self.spilled.is_empty() {
                self.spilled.extend_from_slice(&self.inline);
            }
            self.spilled.push((name, value));
        }
    }

    /// Sorts the headers once, so that the order in which they come costs little.
    ///
    /// # Errors
    ///
    /// If a name occurs twice.
    pub(crate) fn sort(&mut self) -> Result<(), SignError> {
        if self.is_sorted {
            return Ok(());
        }
        let entries = if self.spilled.is_empty() {
            self.inline.get_mut(..self.len).unwrap_or_default()
        } else {
            &mut self.spilled
        };
        entries.sort_unstable_by_key(|(name, _)| name.as_str());
        for pair in entries.windows(2) {
            if let [(one, _), (next, _)] = pair
                && one == next
            {
                return Err(SignError::DuplicateHeader((*one).clone()));
            }
        }
        self.is_sorted = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_headers_than_the_inline_capacity_are_sorted_by_name() {
        let names: Vec<HeaderName> = (0..60u32)
            .map(|n| format!("x-fc-{}", n * 7 % 60).parse().unwrap())
            .collect();
        let mut sorted = SortedHeaders::new();
        for name in &names {
            sorted.push(name, b"v");
        }
        sorted.sort().unwrap();
        let mut expected: Vec<&str> = names.iter().map(HeaderName::as_str).collect();
        expected.sort_unstable();
        let found: Vec<&str> = sorted
            .as_slice()
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_second_value_of_a_header_is_rejected() {
        let name = HeaderName::from_static("x-fc-a");
        let mut sorted = SortedHeaders::new();
        for _ in 0..2 {
            sorted.push(&name, b"v");
        }
        assert_eq!(sorted.sort(), Err(SignError::DuplicateHeader(name.clone())),);
    }
}
