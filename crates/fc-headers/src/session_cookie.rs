//! `x-fc-cookie-session-id`, the cookie of a session.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};

use crate::header::trim;
use crate::{HeaderError, HeaderErrorKind, InputError, InputErrorKind};

const FIELD: &str = "session cookie";
/// The size that every user agent stores (RFC 6265, section 6.1).
const MAX_LENGTH: usize = 4096;

/// The cookie `x-fc-cookie-session-id`, which keeps a session on its instance if the session affinity of the function
/// is `GENERATED_COOKIE`.
///
/// Only the service makes the value, a UUID in the manual; any cookie value of RFC 6265 (section 4.1.1) up to 4,096
/// bytes is accepted. The service sets it in the response to a request without the cookie, without `Path`, `Domain` and
/// `Expires`; so it belongs to the address of the function, and a client without a cookie jar sends it by hand. `Debug`
/// does not show the value, and the encoded value is marked sensitive. Source: manual page "Cookie affinity" of FC 3.0.
///
/// ```
/// use fc_headers::SessionCookie;
/// use http::HeaderMap;
///
/// let mut response = HeaderMap::new();
/// let line = "x-fc-cookie-session-id=252f75b8-bc8e-432c-b1c9-cc8781e75538; Max-Age=21600";
/// response.insert("Set-Cookie", line.parse()?);
/// let cookie = SessionCookie::from_set_cookie(&response)?.unwrap();
/// assert_eq!(cookie.max_age().map(|age| age.as_secs()), Some(21_600));
///
/// let mut request = HeaderMap::new();
/// request.insert("Cookie", "theme=dark".parse()?);
/// cookie.insert_into(&mut request);
/// assert_eq!(
///     request["cookie"],
///     "theme=dark; x-fc-cookie-session-id=252f75b8-bc8e-432c-b1c9-cc8781e75538"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct SessionCookie {
    value: Box<str>,
    max_age: Option<Duration>,
}

impl SessionCookie {
    /// The name of the cookie. Names of cookies are compared with case.
    pub const NAME: &'static str = "x-fc-cookie-session-id";

    /// The value of the cookie.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The life of the session after the response, if the service sent one; zero removes the cookie.
    pub const fn max_age(&self) -> Option<Duration> {
        self.max_age
    }

    /// Reads the cookie from the `Set-Cookie` lines of a response; `None` if the response does not set it. The cookies of
    /// the function are ignored. Of several lines the last one counts (RFC 6265, section 5.3).
    ///
    /// # Errors
    /// [`Empty`](HeaderErrorKind::Empty), [`TooLarge`](HeaderErrorKind::TooLarge) or
    /// [`NotText`](HeaderErrorKind::NotText) if the value is not a cookie value.
    pub fn from_set_cookie(headers: &HeaderMap) -> Result<Option<Self>, HeaderError> {
        let lines = headers.get_all(SET_COOKIE).iter();
        let mut found = lines.filter_map(|line| {
            let mut parts = line.as_bytes().split(|byte| *byte == b';');
            let value = value_of(parts.next()?)?;
            Some((value, parts.filter_map(max_age).next_back()))
        });
        let Some((value, max_age)) = found.next_back() else {
            return Ok(None);
        };
        let refuse = |kind| HeaderError::new(kind, SET_COOKIE);
        let text = str::from_utf8(value).map_err(|_| refuse(HeaderErrorKind::NotText))?;
        let cookie: Self = text.parse().map_err(|error: InputError| {
            refuse(match error.kind() {
                InputErrorKind::Empty => HeaderErrorKind::Empty,
                InputErrorKind::TooLong => HeaderErrorKind::TooLarge,
                _ => HeaderErrorKind::NotText,
            })
        })?;
        Ok(Some(Self { max_age, ..cookie }))
    }

    /// Encodes the value of a `Cookie` header: the cookies of `others`, each the value of a `Cookie` header, and this one.
    ///
    /// An older session cookie among them is left out.
    pub fn encode_with<'a>(
        &self,
        others: impl IntoIterator<Item = &'a HeaderValue>,
    ) -> HeaderValue {
        let mut line = Vec::new();
        for other in others {
            for pair in other.as_bytes().split(|byte| *byte == b';').map(trim) {
                if !pair.is_empty() && value_of(pair).is_none() {
                    line.extend_from_slice(pair);
                    line.extend_from_slice(b"; ");
                }
            }
        }
        line.extend_from_slice(Self::NAME.as_bytes());
        line.push(b'=');
        line.extend_from_slice(self.value.as_bytes());
        // Parts of header values and a checked cookie are a header value, so the fallback is never used.
        let value = HeaderValue::from_bytes(&line);
        let mut value = value.unwrap_or_else(|_| HeaderValue::from_static(""));
        value.set_sensitive(true);
        value
    }

    /// Writes the cookie into the one `Cookie` header of a request, after the cookies that are there.
    ///
    /// # Panics
    /// If the map is full; `http` allows 32,768 entries.
    pub fn insert_into(&self, headers: &mut HeaderMap) {
        let line = self.encode_with(headers.get_all(COOKIE));
        headers.insert(COOKIE, line);
    }
}

/// The value of a pair `name=value`, if it is this cookie.
fn value_of(pair: &[u8]) -> Option<&[u8]> {
    let equals = pair.iter().position(|byte| *byte == b'=')?;
    let (name, value) = pair.split_at(equals);
    let is_ours = trim(name) == SessionCookie::NAME.as_bytes();
    is_ours.then(|| trim(value.strip_prefix(b"=").unwrap_or(value)))
}

