//! Where an expected value comes from.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What kind of evidence it is.
    pub kind: EvidenceKind,
    /// The page, the SDK and its version, or the vector.
    pub source: String,
    /// How many SDKs agree; for `sdk-agreement` alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agree: Option<u32>,
    /// Of how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
}

/// The kinds of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// Seen in recorded traffic.
    Recorded,
    /// Written in the manual.
    Manual,
    /// Official SDKs agree.
    SdkAgreement,
    /// An SDK's own test against the live service.
    SdkTest,
    /// Inferred by us; never enough for a `must`.
    Inference,
}

impl Evidence {
    /// Whether this alone can carry a `must`: recorded, manual, or two SDKs that agree.
    pub fn carries_must(&self) -> bool {
        match self.kind {
            EvidenceKind::Recorded | EvidenceKind::Manual => true,
            EvidenceKind::SdkAgreement => self.agree.is_some_and(|agree| agree >= 2),
            EvidenceKind::SdkTest | EvidenceKind::Inference => false,
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            EvidenceKind::Recorded => "recorded",
            EvidenceKind::Manual => "manual",
            EvidenceKind::SdkAgreement => "SDKs agree",
            EvidenceKind::SdkTest => "SDK test",
            EvidenceKind::Inference => "inference",
        };
        match (self.agree, self.of) {
            (Some(agree), Some(of)) => write!(f, "{kind} ({agree} of {of}): {}", self.source),
            _ => write!(f, "{kind}: {}", self.source),
        }
    }
}
