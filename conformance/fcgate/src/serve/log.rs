//! Writes the log of a running server: one block for each request, without secrets.

use std::fmt::Write as _;

use fcgate_cases::judge::{Check, Difference, Value};
use fcgate_text::redaction::{abbreviate_id, redact_security_tokens};
use fcgate_text::suggestion::most_similar;
use fcgate_text::visible::{self, visible};

use super::delivery::Delivery;
use super::exchange::Exchange;
use super::finding::Finding;
use super::scenario::{SCENARIOS, Scenario};
use super::service_error::ServiceError;
use super::signature::{Found, Refusal, Signature};

/// The most lines of a signed text that are logged.
const LINES: usize = 40;

/// The log block of one request.
pub(super) fn block(id: &str, exchange: &Exchange, skew: Option<&str>) -> String {
    let revision = exchange.route.named().map_or("-", |named| named.revision);
    let status = exchange.response.status();
    let answer = match &exchange.refused {
        Some(_) if exchange.response.delivery == Delivery::Close => "closed".to_owned(),
        Some(error) => format!("{status} {}", error.code),
        None => match exchange.response.delivery {
            Delivery::Whole if status >= 400 => played(exchange),
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
    let mut out = format!("{id} ({revision}, {}): {answer}\n", exchange.form.word());
    let label = if exchange.holds() {
        "accepted"
    } else {
        "noted"
    };
    for note in &exchange.notes {
        let _ = writeln!(out, "  {label}: {note}");
    }
    if let Some(skew) = skew {
        let _ = writeln!(out, "  warning: {skew}");
    }
    // An unreadable request has no signature. Its finding contains the reason.
    if let Some(signature) = &exchange.signature {
        if signature.refusal.is_none() || exchange.route.named().is_none() {
            reason(exchange, &mut out);
        }
        explanation(signature, &mut out);
    }
    for finding in &exchange.findings {
        findings(finding, exchange.signature.as_ref(), &mut out);
    }
    out
}

/// The answer of a function that plays a refusal. The request itself is correct.
fn played(exchange: &Exchange) -> String {
    let status = exchange.response.status();
    let code = Scenario::named(exchange.scenario).and_then(Scenario::code);
    let code = code.map_or_else(String::new, |code| format!(" {code}"));
    format!(
        "{status}{code}, the scripted answer of `{}`",
        exchange.scenario
    )
}

/// Writes why a request was refused, if its signature is not the reason.
fn reason(exchange: &Exchange, out: &mut String) {
    let Some(error) = &exchange.refused else {
        return;
    };
    let message = visible::line(&error.message, 400);
    let _ = writeln!(out, "  reason: {message}");
    if error.code != ServiceError::NO_FUNCTION {
        return;
    }
    let functions = SCENARIOS.iter().map(|scenario| scenario.name);
    let asked = exchange.route.named().map(|named| &named.function);
    if let Some(meant) = asked.and_then(|asked| most_similar(asked, functions)) {
        let _ = writeln!(out, "  next: did you mean `{meant}`?");
    }
}

/// Writes why a signature was refused, which text the client should have signed, and which mistake it made.
fn explanation(signature: &Signature, out: &mut String) {
    let reason = match &signature.refusal {
        None => return,
        Some(Refusal::Missing) => "the request is not signed".to_owned(),
        Some(Refusal::NoDate) => "the request has neither date nor x-fc-date".to_owned(),
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
        Some(Refusal::Other(reason)) => visible::line(reason, 200),
    };
    let _ = writeln!(out, "  refused: {reason}");
    if !matches!(signature.refusal, Some(Refusal::Other(_))) {
        return;
    }
    if signature.found == Found::Right {
        let _ = writeln!(
            out,
            "  the signature is valid for the headers that it covers"
        );
        return;
    }
    texts(signature, out);
    match signature.found {
        Found::Mistake(mistake) => {
            let (code, name, summary) = (mistake.code, mistake.name, mistake.summary);
            let _ = writeln!(out, "  cause: {code} {name}: {summary}");
            let _ = writeln!(out, "  next: fcgate explain {code}");
        }
        Found::Unknown => {
            let _ = writeln!(
                out,
                "  cause: unknown; no known mistake gives this signature"
            );
        }
        Found::Nothing | Found::Right => {}
    }
}

fn texts(signature: &Signature, out: &mut String) {
    let stages = [
        ("canonical request", &signature.rule.canonical_request),
        ("string to sign", &signature.rule.string_to_sign),
    ];
    for (name, text) in stages {
        let Some(text) = text else { continue };
        let _ = writeln!(out, "  {name}, as the server computes it:");
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for line in lines.iter().take(LINES) {
            let _ = writeln!(
                out,
                "    {}",
                visible(redact_security_tokens(line).as_bytes())
            );
        }
        if lines.len() > LINES {
            let _ = writeln!(out, "    … {} more lines", lines.len() - LINES);
        }
    }
}

fn findings(finding: &Finding, signature: Option<&Signature>, out: &mut String) {
    let explained = signature.is_some_and(|signature| signature.refusal.is_some());
    for check in finding.checks.iter().filter(|check| check.failed()) {
        let of_signature = finding.part == "signature";
        match &check.first_difference {
            Some(first) if of_signature && is_text(check) => {
                let _ = writeln!(out, "  first difference: {}: {}", check.id, position(first));
            }
            _ if of_signature && explained => {}
            _ => {
                let _ = writeln!(out, "  finding: {}", sentence(check));
            }
        }
    }
}

fn is_text(check: &Check) -> bool {
    matches!(check.id.as_str(), "string_to_sign" | "canonical_request")
}

fn position(first: &Difference) -> String {
    format!(
        "byte {} (line {}, column {}): {}",
        first.offset,
        first.line,
        first.column,
        first.sentence()
    )
}

fn sentence(check: &Check) -> String {
    let side = |side: Option<&Value>| {
        let text = side.map_or_else(|| "nothing".to_owned(), Value::to_string);
        visible::line(&text, 200)
    };
    let (expected, actual) = (side(check.expected.as_ref()), side(check.actual.as_ref()));
    format!("{}: expected {expected}, got {actual}", check.id)
}
