//! The signature schemes.

/// The signature scheme of a request.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scheme {
    /// `FC id:signature`, the scheme of the manual.
    #[default]
    Fc,
    /// `ACS3-HMAC-SHA256`, the scheme of the generated SDKs and the only one of revision 2023-03-30.
    Acs3,
}
