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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_has_labels_of_63_characters_and_253_in_all_at_the_most() {
        let label = |length| "a".repeat(length);
        let long = format!("{0}.{0}.{0}.{1}", label(63), label(61));
        assert_eq!(long.len(), 253);
        for host in ["a", "a-b.c", "1a", &label(63), &long] {
            assert_eq!(check_host(host), Some(false), "{host}");
        }
        let longer = format!("{0}.{0}.{0}.{1}", label(63), label(62));
        for host in [
            "",
            "a..b",
            "a.",
            "-a",
            "a-",
            "a_b",
            "a.1",
            &label(64),
            &longer,
        ] {
            assert_eq!(check_host(host), None, "{host}");
        }
    }

    #[test]
    fn a_loopback_host_is_known_by_its_name_or_address() {
        for host in ["localhost", "127.0.0.1", "127.255.0.9", "[::1]"] {
            assert_eq!(check_host(host), Some(true), "{host}");
        }
        for host in ["localhost.a", "a.localhost", "128.0.0.1", "[::2]"] {
            assert_eq!(check_host(host), Some(false), "{host}");
        }
        for host in ["[::1", "[]", "[localhost]", "127.0.0.256"] {
            assert_eq!(check_host(host), None, "{host}");
        }
    }

    #[test]
    fn a_port_is_kept_unless_it_is_the_schemes_own() {
        for (url, authority) in [
            ("https://FC.example.com:443", "fc.example.com"),
            ("https://fc.example.com:80/", "fc.example.com:80"),
            ("http://fc.example.com:80", "fc.example.com"),
            ("http://fc.example.com:443", "fc.example.com:443"),
            ("HTTP://[::1]:65535", "[::1]:65535"),
            ("https://[::1]", "[::1]"),
        ] {
            let found = parse(url).map(|text| text.authority.to_string());
            assert_eq!(found.as_deref(), Ok(authority), "{url}");
        }
    }
}
