//! A header that the caller adds to a request.

use std::fmt;

use fc_headers::{InputError, InputErrorKind, Quoted};
use http::header::COOKIE;
use http::{HeaderName, HeaderValue};

/// A header that the caller adds to a request; neither a typed setter nor the library writes it.
///
/// The value has at most 65,536 bytes of visible ASCII, spaces and tabs, and neither begins nor ends with
/// whitespace: every HTTP library sends such a value unchanged. The `FC` scheme signs it if the name begins with
/// `X-Fc-`; ACS3 signs it always.
///
/// Do not send `Accept-Encoding`: no transport decompresses a body, so that a result stays compressed, and the code of a
/// compressed refusal cannot be read. Only the status of such a refusal decides on a retry.
///
/// ```
/// use fc_invoke::ExtraHeader;
///
/// assert!(ExtraHeader::try_from(("X-Fc-Invocation-Code-Version", "Latest")).is_ok());
/// let error = ExtraHeader::try_from(("X-Fc-Log-Type", "Tail")).unwrap_err();
/// assert!(error.to_string().starts_with("reserved-header: extra header"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ExtraHeader {
    name: HeaderName,
    value: HeaderValue,
}

const FIELD: &str = "extra header";
const MAX_VALUE_LEN: usize = 65_536;

impl<V: AsRef<[u8]>> TryFrom<(&str, V)> for ExtraHeader {
    type Error = InputError;

    /// Makes a header from its name and its value.
    ///
    /// # Errors
    ///
    /// `header-name` or `header-value` if the text cannot be sent unchanged, `too-long` if the value is too long, and
    /// `reserved-header` if the library, the HTTP client or the signer writes this header.
    fn try_from((name, value): (&str, V)) -> Result<Self, InputError> {
        let name = parse_name(name)?;
        // The value may be a secret, so it is never quoted.
        let refuse = |kind, what: &str| {
            let detail = format!("the value of {} {what}", Quoted::new(name.as_str()));
            InputError::new(kind, FIELD).detail(detail)
        };
        let value = value.as_ref();
        if value.len() > MAX_VALUE_LEN {
            let what = format!(
                "has {} bytes, at most {MAX_VALUE_LEN} are allowed",
                value.len()
            );
            return Err(refuse(InputErrorKind::TooLong, &what));
        }
        let padded = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
        let sendable = |byte: u8| byte.is_ascii_graphic() || byte == b' ' || byte == b'\t';
        if padded(value.first()) || padded(value.last()) {
            let what = "begins or ends with whitespace; remove it";
            return Err(refuse(InputErrorKind::HeaderValue, what));
        }
        if let Some(index) = value.iter().position(|byte| !sendable(*byte)) {
            let what = format!(
                "has a byte at {index} that is not visible ASCII, a space or a tab; encode it"
            );
            return Err(refuse(InputErrorKind::HeaderValue, &what));
        }
        if Self::is_reserved(&name) {
            let detail = format!("{} is written by the library", Quoted::new(name.as_str()));
            return Err(InputError::new(InputErrorKind::ReservedHeader, FIELD).detail(detail));
        }
        let what = "is not a valid field value";
        let value = HeaderValue::from_bytes(value)
            .map_err(|_| refuse(InputErrorKind::HeaderValue, what))?;
        Ok(Self { name, value })
    }
}

/// Parses a name. The message does not quote it, because name and value may have been confused.
fn parse_name(name: &str) -> Result<HeaderName, InputError> {
    name.parse().map_err(|_| {
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        let detail = match name.bytes().position(|byte| !token(byte)) {
            Some(index) => format!(
                "the byte at {index} of the name is not allowed; allowed: letters, digits and some signs such as '-'"
            ),
            None => format!("the name has {} bytes, expected 1 to 65535", name.len()),
        };
        InputError::new(InputErrorKind::HeaderName, FIELD).detail(detail)
    })
}

impl ExtraHeader {
    /// The name in lower case.
    pub fn name(&self) -> &HeaderName {
        &self.name
    }

    /// The value.
    pub fn value(&self) -> &HeaderValue {
        &self.value
    }

    /// Whether the library, the HTTP client or the signer writes this header.
    pub(crate) fn is_reserved(name: &HeaderName) -> bool {
        name.as_str().starts_with("x-acs-") || RESERVED.contains(&name.as_str())
    }

    /// Adds this header to a list, into the line of its name if there is one.
    pub(crate) fn add_to(self, headers: &mut Vec<Self>) {
        match headers.iter_mut().find(|other| other.name == self.name) {
            Some(other) => other.append(&self),
            None => headers.push(self),
        }
    }

    /// Adds the value of another header of this name, after a comma or, for `Cookie`, a semicolon (RFC 9113, 8.2.3).
    fn append(&mut self, other: &Self) {
        let separator: &[u8] = if self.name == COOKIE { b"; " } else { b", " };
        let joined = [self.value.as_bytes(), other.value.as_bytes()].join(separator);
        // Both values and the separator are visible ASCII and spaces, so the result is a value.
        if let Ok(value) = HeaderValue::from_bytes(&joined) {
            self.value = value;
        }
    }
}

const RESERVED: [&str; 25] = [
    "authorization",
    "connection",
    "content-length",
    "content-md5",
    "content-type",
    "date",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-fc-account-id",
    "x-fc-async-delay",
    "x-fc-async-task-id",
    "x-fc-date",
    "x-fc-invocation-type",
    "x-fc-log-type",
    "x-fc-security-token",
    "x-fc-stateful-async-invocation-enable",
    "x-fc-stateful-async-invocation-id",
    "x-fc-trace-id",
];

impl fmt::Debug for ExtraHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ExtraHeader")
            .field(&self.name)
            .finish_non_exhaustive()
    }
}
