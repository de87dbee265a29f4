//! Text for people: visible bytes, redaction of credentials, and suggestions for unknown names.

pub mod nearest;
pub mod redaction;
pub mod visible;
