//! What a case does: one operation, what is given, what is expected.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::protocol::{
    BuildInput, Credentials, Headers, Invocation, InvokeInput, ParseInput, Retry, Scheme, SignInput,
};

use super::{BuildExpectation, InvokeExpectation, ParseExpectation, SignExpectation};

/// The operations of the adapter protocol that cases use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
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
#[non_exhaustive]
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
        /// Its input but for the endpoint, and the answer that the endpoint plays.
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

/// What is given to `invoke`; the runner adds the endpoint and keeps the answer for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InvokeGiven {
    /// The API revision.
    pub revision: String,
    /// The signature scheme.
    pub scheme: Scheme,
    /// Whose request it is.
    pub credentials: Credentials,
    /// How long the whole exchange may take.
    pub timeout_ms: u64,
    /// The retry policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry: Option<Retry>,
    /// The invocation; the function name is replaced by a token.
    pub input: Invocation,
    /// What the endpoint answers.
    pub answer: CannedAnswer,
}

impl InvokeGiven {
    /// The command's input: at this endpoint, for this function name.
    pub fn input(&self, endpoint: &str, function: &str) -> InvokeInput {
        InvokeInput {
            revision: self.revision.clone(),
            scheme: self.scheme,
            endpoint: endpoint.to_owned(),
            credentials: self.credentials.clone(),
            timeout_ms: self.timeout_ms,
            retry: self.retry,
            input: Invocation {
                function: function.to_owned(),
                ..self.input.clone()
            },
        }
    }
}

/// A response that the fake endpoint plays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CannedAnswer {
    /// The status code.
    pub status: u16,
    /// The headers in wire order.
    pub headers: Headers,
    /// The body.
    #[serde(rename = "body_b64", with = "crate::protocol::base64_bytes")]
    pub body: Vec<u8>,
}

impl CannedAnswer {
    /// An answer with this status and body, and no headers.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Headers::new(),
            body: body.into(),
        }
    }

    /// Adds a header behind those that there are.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}
