//! Writes the log of a running server: one block for each request, without secrets.

use std::fmt::Write as _;

use fcgate_text::redaction::{abbreviate_id, redact_tokens};
use fcgate_text::visible;

use super::check_sentence::sentence;
use super::delivery::Delivery;
use super::exchange::Exchange;
use super::finding::Finding;
use super::request_time::TimeRefusal;
use super::scenario::Scenario;
use super::signature::{Refusal, Signature};

/// The log block of one request.
pub(super) fn block(id: &str, exchange: &Exchange) -> String {
    let revision = exchange.route.named().map_or("-", |named| named.revision);
    let status = exchange.response.status();
    let answer = match &exchange.refused {
        Some(_) if exchange.response.delivery == Delivery::Close => "closed".to_owned(),
        Some(error) => format!("{status} {}", error.code),
        None => match exchange.response.delivery {
            Delivery::Whole if status >= 400 => scripted_error(exchange),
            Delivery::Whole | Delivery::Chunked | Delivery::Late | Delivery::Drip => {
                status.to_string()
            }
            Delivery::Stall => format!("{status}, stalled"),
            Delivery::Cut => format!("{status}, cut"),
            Delivery::CutHead => "cut within the head".to_owned(),
            Delivery::Close => "closed".to_owned(),
            Delivery::Reset => "reset".to_owned(),
        },
    };
    let mut out = format!(
        "{id} ({revision}, {}): {answer}\n",
        exchange.authentication.word()
    );
    let label = if exchange.holds() {
        "accepted"
    } else {
        "noted"
    };
    for note in &exchange.notes {
        let _ = writeln!(out, "  {label}: {note}");
    }
    for remark in &exchange.remarks {
        let _ = writeln!(out, "  {remark}");
    }
    // An unreadable request has no signature. Its finding contains the reason.
    if let Some(signature) = &exchange.signature {
        if signature.refusal.is_none() || exchange.route.named().is_none() {
            reason(exchange, &mut out);
        }
        refusal(signature, &mut out);
    }
    let lines = exchange.explanation.iter().flat_map(|text| text.lines());
    for line in lines {
        let _ = writeln!(out, "  {line}");
    }
    for finding in &exchange.findings {
        findings(finding, exchange.signature.as_ref(), &mut out);
    }
    redact_tokens(&out)
}

/// The answer of a function that always gives an error. The request itself is correct.
fn scripted_error(exchange: &Exchange) -> String {
    let status = exchange.response.status();
    let code = exchange.scripted_code.as_deref();
    let code = code.map_or_else(String::new, |code| format!(" {code}"));
    let name = &exchange.scenario;
    match Scenario::named(name) {
        Some(_) => format!("{status}{code}, the scripted answer of `{name}`"),
        None => format!("{status}{code}, the answer of `{name}`"),
    }
}

/// Writes why a request was refused, if its signature is not the reason.
fn reason(exchange: &Exchange, out: &mut String) {
    let Some(error) = &exchange.refused else {
        return;
    };
    let message = visible::line(&error.message, 400);
    let _ = writeln!(out, "  reason: {message}");
    for line in &exchange.advice {
        let _ = writeln!(out, "  next: {line}");
    }
}

/// Writes why a signature was refused.
fn refusal(signature: &Signature, out: &mut String) {
    let reason = match &signature.refusal {
        None => return,
        Some(Refusal::BearerToken) => {
            "the bearer token is not the one that the server prints".to_owned()
        }
        Some(Refusal::NoBearerToken) => {
            "the trigger demands a bearer token, and the request has no Authorization".to_owned()
        }
        Some(Refusal::Missing) => "the request is not signed".to_owned(),
        Some(Refusal::NoDate) => {
            "the request has no date: neither date nor x-fc-date nor x-acs-date".to_owned()
        }
        Some(Refusal::Foreign(word)) => {
            format!("the server cannot verify this signature scheme: {word}")
        }
        Some(Refusal::KeyId(id)) => {
            let id = abbreviate_id(id);
            format!("unknown access key id {id}: use one that the server prints")
        }
        Some(Refusal::Token(token)) => {
            format!("the signature is valid, but the security token is wrong: {token}")
        }
        Some(Refusal::Expired(minutes)) => format!(
            "the signature is valid, but the URL expired {minutes} minutes ago (x-fc-expires)"
        ),
        Some(Refusal::Time(TimeRefusal::Unreadable { header, value })) => {
            format!("the service cannot read the time in {header}: {value}")
        }
        Some(Refusal::Time(TimeRefusal::Skew { sent, now })) => format!(
            "the time of the request is {sent}, the clock of the server is at {now}: the service accepts a \
             difference of 15 minutes"
        ),
        Some(Refusal::Other(reason)) => visible::line(reason, 200),
    };
    let _ = writeln!(out, "  refused: {reason}");
}

/// Writes the failed checks. The explanation already has those of a refused signature.
fn findings(finding: &Finding, signature: Option<&Signature>, out: &mut String) {
    let is_refused = signature.is_some_and(|signature| signature.refusal.is_some());
    if finding.part == "signature" && is_refused {
        return;
    }
    for check in finding.checks.iter().filter(|check| check.failed()) {
        let _ = writeln!(out, "  finding: {}", sentence(check));
    }
}
