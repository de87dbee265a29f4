//! Untrusted text as a part of an error's message.

use std::fmt;

use fc_headers::Quoted;

use crate::signature_mask::mask;

/// The longest parts that a message shows, in characters.
pub(crate) const CODE_LIMIT: usize = 64;
pub(crate) const MESSAGE_LIMIT: usize = 256;
pub(crate) const REQUEST_ID_LIMIT: usize = 128;

/// Text escaped, cut, and with signatures masked.
pub(crate) struct Shown<'a>(pub(crate) &'a str, pub(crate) usize);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text, limit) = *self;
        Quoted::new(&mask(text))
            .limit(limit)
            .without_quotes()
            .fmt(f)
    }
}

/// Writes ` (request id ...)`, or nothing.
pub(crate) fn write_request_id(id: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match id {
        Some(id) => write!(f, " (request id {})", Shown(id, REQUEST_ID_LIMIT)),
        None => Ok(()),
    }
}
