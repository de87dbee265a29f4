//! Mistakes in the exchange of messages.

use fcgate_protocol::TransportClass;

use crate::client::framing::{Misreading, Received};

use super::mistake::ForeignMistake;
use super::step::Step;

pub(super) const MISTAKES: &[ForeignMistake] = &[
    ForeignMistake::new(
        "redirects-refused",
        "reports a redirect as a failed transport",
        &[],
        Step::Exchange(|exchange, request| {
            let answer = exchange.send(request)?;
            if (300..400).contains(&answer.status) {
                return Err(TransportClass::Other);
            }
            Ok(answer)
        }),
    ),
    ForeignMistake::new(
        "redirects-followed-with-get",
        "follows a redirect with GET, and sends the signature to its target",
        &["FCG0507", "FCG0561"],
        Step::Exchange(|exchange, request| {
            let answer = exchange.send(request)?;
            let place = answer.headers.get("location").map(str::to_owned);
            let Some(place) = place.filter(|_| (300..400).contains(&answer.status)) else {
                return Ok(answer);
            };
            let mut next = request.clone();
            "GET".clone_into(&mut next.method);
            next.body.clear();
            let path = next.url.get(7..).and_then(|rest| rest.find('/'));
            next.url.truncate(path.map_or(next.url.len(), |at| at + 7));
            next.url.push_str(&place);
            exchange.send(&next)
        }),
    ),
    ForeignMistake::new(
        "head-first",
        "sends HEAD to the path before it invokes",
        &[],
        Step::Exchange(|exchange, request| {
            let mut look = request.clone();
            "HEAD".clone_into(&mut look.method);
            look.body.clear();
            exchange.send(&look)?;
            exchange.send(request)
        }),
    ),
    ForeignMistake::new(
        "body-sent-twice",
        "sends the body twice in one request",
        &[],
        Step::Exchange(|exchange, request| {
            let mut double = request.clone();
            double.body.extend_from_slice(&request.body);
            exchange.send(&double)
        }),
    ),
    ForeignMistake::new(
        "body-not-sent",
        "sends the head of the request without the body",
        &[],
        Step::Exchange(|exchange, request| {
            let mut empty = request.clone();
            empty.body.clear();
            exchange.send(&empty)
        }),
    ),
    ForeignMistake::new(
        "wrong-port-in-host",
        "sends the port of HTTPS in the Host header",
        &[],
        Step::Exchange(|exchange, request| {
            let mut other = request.clone();
            exchange.host_with_port = false;
            other.headers.push("X-Forwarded-Port", "443");
            other.headers.remove("x-acs-signature-nonce");
            exchange.send(&other)
        }),
    ),
    ForeignMistake::new(
        "body-until-the-connection-ends",
        "reads the body until the connection ends, whatever its length is",
        &["FCG0519"],
        Step::Exchange(|exchange, request| {
            exchange.misreading = Some(Misreading::EndIgnored);
            exchange.send(request)
        }),
    ),
    ForeignMistake::new(
        "timeouts-are-lost-connections",
        "reports a passed time limit as a failed connection",
        &[],
        Step::Exchange(|exchange, request| match exchange.send(request) {
            Err(TransportClass::Timeout) => Err(TransportClass::Connect),
            answer => answer,
        }),
    ),
    ForeignMistake::new(
        "cut-bodies-are-empty",
        "returns an empty body if the end of the connection cuts it",
        &[],
        Step::Exchange(|exchange, request| match exchange.send(request) {
            Err(TransportClass::Truncated) => Ok(Received {
                status: 200,
                headers: fcgate_protocol::HeaderList::new(),
                body: Vec::new(),
            }),
            answer => answer,
        }),
    ),
    ForeignMistake::new(
        "server-errors-lose-their-body",
        "drops the body of a 5xx",
        &[],
        Step::Exchange(|exchange, request| {
            let mut answer = exchange.send(request)?;
            if answer.status >= 500 {
                answer.body.clear();
            }
            Ok(answer)
        }),
    ),
    ForeignMistake::new(
        "body-cut-to-a-buffer",
        "returns the first 8 KiB of the body",
        &[],
        Step::Exchange(|exchange, request| {
            let mut answer = exchange.send(request)?;
            answer.body.truncate(8192);
            Ok(answer)
        }),
    ),
    ForeignMistake::new(
        "agent-without-a-version",
        "sends a header of its own, with the prefix of the service, after signing",
        &["FCG0372"],
        Step::Exchange(|exchange, request| {
            let mut other = request.clone();
            other.headers.push("X-Fc-Client", "agent");
            other.headers.push("X-Acs-Client", "agent");
            exchange.send(&other)
        }),
    ),
];
