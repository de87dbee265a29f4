//! Text for people: visible bytes, redaction of credentials, and suggestions for unknown names.

pub mod redaction;
pub mod suggestion;
pub mod visible;
