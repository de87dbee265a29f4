//! Reads captured requests in the forms in which clients, proxies and debuggers print them.
//!
//! A file of this folder reads one form. It returns a [`Transcript`] of raw messages, or `None` if the text has another form.

mod apache;
mod call;
mod charles;
mod choice;
mod client_command;
mod curl_command;
mod curl_options;
mod curl_trace;
mod curl_verbose;
mod decoding;
mod described_request;
mod dotnet;
mod escaped;
mod field_values;
mod foreign;
mod har;
mod hex_dump;
mod http2;
mod java_connection;
mod json_log;
mod latin1;
mod lines;
mod message;
mod node;
mod okhttp;
mod panel;
mod powershell;
mod printed_map;
mod printed_object;
mod printed_value;
mod python;
mod raw;
mod request_object;
mod ruby;
mod shell_command;
mod start_line;
mod string_literal;
mod transcript;
mod unreadable;
mod windows_command;
mod wireshark;

use self::latin1::latin1;
use self::transcript::Transcript;

pub use self::unreadable::Unreadable;

use super::captured::{CapturedResponse, Exchange};

/// Reads one form of transcript; `None` if the text has another form.
type Reader = fn(&[u8]) -> Option<Transcript>;

/// Reads one form that describes a request; `None` if the text has another form.
type DescriptionReader = fn(&[u8]) -> Option<Result<Exchange, Unreadable>>;

/// The readers of transcripts, from the form with the most distinct marks. Raw HTTP is tried after all other forms.
const READERS: [Reader; 12] = [
    curl_trace::read,
    apache::read,
    okhttp::read,
    curl_verbose::read,
    python::read,
    ruby::read,
    node::read,
    wireshark::read,
    java_connection::read,
    hex_dump::read,
    http2::read,
    escaped::read,
];

/// The readers of commands, calls and printed objects.
const DESCRIPTION_READERS: [DescriptionReader; 7] = [
    |text| panel::read(text).map(Ok),
    |text| dotnet::read(text).map(Ok),
    curl_command::read,
    powershell::read,
    client_command::read,
    call::read,
    printed_object::read,
];

/// Reads a request, and its response if the text has one.
///
/// ```
/// use fcgate_why as why;
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
    let exchange = if har::is_json(&text) {
        json_exchange(&text)
    } else {
        exchange(&text).unwrap_or_else(|| Err(foreign::refusal(&text)))
    };
    exchange.and_then(field_values::checked)
}

/// Reads a text that starts like JSON: an archive, a request object, a log, or a printed object.
fn json_exchange(text: &[u8]) -> Result<Exchange, Unreadable> {
    if let Some(log) = json_log::unwrapped(text)
        && let Some(exchange) = exchange(&log)
    {
        return exchange;
    }
    match har::exchange(text) {
        Err(error) if error.is_about_form() => exchange(text).unwrap_or(Err(error)),
        read => read,
    }
}

/// Reads a text that is not JSON; `None` if it has no form that is read.
fn exchange(text: &[u8]) -> Option<Result<Exchange, Unreadable>> {
    let transcript = |read: &Reader| {
        let exchanges = read(text)?.exchanges();
        Some(exchanges.and_then(choice::chosen))
    };
    READERS
        .iter()
        .find_map(transcript)
        .or_else(|| DESCRIPTION_READERS.iter().find_map(|read| read(text)))
        .or_else(|| transcript(&(raw::read as Reader)))
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
    let response = transcript
        .or_else(|| raw::read(&text))
        .or_else(|| curl_verbose::read_received(&text));
    response
        .and_then(Transcript::response)
        .ok_or_else(|| Unreadable::new("the text contains no response"))
}
