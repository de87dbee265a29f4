//! The signed headers, sorted by name.

use http::HeaderName;

use crate::SignError;

/// The number of headers that are stored without an allocation.
const INLINE: usize = 24;

/// Headers sorted by the bytes of their names; each name occurs once.
pub(crate) struct SortedHeaders<'a> {
    inline: [Entry<'a>; INLINE],
    len: usize,
    spilled: Vec<Entry<'a>>,
}

type Entry<'a> = (&'a str, &'a [u8]);

impl<'a> SortedHeaders<'a> {
    pub(crate) fn new() -> Self {
        Self {
            inline: [("", &[]); INLINE],
            len: 0,
            spilled: Vec::new(),
        }
    }

    pub(crate) fn as_slice(&self) -> &[Entry<'a>] {
        if self.spilled.is_empty() {
            self.inline.get(..self.len).unwrap_or_default()
        } else {
            &self.spilled
        }
    }

    /// Inserts a header at its sorted position; a name that is already present is an error.
    pub(crate) fn insert(
        &mut self,
        name: &'a HeaderName,
        value: &'a [u8],
    ) -> Result<(), SignError> {
        let owned = || name.clone();
        let name = name.as_str();
        let entries = self.as_slice();
        // The search starts at the end, because the headers of most requests are sorted already.
        let previous = entries.iter().rposition(|(other, _)| *other <= name);
        if previous
            .and_then(|position| entries.get(position))
            .is_some_and(|(other, _)| *other == name)
        {
            return Err(SignError::DuplicateHeader(owned()));
        }
        let position = previous.map_or(0, |position| position + 1);
        if self.spilled.is_empty() && self.len < INLINE {
            self.inline.copy_within(position..self.len, position + 1);
            if let Some(entry) = self.inline.get_mut(position) {
                *entry = (name, value);
            }
            self.len += 1;
        } else {
            if self.spilled.is_empty() {
                self.spilled.extend_from_slice(&self.inline);
            }
            self.spilled.insert(position, (name, value));
        }
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
            sorted.insert(name, b"v").unwrap();
        }
        let mut expected: Vec<&str> = names.iter().map(HeaderName::as_str).collect();
        expected.sort_unstable();
        let found: Vec<&str> = sorted.as_slice().iter().map(|(name, _)| *name).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_second_value_of_a_header_is_rejected() {
        let name = HeaderName::from_static("x-fc-a");
        let mut sorted = SortedHeaders::new();
        sorted.insert(&name, b"v").unwrap();
        assert_eq!(
            sorted.insert(&name, b"v"),
            Err(SignError::DuplicateHeader(name.clone())),
        );
    }
}
