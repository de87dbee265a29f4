//! The command `hello`, the first one: the implementation names itself and declares its capabilities.

use serde::{Deserialize, Serialize};

use super::{Capabilities, VERSION};

/// The input of `hello`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelloInput {
    /// The suite version, [`SUITE`](super::SUITE).
    pub suite: String,
    /// The protocol versions that the gate accepts.
    pub accepts: Vec<u32>,
}

/// The output of `hello`: the name of an implementation and its declared capabilities.
///
/// ```
/// use fcgate_protocol::{Hello, capability};
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
    /// The declared capabilities.
    pub caps: Capabilities,
    /// The parts of the declared commands that it does not offer, see [`part`](super::part).
    #[serde(default, skip_serializing_if = "Capabilities::is_empty")]
    pub lacks: Capabilities,
    /// The API revisions that it supports.
    #[serde(default)]
    pub revisions: Vec<String>,
    /// The number of requests that it can process at the same time.
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
    /// The programming language.
    pub language: String,
}

impl Hello {
    /// Creates a `hello` of an implementation without capabilities and revisions.
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
            lacks: Capabilities::none(),
            revisions: Vec::new(),
            parallel: 1,
        }
    }

    /// Declares one more capability.
    #[must_use]
    pub fn claim(mut self, capability: impl Into<String>) -> Self {
        self.caps.insert(capability);
        self
    }

    /// Declares the number of requests that the implementation can process at the same time; without it, one.
    #[must_use]
    pub fn parallel(mut self, requests: u32) -> Self {
        self.parallel = requests;
        self
    }

    /// Lists a part of a declared command that the implementation does not offer.
    #[must_use]
    pub fn lack(mut self, part: impl Into<String>) -> Self {
        self.lacks.insert(part);
        self
    }

    /// Adds an API revision that the implementation supports.
    #[must_use]
    pub fn revision(mut self, revision: impl Into<String>) -> Self {
        self.revisions.push(revision.into());
        self
    }
}

fn one() -> u32 {
    1
}
