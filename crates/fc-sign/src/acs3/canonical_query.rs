//! The query of the canonical request.

use std::borrow::Cow;

use crate::SignError;
use crate::query::{Pair, pairs, write_encoded};
use crate::sink::Sink;

/// The decoded, sorted pairs of a query. A single pair, as in `InvokeFunction`, needs no allocation.
pub(super) enum CanonicalQuery<'a> {
    None,
    One(Pair<'a>),
    Many(Vec<Pair<'a>>),
}

impl<'a> CanonicalQuery<'a> {
    pub(super) fn parse(query: &'a str) -> Result<Self, SignError> {
        let mut found = pairs(query);
        let Some(first) = found.next() else {
            return Ok(Self::None);
        };
        let first = first?;
        let Some(second) = found.next() else {
            return Ok(Self::One(first));
        };
        let mut all = vec![first, second?];
        for pair in found {
            all.push(pair?);
        }
        all.sort_unstable();
        Ok(Self::Many(all))
    }

    /// Whether a key occurs more than once.
    pub(super) fn repeats_a_key(&self) -> bool {
        let Self::Many(pairs) = self else {
            return false;
        };
        // The pairs are sorted by their keys.
        let mut neighbours = pairs.iter().zip(pairs.iter().skip(1));
        neighbours.any(|((key, _), (next, _))| key == next)
    }

    /// Writes the pairs percent-encoded. A key without a value gets an equals sign, as in every SDK
    /// but one.
    pub(super) fn write(&self, sink: &mut impl Sink) {
        let pairs = match self {
            Self::None => &[],
            Self::One(pair) => std::slice::from_ref(pair),
            Self::Many(pairs) => pairs.as_slice(),
        };
        for (position, (key, value)) in pairs.iter().enumerate() {
            if position > 0 {
                sink.write(b"&");
            }
            write_encoded(sink, key);
            sink.write(b"=");
            write_encoded(sink, value.as_ref().map_or("", Cow::as_ref));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::text;

    #[test]
    fn pairs_are_sorted_encoded_again_and_joined_by_ampersands() {
        let written = |query| text(|sink| CanonicalQuery::parse(query).unwrap().write(sink));
        assert_eq!(written("").as_str(), "");
        assert_eq!(written("key").as_str(), "key=");
        assert_eq!(written("b=2&a=x+y&&c&a=1").as_str(), "a=1&a=x%20y&b=2&c=");
    }
}
