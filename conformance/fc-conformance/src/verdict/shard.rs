//! Shards: parts of the corpus that can run on different machines.

use std::fmt;
use std::num::NonZero;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// One of several parts of the corpus, `2/5`. The hash of a case id selects its shard.
///
/// A case stays in its shard when other cases are added. The shard number is the first eight bytes of the
/// SHA-256 of the id, big-endian, modulo the number of shards, plus 1. At most 1,000 shards are allowed.
///
/// ```
/// use fc_conformance::verdict::Shard;
///
/// let shard: Shard = "2/5".parse()?;
/// assert_eq!((shard.index(), shard.count()), (2, 5));
/// assert!(Shard::whole().contains("sign.fc-vectors.fc-01"));
/// # Ok::<(), fc_conformance::verdict::ShardError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Shard {
    index: u32,
    count: NonZero<u32>,
}

const MOST: u32 = 1_000;

/// The form of a shard in a report.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    index: u32,
    count: u32,
}

impl Shard {
    /// Returns the shard 1 of 1, which contains every case.
    pub const fn whole() -> Self {
        Self {
            index: 1,
            count: NonZero::<u32>::MIN,
        }
    }

    /// Creates shard `index` of `count`; the first index is 1.
    ///
    /// # Errors
    ///
    /// If the index or the number of shards is out of range.
    pub fn new(index: u32, count: u32) -> Result<Self, ShardError> {
        match NonZero::new(count) {
            Some(some) if (1..=count).contains(&index) && count <= MOST => {
                Ok(Self { index, count: some })
            }
            _ => Err(ShardError),
        }
    }

    /// The number of the shard, from 1.
    pub fn index(self) -> u32 {
        self.index
    }

    /// The number of shards.
    pub fn count(self) -> u32 {
        self.count.get()
    }

    /// Whether the shard contains the case with this id.
    pub fn contains(self, id: &str) -> bool {
        let digest = Sha256::digest(id.as_bytes());
        let number = digest
            .iter()
            .take(8)
            .fold(0, |number: u64, byte| (number << 8) | u64::from(*byte));
        number % u64::from(self.count.get()) == u64::from(self.index - 1)
    }
}

/// The error for a text that is not a shard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShardError;

impl fmt::Display for ShardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a shard is a number and a count, 1/5 to 5/5; at most 1000")
    }
}

impl std::error::Error for ShardError {}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, ShardError> {
        let number = |text: &str| {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|_| digits).ok_or(ShardError)
        };
        let (index, count) = text.split_once('/').ok_or(ShardError)?;
        Self::new(number(index)?, number(count)?)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

impl TryFrom<Written> for Shard {
    type Error = ShardError;

    fn try_from(written: Written) -> Result<Self, ShardError> {
        Self::new(written.index, written.count)
    }
}

impl From<Shard> for Written {
    fn from(shard: Shard) -> Self {
        Self {
            index: shard.index,
            count: shard.count.get(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shard;

    #[test]
    fn every_case_is_always_in_the_same_one_shard() {
        let home = |id: &str, count| {
            (1..=count)
                .filter(|index| Shard::new(*index, count).unwrap().contains(id))
                .collect::<Vec<_>>()
        };
        // Pinned: a different number here would move the cases of every user.
        assert_eq!(home("sign.fc-vectors.fc-01", 5), [3]);
        assert_eq!(home("parse.errors.denied", 5), [5]);
        assert_eq!(home("", 1), [1]);
    }

    #[test]
    fn an_invalid_shard_is_an_error() {
        for text in [
            "",
            "1",
            "0/5",
            "6/5",
            "1/0",
            "+1/5",
            "1/5/5",
            "a/b",
            "1/ 5",
            "1/1001",
            "-1/5",
            "1/99999999999",
        ] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
        assert_eq!("05/10".parse::<Shard>().unwrap().to_string(), "5/10");
    }
}
