//! The authentication that an HTTP trigger of FC 3.0 demands.

/// The authentication of a trigger. The id in its host selects it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TriggerAuth {
    /// Any other id: a signature or the bearer token.
    SignatureOrBearer,
    /// The id `anonymous`.
    Anonymous,
    /// The id `signature`.
    Signature,
    /// The id `bearer`.
    Bearer,
}

impl TriggerAuth {
    /// The authentication of a trigger with this id in its host.
    pub(super) fn of_id(id: &str) -> Self {
        match id {
            "anonymous" => Self::Anonymous,
            "signature" => Self::Signature,
            "bearer" => Self::Bearer,
            _ => Self::SignatureOrBearer,
        }
    }
}
