//! Untrusted text in the message of an error: escaped, cut and redacted.

use std::fmt;

use fc_headers::Quoted;

use crate::redaction::redact_signatures;

/// The maximum lengths of the parts of a message, in characters.
pub(crate) const CODE_LIMIT: usize = 64;
pub(crate) const MESSAGE_LIMIT: usize = 256;
pub(crate) const REQUEST_ID_LIMIT: usize = 128;

/// A text and its limit in characters. `Display` escapes, cuts and redacts the text.
pub(crate) struct MessageText<'a>(pub(crate) &'a str, pub(crate) usize);

impl fmt::Display for MessageText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text, limit) = *self;
        Quoted::new(&redact_signatures(text))
            .limit(limit)
            .without_quotes()
            .fmt(f)
    }
}

/// Writes that a body cannot be read because it is compressed, if it is.
pub(crate) fn write_content_coding(
    coding: Option<&str>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match coding {
        Some(coding) => write!(
            f,
            ": the body is compressed ({}), so that no code or message can be read; send no Accept-Encoding",
            MessageText(coding, CODE_LIMIT)
        ),
        None => Ok(()),
    }
}

/// Writes ` (request id ...)` if there is an id.
pub(crate) fn write_request_id(id: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match id {
        Some(id) => write!(f, " (request id {})", MessageText(id, REQUEST_ID_LIMIT)),
        None => Ok(()),
    }
}
