//! What happens to one request of an operation on tasks.

use std::time::Duration;

use fc_transport::ExchangeLimits;
use fcgate_http::origin::Step;

type MakeSteps = dyn Fn(&str) -> Vec<Step> + Send + Sync;

/// A fault of one connection.
pub(crate) struct Fault {
    pub(crate) name: String,
    /// The steps of the connection; the argument is the answer that the operation expects.
    steps: Box<MakeSteps>,
    pub(crate) limits: ExchangeLimits,
    /// Whether the same request can succeed later.
    pub(crate) is_temporary: bool,
}

impl Fault {
    pub(crate) fn steps(&self, answer: &str) -> Vec<Step> {
        (self.steps)(answer)
    }
}

/// How much of an exchange has happened.
#[derive(Debug, Clone, Copy)]
enum Phase {
    Accepted,
    HeadRead,
    RequestRead,
    InStatus,
    InHeaders,
    InBody,
}

impl Phase {
    const ALL: [Self; 6] = [
        Self::Accepted,
        Self::HeadRead,
        Self::RequestRead,
        Self::InStatus,
        Self::InHeaders,
        Self::InBody,
    ];

    fn steps(self, answer: &str) -> Vec<Step> {
        let until = match self {
            Self::Accepted => return vec![],
            Self::HeadRead => return vec![Step::ReadHead],
            Self::RequestRead => return vec![Step::ReadRequest],
            Self::InStatus => "HTTP/1.1 2".len(),
            Self::InHeaders => "HTTP/1.1 200 OK\r\nX-Fc-Re".len(),
            Self::InBody => answer.len() - 1,
        };
        let sent = Step::send(answer[..until].to_owned());
        vec![Step::ReadRequest, sent]
    }
}

/// Long, so that no call ends at the limit, also on a busy machine.
pub(crate) fn generous() -> ExchangeLimits {
    ExchangeLimits::default().total(Duration::from_secs(60))
}

fn lost(phase: Phase, name: &str, end: &Step) -> Fault {
    let end = end.clone();
    Fault {
        name: format!("{name} {phase:?}"),
        steps: Box::new(move |answer| {
            let mut steps = phase.steps(answer);
            steps.push(end.clone());
            steps
        }),
        limits: generous(),
        is_temporary: true,
    }
}

fn answered(name: &str, answer: String, is_temporary: bool) -> Fault {
    Fault {
        name: name.to_owned(),
        steps: Box::new(move |_| answer_steps(&answer)),
        limits: generous(),
        is_temporary,
    }
}

/// The steps of a connection that answers one request.
pub(crate) fn answer_steps(answer: &str) -> Vec<Step> {
    vec![
        Step::ReadRequest,
        Step::send(answer.to_owned()),
        Step::Close,
    ]
}

/// A complete answer, after which the connection is closed.
pub(crate) fn response(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nX-Fc-Request-Id: 1-65d71219-15d63510-fecf237c590c\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

pub(crate) fn faults() -> Vec<Fault> {
    let mut faults = Vec::new();
    for phase in Phase::ALL {
        faults.push(lost(phase, "closed", &Step::Close));
        faults.push(lost(phase, "reset", &Step::Reset));
        if !matches!(phase, Phase::Accepted | Phase::HeadRead) {
            let mut stalled = lost(phase, "silent", &Step::Stall);
            stalled.limits = ExchangeLimits::default().total(Duration::from_millis(300));
            faults.push(stalled);
        }
    }
    let error = |status: &str, code: &str| {
        response(
            status,
            &format!(r#"{{"Code":"{code}","Message":"m","RequestId":"r"}}"#),
        )
    };
    for (name, answer, is_temporary) in [
        (
            "429",
            error("429 Too Many Requests", "ResourceExhausted"),
            true,
        ),
        (
            "500",
            error("500 Internal Server Error", "InternalServerError"),
            true,
        ),
        ("502 HTML", response("502 Bad Gateway", "<html>"), true),
        (
            "503",
            error("503 Service Unavailable", "ResourceThrottled"),
            true,
        ),
        ("403", error("403 Forbidden", "AccessDenied"), false),
        (
            "404 function",
            error("404 Not Found", "FunctionNotFound"),
            false,
        ),
        ("302", response("302 Found", ""), false),
        ("600", response("600 Unknown", ""), false),
        ("noise", "noise\r\n\r\n".to_owned(), false),
    ] {
        faults.push(answered(name, answer, is_temporary));
    }
    faults
}
