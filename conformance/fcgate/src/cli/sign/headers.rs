//! Adds the headers of a signature, and selects the header names that ACS3 signs.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use fcgate_protocol::HeaderList;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::super::failure::Failure;

/// The headers of the caller. An error names the place of a header, not its value, which may be a token.
pub(super) fn parse(given: &[String]) -> Result<HeaderList, Failure> {
    let headers = given.iter().enumerate().map(|(at, text)| {
        parse_one(text)
            .map_err(|expected| Failure::usage(format!("--header number {}: {expected}", at + 1)))
    });
    headers.collect()
}

fn parse_one(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text
        .split_once(':')
        .ok_or("expected NAME:VALUE, found no colon")?;
    let (name, value) = (name.trim(), value.trim_matches([' ', '\t']));
    if http::HeaderName::from_bytes(name.as_bytes()).is_err() {
        return Err("invalid header name before the colon");
    }
    if name.eq_ignore_ascii_case("authorization") {
        return Err("authorization cannot be set: this command computes it");
    }
    let is_printable = |byte| matches!(byte, b' '..=b'~' | b'\t');
    if !value.bytes().all(is_printable) {
        return Err("invalid header value: only printable ASCII is allowed");
    }
    Ok((name.to_owned(), value.to_owned()))
}

/// Adds the headers of the FC scheme.
pub(super) fn add_fc(headers: &mut HeaderList, time: Timestamp, token: Option<&str>) {
    let is_dated = ["date", "x-fc-date"]
        .into_iter()
        .any(|name| headers.contains(name));
    if !is_dated {
        let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&time);
        add(headers, "Date", date.ok().as_deref());
    }
    add(headers, "X-Fc-Security-Token", token);
}

/// Adds the headers of ACS3.
pub(super) fn add_acs3(
    headers: &mut HeaderList,
    nonce: &str,
    digest: &str,
    time: Timestamp,
    token: Option<&str>,
) {
    let time = time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    add(headers, "x-acs-date", Some(&time));
    add(headers, "x-acs-signature-nonce", Some(nonce));
    add(headers, "x-acs-content-sha256", Some(digest));
    add(headers, "x-acs-security-token", token);
}

/// Adds the headers of ACS3 for an HTTP trigger: the time and the token, which is empty without one.
///
/// Source: the manual, "Configure signature authentication for HTTP triggers".
pub(super) fn add_acs3_of_trigger(headers: &mut HeaderList, time: Timestamp, token: Option<&str>) {
    let time = time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    add(headers, "x-acs-date", Some(&time));
    add(
        headers,
        "x-acs-security-token",
        Some(token.unwrap_or_default()),
    );
}

/// The names that ACS3 signs for an HTTP trigger.
pub(super) const NAMES_OF_TRIGGER: &str = "x-acs-date;x-acs-security-token";

/// Adds a header, unless the caller has set it.
pub(super) fn add(headers: &mut HeaderList, name: &str, with: Option<&str>) {
    if let Some(with) = with.filter(|_| !headers.contains(name)) {
        headers.push(name.to_owned(), with.to_owned());
    }
}

/// Headers that HTTP clients and proxies set or change.
const CONNECTION_HEADERS: [&str; 9] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Returns the names of all headers that arrive unchanged: lower case, sorted, joined by semicolons.
pub(super) fn signed_names(headers: &HeaderList) -> String {
    let names = headers.iter().map(|(name, _)| name.to_ascii_lowercase());
    let mut names: Vec<String> = names
        .filter(|name| !CONNECTION_HEADERS.contains(&name.as_str()))
        .collect();
    names.sort();
    names.dedup();
    names.join(";")
}

/// Creates a random nonce.
pub(super) fn nonce() -> String {
    let drawn = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", drawn(), drawn())
}
