//! The address to which the client sends the requests of a case.

/// The address to which the client sends the requests of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The endpoint: `http://127.0.0.1:PORT`.
    pub uri: String,
    /// The function name that identifies the case.
    pub function: String,
}
