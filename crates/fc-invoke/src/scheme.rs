//! The signature schemes.

/// How a request is signed.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scheme {
    /// `FC id:signature`, the manual's scheme.
    #[default]
    Fc,
    /// `ACS3-HMAC-SHA256`, what the generated SDKs send; the only one of revision 2023-03-30.
    Acs3,
}
