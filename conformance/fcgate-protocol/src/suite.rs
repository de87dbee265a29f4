//! The version of the suite.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A suite version: the year and the number of the release of the corpus, like `2026.1`.
///
/// Versions are ordered by year, then by number.
///
/// ```
/// use fcgate_protocol::Suite;
///
/// let pin: Suite = "2026.1".parse()?;
/// assert!(pin <= Suite::CURRENT);
/// # Ok::<(), fcgate_protocol::SuiteError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Suite {
    year: u16,
    number: u16,
}

impl Suite {
    /// The suite of this version of the gate.
    pub const CURRENT: Self = Self {
        year: 2026,
        number: 1,
    };

    /// The first suite. A case without `since` belongs to it.
    pub const FIRST: Self = Self {
        year: 2026,
        number: 1,
    };

    /// Returns whether this is the first suite.
    pub fn is_first(&self) -> bool {
        *self == Self::FIRST
    }
}

/// A string that is not a suite version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SuiteError;

impl fmt::Display for SuiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a suite version, a year and a number like 2026.1")
    }
}

impl std::error::Error for SuiteError {}

impl FromStr for Suite {
    type Err = SuiteError;

    fn from_str(text: &str) -> Result<Self, SuiteError> {
        let (year, number) = text.split_once('.').ok_or(SuiteError)?;
        let digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || !digits(year) || !digits(number) || number.starts_with('0') {
            return Err(SuiteError);
        }
        Ok(Self {
            year: year.parse().map_err(|_| SuiteError)?,
            number: number.parse().map_err(|_| SuiteError)?,
        })
    }
}

impl fmt::Display for Suite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}.{}", self.year, self.number)
    }
}

impl Serialize for Suite {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Suite {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Suite;
    use crate::SUITE;

    #[test]
    fn the_current_suite_equals_the_suite_of_hello() {
        assert_eq!(Suite::CURRENT.to_string(), SUITE);
    }

    #[test]
    fn suite_versions_are_ordered_by_year_then_number() {
        let suite = |text: &str| text.parse::<Suite>().unwrap();
        assert!(suite("2026.2") < suite("2026.10"));
        assert!(suite("2026.10") < suite("2027.1"));
    }

    #[test]
    fn an_invalid_suite_version_is_rejected() {
        for text in [
            "", "2026", "2026.", "2026.0", "2026.01", "26.1", "2026.1.1", "+026.1",
        ] {
            assert!(text.parse::<Suite>().is_err(), "{text}");
        }
    }
}
