//! The version of a suite: the year and the number of the release of its corpus.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A suite version, `2026.1`; later ones are greater.
///
/// ```
/// use crate::Suite;
///
/// let pin: Suite = "2026.1".parse()?;
/// assert!(pin <= Suite::CURRENT);
/// # Ok::<(), crate::SuiteError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Suite {
    year: u16,
    number: u16,
}

impl Suite {
    /// The suite that this gate carries.
    pub const CURRENT: Self = Self {
        year: 2026,
        number: 1,
    };

    /// The first suite: cases that name none are of it.
    pub const FIRST: Self = Self {
        year: 2026,
        number: 1,
    };

    /// Whether a case that names no suite is of this one.
    pub fn is_first(&self) -> bool {
        *self == Self::FIRST
    }
}

/// A text that is no suite version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SuiteError;

impl fmt::Display for SuiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a suite is a year and a number, like 2026.1")
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
    fn the_current_suite_is_the_one_that_hello_names() {
        assert_eq!(Suite::CURRENT.to_string(), SUITE);
    }

    #[test]
    fn suites_are_ordered_by_year_and_number() {
        let suite = |text: &str| text.parse::<Suite>().unwrap();
        assert!(suite("2026.2") < suite("2026.10"));
        assert!(suite("2026.10") < suite("2027.1"));
    }

    #[test]
    fn what_is_no_suite_is_refused() {
        for text in [
            "", "2026", "2026.", "2026.0", "2026.01", "26.1", "2026.1.1", "+026.1",
        ] {
            assert!(text.parse::<Suite>().is_err(), "{text}");
        }
    }
}
