//! What a case does: one operation, what is given, what is expected.

use std::fmt;

use serde::{Deserialize, Serialize};

use fcgate_protocol::{BuildInput, ParseInput, SignInput};

use super::{BuildExpectation, InvokeExpectation, InvokeGiven, ParseExpectation, SignExpectation};

/// The operations of the adapter protocol that cases use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Operation {
    /// Wire form to signature.
    Sign,
    /// Typed input to signed request.
    Build,
    /// Raw response to outcome.
    Parse,
    /// A real HTTP exchange.
    Invoke,
}

impl Operation {
    /// The command's name, which is also the area of the case files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Build => "build",
            Self::Parse => "parse",
            Self::Invoke => "invoke",
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One operation with what is given and expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stimulus {
    /// The command `sign`.
    Sign {
        /// Its input.
        given: SignInput,
        /// What is expected.
        expect: SignExpectation,
    },
    /// The command `build`.
    Build {
        /// Its input.
        given: BuildInput,
        /// What is expected.
        expect: BuildExpectation,
    },
    /// The command `parse`.
    Parse {
        /// Its input.
        given: ParseInput,
        /// What is expected.
        expect: ParseExpectation,
    },
    /// The command `invoke`.
    Invoke {
        /// Its input but for the endpoint, and the answers that the endpoint plays.
        given: InvokeGiven,
        /// What is expected.
        expect: InvokeExpectation,
    },
}

impl Stimulus {
    /// The operation.
    pub fn operation(&self) -> Operation {
        match self {
            Self::Sign { .. } => Operation::Sign,
            Self::Build { .. } => Operation::Build,
            Self::Parse { .. } => Operation::Parse,
            Self::Invoke { .. } => Operation::Invoke,
        }
    }

    /// Whether the implementation is expected to refuse the input.
    pub fn expects_refusal(&self) -> bool {
        match self {
            Self::Sign { expect, .. } => expect.refused.is_some(),
            Self::Build { expect, .. } => expect.refused.is_some(),
            Self::Parse { .. } | Self::Invoke { .. } => false,
        }
    }
}
