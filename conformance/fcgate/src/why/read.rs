//! Reads captured requests in the forms in which clients, proxies and debuggers print them.
//!
//! A file of this folder reads one form. It returns a [`Transcript`] of raw messages, or `None` if the text has another form.

mod apache;
mod choice;
mod curl_command;
mod curl_trace;
mod curl_verbose;
mod decoding;
mod escaped;
mod foreign;
mod har;
mod http2;
mod latin1;
mod lines;
mod message;
mod node;
mod okhttp;
mod python;
mod raw;
mod ruby;
mod start_line;
mod string_literal;
mod transcript;
mod unreadable;
mod wireshark;

use self::latin1::latin1;
use self::transcript::Transcript;

pub use self::unreadable::Unreadable;

use super::captured::{CapturedResponse, Exchange};

/// Reads one form; `None` if the text has another form.
type Reader = fn(&[u8]) -> Option<Transcript>;

/// The readers of text forms, from the form with the most distinct marks to raw HTTP.
const READERS: [Reader; 11] = [
    curl_trace::read,
    apache::read,
    okhttp::read,
    curl_verbose::read,
    python::read,
    ruby::read,
    node::read,
    wireshark::read,
    http2::read,
    escaped::read,
    raw::read,
];

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
/// If the text contains no request in a form that is read. The error never shows a part of the text.
pub fn read_exchange(text: &[u8]) -> Result<Exchange, Unreadable> {
    let text = decoding::decoded(text);
    if text.trim_ascii().is_empty() {
        return Err(Unreadable::new("the text is empty"));
    }
    if har::is_json(&text) {
        // A log line in JSON may contain a request as a string.
        return har::exchange(&text).or_else(|error| match escaped::read(&text) {
            Some(transcript) => choice::chosen(transcript.exchanges()?),
            None => Err(error),
        });
    }
    if let Some(transcript) = READERS.iter().find_map(|read| read(&text)) {
        return choice::chosen(transcript.exchanges()?);
    }
    if curl_command::is_curl_command(&text) {
        return curl_command::exchange(&text);
    }
    Err(foreign::refusal(&text))
}

/// Reads a response.
///
/// # Errors
///
/// If the text contains no response.
pub fn read_response(text: &[u8]) -> Result<CapturedResponse, Unreadable> {
    let text = decoding::decoded(text);
    if har::is_json(&text) {
        let exchange = har::exchange(&text).ok();
        let response = exchange.and_then(|exchange| exchange.response);
        // Many users have only the body.
        return Ok(response.unwrap_or_else(|| CapturedResponse {
            body: text.to_vec(),
            ..CapturedResponse::new(0)
        }));
    }
    if text.trim_ascii_start().starts_with(b"HTTP/") {
        return message::response(text.trim_ascii_start());
    }
    let transcript = READERS.iter().find_map(|read| read(&text));
    let response = transcript.or_else(|| curl_verbose::read_received(&text));
    response
        .and_then(Transcript::response)
        .ok_or_else(|| Unreadable::new("the text contains no response"))
}
