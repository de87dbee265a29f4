//! A release that could not be judged, with the reason.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// A release that could not be judged, with the reason. Written as `VERSION=REASON`.
///
/// ```
/// use fcgate::writers::NotJudged;
///
/// let one: NotJudged = "1.0.0=it has no function that invokes".parse()?;
/// assert_eq!(one.version(), "1.0.0");
/// assert!("1.0.0".parse::<NotJudged>().is_err());
/// # Ok::<(), fcgate::writers::InvalidNotJudged>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotJudged {
    version: String,
    reason: String,
}

impl NotJudged {
    /// The version of the release.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Why it could not be judged.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// The reason why a text is not `VERSION=REASON`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidNotJudged {
    /// There is no `=`, or nothing before it.
    NoVersion,
    /// Nothing follows the `=`.
    NoReason,
}

impl fmt::Display for InvalidNotJudged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoVersion => "expected VERSION=REASON, found no version",
            Self::NoReason => {
                "expected VERSION=REASON, found no reason; say why the release was not judged"
            }
        })
    }
}

impl std::error::Error for InvalidNotJudged {}

impl FromStr for NotJudged {
    type Err = InvalidNotJudged;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (version, reason) = text.split_once('=').ok_or(InvalidNotJudged::NoVersion)?;
        let (version, reason) = (version.trim(), reason.trim());
        if version.is_empty() {
            return Err(InvalidNotJudged::NoVersion);
        }
        if reason.is_empty() {
            return Err(InvalidNotJudged::NoReason);
        }
        Ok(Self {
            version: version.to_owned(),
            reason: reason.to_owned(),
        })
    }
}