/// The time of the attribute `Max-Age` (RFC 6265, section 5.2.2); `None` for another or an invalid attribute.
fn max_age(attribute: &[u8]) -> Option<Duration> {
    let text = str::from_utf8(attribute).ok()?;
    let (name, value) = text.split_once('=')?;
    let value = value.trim();
    let digits = value.strip_prefix('-').unwrap_or(value);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !name.trim().eq_ignore_ascii_case("max-age") || !is_number {
        return None;
    }
    let seconds = if value.starts_with('-') {
        0
    } else {
        digits.parse().unwrap_or(u64::MAX)
    };
    Some(Duration::from_secs(seconds))
}

/// A `cookie-octet` of RFC 6265, section 4.1.1.
const fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
}

impl FromStr for SessionCookie {
    type Err = InputError;

    /// Makes the cookie from its value alone, for example one that was stored.
    ///
    /// # Errors
    ///
    /// `empty`, `too-long` or `forbidden-byte`. The message does not quote the value.
    fn from_str(value: &str) -> Result<Self, InputError> {
        match value.len() {
            0 => return Err(InputError::new(InputErrorKind::Empty, FIELD)),
            1..=MAX_LENGTH => {}
            _ => return Err(InputError::new(InputErrorKind::TooLong, FIELD)),
        }
        if !value.bytes().all(is_cookie_octet) {
            return Err(InputError::new(InputErrorKind::ForbiddenByte, FIELD));
        }
        Ok(Self {
            value: value.into(),
            max_age: None,
        })
    }
}

impl fmt::Debug for SessionCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionCookie")
            .field("max_age", &self.max_age)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_cookie(lines: &[&str]) -> Result<Option<(String, Option<u64>)>, &'static str> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(SET_COOKIE, HeaderValue::from_str(line).unwrap());
        }
        let cookie = SessionCookie::from_set_cookie(&headers);
        let cookie = cookie.map_err(|error| error.kind().slug())?;
        Ok(cookie.map(|cookie| {
            let age = cookie.max_age().map(|age| age.as_secs());
            (cookie.value().to_owned(), age)
        }))
    }

    fn found(value: &str, max_age: Option<u64>) -> (String, Option<u64>) {
        (value.to_owned(), max_age)
    }

    #[test]
    fn only_the_cookie_of_the_service_is_read_and_its_last_line_counts() {
        assert_eq!(set_cookie(&[]), Ok(None));
        let other = [
            "theme=dark",
            "X-Fc-Cookie-Session-Id=a",
            "x-fc-cookie-session-id",
        ];
        assert_eq!(set_cookie(&other), Ok(None));
        let lines = [
            "x-fc-cookie-session-id=a",
            "theme=x",
            "x-fc-cookie-session-id=b; Path=/",
        ];
        assert_eq!(set_cookie(&lines), Ok(Some(found("b", None))));
    }

    #[test]
    fn max_age_is_read_as_rfc_6265_demands() {
        for (attributes, expected) in [
            ("", None),
            ("; Max-Age=21600", Some(21_600)),
            (" ;max-age = 5 ; Secure", Some(5)),
            ("; Max-Age=0", Some(0)),
            ("; Max-Age=-3", Some(0)),
            ("; Max-Age=5x; HttpOnly", None),
            ("; Max-Age=", None),
            ("; Max-Age=1; Max-Age=2", Some(2)),
            ("; Max-Age=99999999999999999999", Some(u64::MAX)),
        ] {
            let line = format!("x-fc-cookie-session-id=a{attributes}");
            assert_eq!(
                set_cookie(&[&line]),
                Ok(Some(found("a", expected))),
                "{line}"
            );
        }
    }

    #[test]
    fn a_value_that_is_not_a_cookie_value_is_an_error() {
        let long = "a".repeat(MAX_LENGTH + 1);
        for (value, slug) in [
            ("", "empty"),
            ("a b", "not-text"),
            ("\"a\"", "not-text"),
            (&long, "too-large"),
        ] {
            let line = format!("x-fc-cookie-session-id={value}");
            assert_eq!(set_cookie(&[&line]), Err(slug));
        }
        let longest = "a".repeat(MAX_LENGTH);
        let line = format!("x-fc-cookie-session-id={longest}");
        assert_eq!(set_cookie(&[&line]), Ok(Some(found(&longest, None))));
    }

    #[test]
    fn the_cookies_of_the_caller_stay_in_one_line_and_an_older_session_is_replaced() {
        let cookie: SessionCookie = "new".parse().unwrap();
        let mut headers = HeaderMap::new();
        cookie.insert_into(&mut headers);
        assert_eq!(headers[COOKIE], "x-fc-cookie-session-id=new");
        headers.insert(
            COOKIE,
            HeaderValue::from_static("a=1;b=2; x-fc-cookie-session-id=old;"),
        );
        headers.append(COOKIE, HeaderValue::from_static("c"));
        cookie.insert_into(&mut headers);
        let lines: Vec<_> = headers.get_all(COOKIE).iter().collect();
        assert_eq!(lines, ["a=1; b=2; c; x-fc-cookie-session-id=new"]);
        assert!(lines.iter().all(|line| line.is_sensitive()));
    }

    #[test]
    fn debug_and_errors_do_not_show_the_value() {
        let cookie: SessionCookie = "secret-value".parse().unwrap();
        assert_eq!(format!("{cookie:?}"), "SessionCookie { max_age: None, .. }");
        for text in ["secret value", &"secret".repeat(MAX_LENGTH)] {
            let error = text.parse::<SessionCookie>().unwrap_err();
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }
}
