//! The first command: who the implementation is and what it claims.

use serde::{Deserialize, Serialize};

use super::{Capabilities, VERSION};

/// What the gate says in `hello`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelloInput {
    /// The suite version, [`SUITE`](super::SUITE).
    pub suite: String,
    /// The protocol versions that the gate accepts.
    pub accepts: Vec<u32>,
}

/// What an implementation says of itself.
///
/// ```
/// use crate::{Hello, capability};
///
/// let hello = Hello::new("my-sdk", "0.3.1", "rust")
///     .claim(capability::SIGN_FC)
///     .claim(capability::PARSE)
///     .revision("2021-04-06");
/// assert!(hello.caps.contains("parse"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Hello {
    /// The protocol version, 1.
    pub p: u32,
    /// Name, version and language.
    pub sdk: Sdk,
    /// The claimed capabilities.
    pub caps: Capabilities,
    /// The API revisions that it speaks.
    #[serde(default)]
    pub revisions: Vec<String>,
    /// How many requests may be in flight at once.
    #[serde(default = "one")]
    pub parallel: u32,
}

/// The identity of an implementation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Sdk {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The language it is written in.
    pub language: String,
}

impl Hello {
    /// An implementation that claims nothing yet.
    pub fn new(
        name: impl Into<String>,
        version: impl Into<String>,
        language: impl Into<String>,
    ) -> Self {
        Self {
            p: VERSION,
            sdk: Sdk {
                name: name.into(),
                version: version.into(),
                language: language.into(),
            },
            caps: Capabilities::none(),
            revisions: Vec::new(),
            parallel: 1,
        }
    }

    /// Claims one more capability.
    #[must_use]
    pub fn claim(mut self, capability: impl Into<String>) -> Self {
        self.caps.insert(capability);
        self
    }

    /// Adds a revision that the implementation speaks.
    #[must_use]
    pub fn revision(mut self, revision: impl Into<String>) -> Self {
        self.revisions.push(revision.into());
        self
    }
}

fn one() -> u32 {
    1
}
