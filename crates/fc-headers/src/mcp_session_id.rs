//! `Mcp-Session-Id`

use std::fmt;
use std::str::FromStr;

use http::HeaderValue;

use crate::header::trimmed;
use crate::{Header, HeaderError, HeaderErrorKind, InputError, InputErrorKind, text};

const FIELD: &str = "MCP session id";

/// `Mcp-Session-Id`: the id of a session of the Model Context Protocol over streamable HTTP. Request header, and
/// response header of the function's first answer.
///
/// Visible ASCII without spaces, at most 8,192 bytes. The function makes the id; the service reads it from the response
/// to the first POST and keeps the session on that instance. Later requests carry it, and `DELETE` with it ends the
/// session. It works only over an HTTP trigger or a custom domain. MCP demands an id that cannot be guessed, so `Debug`
/// does not show it and the encoded value is marked sensitive. Source: manual page "MCP Streamable HTTP affinity" of FC 3.0;
/// MCP specification 2025-06-18, "Session Management".
///
/// ```
/// use fc_headers::{Header, McpSessionId};
///
/// let id = McpSessionId::decode(&"1868a90c-7f2b".parse()?)?;
/// assert_eq!(id.encode(), "1868a90c-7f2b");
/// assert_eq!(format!("{id:?}"), "McpSessionId(redacted)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct McpSessionId(HeaderValue);

impl McpSessionId {
    fn new(mut value: HeaderValue) -> Self {
        value.set_sensitive(true);
        Self(value)
    }
}

impl Header<'_> for McpSessionId {
    const FIELD_NAME: &'static str = "mcp-session-id";

    fn decode(value: &HeaderValue) -> Result<Self, HeaderError> {
        let refuse = |kind| Err(HeaderError::new(kind, Self::NAME));
        match trimmed(value) {
            b"" => refuse(HeaderErrorKind::Empty),
            id if id.len() > text::MAX_OPAQUE_LENGTH => refuse(HeaderErrorKind::TooLarge),
            id if !id.iter().all(u8::is_ascii_graphic) => refuse(HeaderErrorKind::NotText),
            id => Ok(Self::new(text::subvalue(value, id))),
        }
    }

    fn encode(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl FromStr for McpSessionId {
    type Err = InputError;

    /// # Errors
    ///
    /// `empty`, `too-long` or `forbidden-byte`. The message does not quote the id.
    fn from_str(text: &str) -> Result<Self, InputError> {
        let refuse = |kind| Err(InputError::new(kind, FIELD));
        if text.is_empty() {
            return refuse(InputErrorKind::Empty);
        }
        if text.len() > text::MAX_OPAQUE_LENGTH {
            return refuse(InputErrorKind::TooLong);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return refuse(InputErrorKind::ForbiddenByte);
        }
        Ok(Self::new(text::shared_value(text)))
    }
}

impl fmt::Debug for McpSessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("McpSessionId(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_visible_ascii_without_spaces() {
        let decode = |value: &str| {
            let value = HeaderValue::from_str(value).unwrap();
            McpSessionId::decode(&value).map_or_else(|error| error.kind().slug(), |_| "ok")
        };
        let parse = |text: &str| {
            text.parse::<McpSessionId>()
                .map_or_else(|error| error.kind().slug(), |_| "ok")
        };
        let longest = "i".repeat(8192);
        let longer = "i".repeat(8193);
        for (text, decoded, parsed) in [
            ("!~", "ok", "ok"),
            (longest.as_str(), "ok", "ok"),
            ("", "empty", "empty"),
            ("a b", "not-text", "forbidden-byte"),
            (&longer, "too-large", "too-long"),
        ] {
            assert_eq!((decode(text), parse(text)), (decoded, parsed), "{text}");
        }
    }

    #[test]
    fn the_encoded_id_is_sensitive_and_debug_output_does_not_show_it() {
        let id: McpSessionId = "a".parse().unwrap();
        assert_eq!(format!("{id:?}"), "McpSessionId(redacted)");
        assert!(id.encode().is_sensitive());
        let id = McpSessionId::decode(&HeaderValue::from_static(" a ")).unwrap();
        assert!(id.encode().is_sensitive());
        assert_eq!(id.encode(), "a");
    }
}
