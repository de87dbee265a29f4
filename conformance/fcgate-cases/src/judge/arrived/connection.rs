//! The parts of a request that belong to the connection: host, version and framing.

use fcgate_text::visible;

use super::super::{Arrival, Arrivals, ArrivedRequest, Check, Comparer};

const ONE_HOST: &str = "one Host header, with the host of the endpoint";
const FRAMED: &str =
    "lines that end with CRLF, a Content-Length in bytes or chunks, and nothing after the body";

/// Checks that there is exactly one Host header, and that it names the endpoint (RFC 9112, section 3.2).
///
/// A missing port is not judged: the endpoint of a run has a port, the endpoints of the service have none.
pub(super) fn host(by: &Comparer, arrivals: &Arrivals, request: &ArrivedRequest) -> Check {
    let hosts: Vec<&str> = request.headers.get_all_trimmed("host").collect();
    let fault = match hosts.as_slice() {
        [] => Some("no Host header".to_owned()),
        [host] => other_host(host, &arrivals.authority),
        several => Some(format!("{} Host headers", several.len())),
    };
    by.check_property(
        "arrived.host",
        fault.is_none(),
        ONE_HOST,
        fault.as_deref().unwrap_or(ONE_HOST),
    )
}

/// Describes a host that is not the one of the endpoint, without its port, which differs from run to run.
fn other_host(host: &str, authority: &str) -> Option<String> {
    let name = |authority: &str| {
        let name = authority
            .rsplit_once(':')
            .map_or(authority, |(name, _)| name);
        name.to_owned()
    };
    let is_endpoint = host.eq_ignore_ascii_case(authority) || host == name(authority);
    let other = if name(host) == name(authority) {
        "another port".to_owned()
    } else {
        format!("another host: {}", visible::line(&name(host), 80))
    };
    (!is_endpoint).then_some(other)
}

/// Checks the version of HTTP.
pub(super) fn version(by: &Comparer, request: &ArrivedRequest) -> Check {
    let version = format!("HTTP/1.{}", request.minor_version);
    by.compare_text("arrived.version", "HTTP/1.1", Some(&version))
}

/// Checks that each request is one message: its lines end with CRLF, it has one framing, a length counts bytes, and
/// nothing follows (RFC 9112, sections 2.2 and 6).
pub(super) fn framing(by: &Comparer, payload: &[u8], arrivals: &Arrivals) -> Check {
    let fault = arrivals.requests.iter().find_map(|arrival| match arrival {
        Arrival::Unreadable(reason) => Some(reason.clone()),
        Arrival::Request(request) => {
            let counted = counts_characters(payload, &request.body);
            counted.or_else(|| request.fault.map(str::to_owned))
        }
        Arrival::Redirected(_) => None,
    });
    by.check_property(
        "arrived.framing",
        fault.is_none(),
        FRAMED,
        fault.as_deref().unwrap_or(FRAMED),
    )
}

/// Describes a body that has as many bytes as the payload has characters.
fn counts_characters(payload: &[u8], body: &[u8]) -> Option<String> {
    let characters = std::str::from_utf8(payload).ok()?.chars().count();
    let is_cut = body.len() < payload.len() && payload.starts_with(body);
    (is_cut && body.len() == characters).then(|| {
        format!(
            "a Content-Length in characters, {characters} instead of {} bytes",
            payload.len()
        )
    })
}
