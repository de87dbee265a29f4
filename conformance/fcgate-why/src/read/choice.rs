//! Chooses the request to explain if a capture has several.

use super::super::captured::{CapturedRequest, Exchange};
use super::Unreadable;

/// The first signed request that was refused, or else the first signed one, the first invocation, the first one.
///
/// A request for a tunnel (`CONNECT`) is for the proxy and never signed.
pub(super) fn chosen(exchanges: Vec<Exchange>) -> Result<Exchange, Unreadable> {
    let is_tunnel = |exchange: &Exchange| exchange.request.method == "CONNECT";
    let has_tunnel = exchanges.iter().any(is_tunnel);
    let mut exchanges = exchanges;
    exchanges.retain(|exchange| !is_tunnel(exchange));
    let count = exchanges.len();
    let first = |is: &dyn Fn(&Exchange) -> bool| exchanges.iter().position(is);
    let place = first(&|exchange| is_signed(&exchange.request) && is_refused(exchange))
        .or_else(|| first(&|exchange| is_signed(&exchange.request)))
        .or_else(|| first(&|exchange| exchange.request.target.contains("/invocations")))
        .unwrap_or_default();
    if place >= count {
        return Err(Unreadable::new(if has_tunnel {
            "the only request is CONNECT, which opens a tunnel through a proxy: the request in the tunnel is missing"
        } else {
            "the capture contains no request"
        }));
    }
    let mut exchange = exchanges.swap_remove(place);
    if count > 1 {
        let note = format!("request {} of {count} is explained", place + 1);
        exchange.notes.push(note);
    }
    Ok(exchange)
}

/// Whether the service refused the request.
fn is_refused(exchange: &Exchange) -> bool {
    let response = exchange.response.as_ref();
    response.is_some_and(|response| matches!(response.status, 400 | 401 | 403))
}

fn is_signed(request: &CapturedRequest) -> bool {
    request.value("authorization").is_some() || request.target.contains("x-fc-signature=")
}
