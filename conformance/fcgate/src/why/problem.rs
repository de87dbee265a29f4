//! What is wrong with a request besides its signature.

/// The name of the problem of a query key without an equals sign.
pub(super) const KEY_WITHOUT_EQUALS_SIGN: &str = "key-without-equals-sign";

/// Something that is wrong with a request, or with its response, whether or not the signature is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Its name: lower-case words with hyphens.
    pub name: &'static str,
    /// What is wrong and what to do, in a sentence without its full stop.
    pub text: String,
}

impl Problem {
    pub(super) fn new(name: &'static str, text: impl Into<String>) -> Self {
        Self {
            name,
            text: text.into(),
        }
    }
}
