//! Reads captured requests: raw HTTP, the text of `curl -v`, HAR 1.2.

mod curl;
mod har;
mod latin1;
mod raw;
mod unreadable;

use self::latin1::latin1;

pub use self::unreadable::Unreadable;

use super::captured::{CapturedResponse, Exchange};

/// Reads a request, and its response if the text has one.
///
/// ```
/// use fcgate::why;
///
/// let exchange = why::read_exchange(b"> GET /2021-04-06/services HTTP/1.1\r\n> Host: localhost\r\n> \r\n< HTTP/1.1 403 Forbidden\r\n< \r\n")?;
/// assert_eq!(exchange.request.target, "/2021-04-06/services");
/// assert_eq!(exchange.response.map(|response| response.status), Some(403));
/// # Ok::<(), why::Unreadable>(())
/// ```
///
/// # Errors
///
/// If the text contains no request.
pub fn read_exchange(text: &[u8]) -> Result<Exchange, Unreadable> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    if text.trim_ascii().is_empty() {
        return Err(Unreadable::new(
            "the text is empty; expected raw HTTP, the output of `curl -v`, or a HAR file",
        ));
    }
    if text.trim_ascii_start().starts_with(b"{") {
        return har::exchange(text);
    }
    if curl::is_curl(text) {
        return curl::exchange(text);
    }
    raw::exchange(text)
}

/// Reads a response.
///
/// # Errors
///
/// If the text contains no response.
pub fn read_response(text: &[u8]) -> Result<CapturedResponse, Unreadable> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let none = || {
        Unreadable::new(
            "the text contains no response; expected raw HTTP, the output of `curl -v`, a HAR file, or only the body",
        )
    };
    if text.trim_ascii_start().starts_with(b"{") {
        return match har::exchange(text) {
            Ok(exchange) => exchange.response.ok_or_else(none),
            // Many users have only the body.
            Err(_) => Ok(CapturedResponse {
                body: text.to_vec(),
                ..CapturedResponse::new(0)
            }),
        };
    }
    if curl::is_curl(text) {
        return curl::response(text).ok_or_else(none);
    }
    raw::response(text)
}
