//! The signature schemes that a request can carry.

/// The scheme by which a request is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureScheme {
    /// `FC`, in the authorization.
    Fc,
    /// `FC`, in a signed URL.
    FcPresignedUrl,
    /// `ACS3-HMAC-SHA256`.
    Acs3,
    /// `acs`, the older scheme of the gateway.
    AcsV1,
    /// A bearer token instead of a signature.
    Bearer,
    /// No signature.
    None,
}

impl SignatureScheme {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fc => "fc",
            Self::FcPresignedUrl => "fc-presigned-url",
            Self::Acs3 => "acs3",
            Self::AcsV1 => "acs-v1",
            Self::Bearer => "bearer",
            Self::None => "none",
        }
    }
}
