//! The text of an endpoint: what may stand in it.

use std::net::{Ipv4Addr, Ipv6Addr};

use fc_headers::{InputError, InputErrorKind};
use http::uri::{Authority, Scheme};

/// What an endpoint's text says, lower-case and without the scheme's own port.
pub(crate) struct EndpointText {
    pub(crate) scheme: Scheme,
    pub(crate) authority: Authority,
    pub(crate) is_loopback: bool,
}

pub(crate) fn parse(url: &str) -> Result<EndpointText, InputError> {
    let refuse = |kind| InputError::new(kind, "endpoint");
    if url.is_empty() {
        return Err(refuse(InputErrorKind::Empty));
    }
    let (scheme, rest) = url
        .split_once("://")
        .ok_or(refuse(InputErrorKind::Scheme))?;
    let (scheme, own_port) = match scheme.to_ascii_lowercase().as_str() {
        "https" => (Scheme::HTTPS, 443),
        "http" => (Scheme::HTTP, 80),
        _ => return Err(refuse(InputErrorKind::Scheme)),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, behind) = rest.split_at(end);
    if authority
        .bytes()
        .any(|byte| !byte.is_ascii_graphic() || byte == b'\\')
    {
        return Err(refuse(InputErrorKind::Host));
    }
    if authority.contains('@') {
        return Err(refuse(InputErrorKind::Userinfo));
    }
    if !matches!(behind, "" | "/") {
        return Err(refuse(InputErrorKind::PathNotAllowed));
    }
    let (host, port) = split_port(authority);
    let host = host.to_ascii_lowercase();
    let is_loopback = check_host(&host).ok_or(refuse(InputErrorKind::Host))?;
    let authority = match port.map(parse_port) {
        None => host,
        Some(Some(port)) if port == own_port => host,
        Some(Some(port)) => format!("{host}:{port}"),
        Some(None) => return Err(refuse(InputErrorKind::Port)),
    };
    let authority = Authority::try_from(authority).map_err(|_| refuse(InputErrorKind::Host))?;
    Ok(EndpointText {
        scheme,
        authority,
        is_loopback,
    })
}

/// The colons of an IPv6 address stand within its brackets.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    let from = authority.find(']').unwrap_or(0);
    match authority.get(from..).and_then(|rest| rest.find(':')) {
        Some(colon) => {
            let (host, port) = authority.split_at(from + colon);
            (host, port.strip_prefix(':'))
        }
        None => (authority, None),
    }
}

fn parse_port(text: &str) -> Option<u16> {
    let port = text
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())??;
    (port != 0).then_some(port)
}

/// Whether a host is a loopback one; none if it is no host.
fn check_host(host: &str) -> Option<bool> {
    if let Some(address) = host.strip_prefix('[') {
        let address: Ipv6Addr = address.strip_suffix(']')?.parse().ok()?;
        return Some(address.is_loopback());
    }
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return Some(address.is_loopback());
    }
    let labels_fit = host.len() <= 253 && host.split('.').all(is_label);
    // A last label of digits is read as an address by some resolvers and as a name by others.
    let last = host.rsplit('.').next()?;
    let is_name = labels_fit && !last.bytes().all(|byte| byte.is_ascii_digit());
    is_name.then_some(host == "localhost")
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}
