//! The clock skew between request and server, and the times at which the request may have been sent.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use super::captured::Exchange;

/// The number of seconds by which the request is ahead of the server.
pub(super) fn skew_seconds(exchange: &Exchange) -> Option<i64> {
    let server = of_server(exchange)?;
    let request = &exchange.request;
    let sent = request
        .value("x-acs-date")
        .or_else(|| request.value("date"))
        .or_else(|| request.value("x-fc-date"))
        .and_then(time)?;
    Some(sent.as_second() - server.as_second())
}

/// The times at which the request may have been sent.
pub(super) fn possible_send_times(exchange: &Exchange) -> Vec<Timestamp> {
    let mut sent: Vec<Timestamp> = of_server(exchange).into_iter().collect();
    for time in &exchange.request.sent {
        let is_new = sent
            .iter()
            .all(|other| (other.as_second() - time.as_second()).abs() > 60);
        if is_new {
            sent.push(*time);
        }
    }
    sent
}

/// The time at which the request reached the server: by its response, else by the capture, else now.
pub(super) fn of_request(exchange: &Exchange) -> Option<Timestamp> {
    of_server(exchange).or_else(|| exchange.request.sent.first().copied())
}

fn of_server(exchange: &Exchange) -> Option<Timestamp> {
    exchange.response.as_ref()?.value("date").and_then(time)
}

fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let iso = text.parse().ok();
    iso.or_else(|| DateTimeParser::new().parse_timestamp(text).ok())
}
