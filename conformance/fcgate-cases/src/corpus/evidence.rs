//! The evidence for an expected value.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The kind of evidence.
    pub kind: EvidenceKind,
    /// The manual page, the SDK and its version, or the test vector.
    pub source: String,
    /// The number of SDKs that agree, for `sdk-agreement` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agree: Option<u32>,
    /// The number of SDKs that were compared, for `sdk-agreement` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
}

/// The kinds of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// Recorded traffic.
    Recorded,
    /// The manual.
    Manual,
    /// A calculation from a published rule, with or without an SDK. It confirms other evidence and is never enough alone.
    Computed,
    /// The adapter protocol. It defines what a declared capability such as `retry` means, and nothing about the service.
    Protocol,
    /// Official SDKs agree.
    SdkAgreement,
    /// A published standard; the source names the section, such as `RFC 9112 section 6.3`.
    Standard,
    /// A security rule of this project: credentials reach only the endpoint, no second invocation without permission, no header
    /// injection, no failure or truncated body reported as success.
    Security,
    /// An SDK's own test against the live service.
    SdkTest,
    /// An inference of this project. It is never enough for a `must`.
    Inference,
}

impl Evidence {
    /// Returns whether this evidence alone is enough for a `must`: recorded, in the manual, a published standard, a
    /// security rule, or two SDKs that agree. [`Case::evidence_carries_must`](super::Case::evidence_carries_must) knows the
    /// one exception, the adapter protocol.
    pub fn carries_must(&self) -> bool {
        match self.kind {
            EvidenceKind::Recorded
            | EvidenceKind::Manual
            | EvidenceKind::Standard
            | EvidenceKind::Security => true,
            EvidenceKind::SdkAgreement => self.agree.is_some_and(|agree| agree >= 2),
            EvidenceKind::Computed
            | EvidenceKind::Protocol
            | EvidenceKind::SdkTest
            | EvidenceKind::Inference => false,
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            EvidenceKind::Recorded => "recorded",
            EvidenceKind::Manual => "manual",
            EvidenceKind::Computed => "computed",
            EvidenceKind::Protocol => "adapter protocol",
            EvidenceKind::SdkAgreement => "SDKs agree",
            EvidenceKind::Standard => "standard",
            EvidenceKind::Security => "security rule",
            EvidenceKind::SdkTest => "SDK test",
            EvidenceKind::Inference => "inference",
        };
        match (self.agree, self.of) {
            (Some(agree), Some(of)) => write!(f, "{kind} ({agree} of {of}): {}", self.source),
            _ => write!(f, "{kind}: {}", self.source),
        }
    }
}
