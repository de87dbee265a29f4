//! Reads requests and headers that a program printed as an object, a dictionary, a map or an array.

use super::described_request::DescribedRequest;
use super::lines::lines;
use super::printed_value::{self, Language, Value};
use super::request_object::{self, Described};
use super::{Unreadable, latin1, printed_map, start_line};
use crate::captured::Exchange;
use fcgate_http::request::parse_header_line;
use fcgate_protocol::HeaderList;

/// How many values of a text are tried.
const MOST_VALUES: usize = 24;

/// Reads the first printed request, or the first printed headers together with a request line next to them.
pub(super) fn read(text: &[u8]) -> Option<Result<Exchange, Unreadable>> {
    if has_raw_head(text) {
        return None;
    }
    let found = find(text)?;
    Some(match found {
        Described::Request(request) => Ok(request.exchange()),
        Described::Headers(headers) => of_headers(text, headers).ok_or_else(without_request_line),
    })
}

/// Reads a value of JSON that is not an archive.
pub(super) fn of_json(json: &serde_json::Value) -> Option<Result<Exchange, Unreadable>> {
    Some(
        match request_object::find(&request_object::of_json(json))? {
            Described::Request(request) => Ok(request.exchange()),
            Described::Headers(_) => Err(without_request_line()),
        },
    )
}

fn without_request_line() -> Unreadable {
    Unreadable::with_hint(
        "the text is a printed list of headers, without the method and the path",
        "write the request line, such as `POST /path HTTP/1.1`, on a line before it",
    )
}

/// Whether a request line is followed by a header line, as in raw HTTP.
fn has_raw_head(text: &[u8]) -> bool {
    let mut is_after_request_line = false;
    for line in lines(text).map(<[u8]>::trim_ascii) {
        if is_after_request_line && is_header_line(line) {
            return true;
        }
        is_after_request_line = start_line::find(line).is_some();
    }
    false
}

fn is_header_line(line: &[u8]) -> bool {
    let value = parse_header_line(line).map(|(_, value)| value);
    value.is_ok_and(|value| {
        !value.trim_start().starts_with(['{', '[', '(', '\'', '"']) && !value.starts_with("map[")
    })
}

/// The first printed request, or else the first printed headers.
fn find(text: &[u8]) -> Option<Described> {
    let unquoted = printed_map::read(text)
        .as_ref()
        .and_then(request_object::find);
    let quoted = || {
        let mut found = None;
        for value in values(text) {
            match request_object::find(&value) {
                Some(Described::Request(request)) => return Some(Described::Request(request)),
                other => found = found.or(other),
            }
        }
        found
    };
    unquoted.or_else(quoted)
}

/// The values that start with a bracket.
fn values(text: &[u8]) -> impl Iterator<Item = Value> {
    let mut rest = text;
    let mut tried = 0;
    std::iter::from_fn(move || {
        while tried < MOST_VALUES {
            let start = rest.iter().position(|byte| b"{[(".contains(byte))?;
            let at = rest.get(start..)?;
            tried += 1;
            if let Some((value, after)) = printed_value::value(at, Language::Usual) {
                rest = after;
                return Some(value);
            }
            rest = at.get(1..)?;
        }
        None
    })
}

/// Headers with the method and the target that another part of the text has.
fn of_headers(text: &[u8], headers: HeaderList) -> Option<Exchange> {
    let (method, target) = request_line(text).or_else(|| fields_of_go(text))?;
    let request = DescribedRequest {
        method,
        url: target,
        headers,
        body: None,
        notes: Vec::new(),
    };
    Some(request.exchange())
}

fn request_line(text: &[u8]) -> Option<(String, String)> {
    let line = lines(text).map(<[u8]>::trim_ascii).find_map(|line| {
        let found = start_line::find(line)?;
        line.get(found.offset..)
    })?;
    let line = latin1(line);
    let mut words = line.split_ascii_whitespace();
    Some((words.next()?.to_owned(), words.next()?.to_owned()))
}

/// `&{Method:POST URL:https://.. Proto:HTTP/1.1 Header:map[..]}`, as Go prints a request.
fn fields_of_go(text: &[u8]) -> Option<(String, String)> {
    let text = latin1(text);
    let word = |name: &str| {
        let (_, rest) = text.split_once(name)?;
        rest.split_ascii_whitespace().next().map(str::to_owned)
    };
    Some((word("{Method:")?, word(" URL:")?))
}
