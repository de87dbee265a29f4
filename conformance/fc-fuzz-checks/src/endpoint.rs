//! The text of an endpoint.

use fc_invoke::Endpoint;

use crate::shown::assert_harmless_error;

/// Parses a text as an endpoint, with and without plain HTTP.
///
/// # Panics
///
/// If an accepted endpoint has user information, a path, a query or a character that a host cannot have; if plain HTTP to another
/// machine is accepted without the explicit call; if the text changes when it is printed and parsed again; or if an error
/// quotes the text.
pub fn check(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    let insecure = Endpoint::insecure(text);
    let secure: Result<Endpoint, _> = text.parse();
    for error in [insecure.as_ref().err(), secure.as_ref().err()]
        .into_iter()
        .flatten()
    {
        assert_harmless_error(error);
        assert_eq!(error.field(), "endpoint");
        // A password may be in the text: no digit of it is shown.
        let is_secret =
            |part: &str| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = text.split(|one: char| !one.is_ascii_digit());
        assert!(!parts.any(|part| is_secret(part) && error.to_string().contains(part)));
    }
    let Ok(endpoint) = insecure else {
        assert!(secure.is_err(), "{text:?} is secure but not an endpoint");
        return;
    };
    let shown = endpoint.to_string();
    assert!(Endpoint::insecure(&shown).is_ok_and(|again| again == endpoint));
    let (scheme, authority) = shown.split_once("://").unwrap_or_default();
    assert!(matches!(scheme, "https" | "http"), "{shown}");
    let host = host_of(authority, scheme);
    assert!(is_host(host), "{shown}");
    let lower = text.to_ascii_lowercase();
    let after_scheme = lower.get(scheme.len() + 3..).unwrap_or_default();
    assert!(after_scheme.starts_with(host), "{shown} is not {text:?}");
    let may_be_plain = scheme == "https" || is_loopback(host);
    assert_eq!(secure.is_ok(), may_be_plain, "{shown}");
    assert!(secure.is_err() || secure == Ok(endpoint));
}

/// The host, after a check that the port is a number that is not the default.
fn host_of<'a>(authority: &'a str, scheme: &str) -> &'a str {
    let end = authority.rfind(']').map_or(0, |end| end + 1);
    let Some(colon) = authority.get(end..).and_then(|rest| rest.find(':')) else {
        return authority;
    };
    let (host, port) = authority.split_at(end + colon);
    let number: Option<u16> = port.get(1..).and_then(|port| port.parse().ok());
    let default = if scheme == "https" { 443 } else { 80 };
    assert!(
        number.is_some_and(|number| number != 0 && number != default),
        "{authority}"
    );
    host
}

fn is_host(host: &str) -> bool {
    let is_name =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
    match host.strip_prefix('[') {
        Some(address) => address.strip_suffix(']').is_some_and(|address| {
            address
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte))
        }),
        None => !host.is_empty() && host.len() <= 253 && host.bytes().all(is_name),
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']);
    let is_address = address
        .parse()
        .is_ok_and(|address: std::net::IpAddr| address.is_loopback());
    host == "localhost" || is_address
}
