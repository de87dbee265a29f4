//! Checks what reaches another origin after a redirect.

use crate::corpus::Answer;

use super::{Arrival, Arrivals, ArrivedRequest, Check, Comparer};

const NOTHING: &str = "nothing reaches another origin";

/// Checks that nothing reached the target of a redirect; `None` for a case without one.
pub(super) fn check(by: &Comparer, answers: &[Answer], arrivals: &Arrivals) -> Option<Check> {
    if !answers.iter().any(Answer::names_elsewhere) {
        return None;
    }
    let fault = arrivals.requests.iter().find_map(|arrival| match arrival {
        Arrival::Redirected(request) => Some(describe(request.as_deref())),
        Arrival::Request(_) | Arrival::Unreadable(_) => None,
    });
    Some(by.check_property(
        "arrived.elsewhere",
        fault.is_none(),
        NOTHING,
        fault.as_deref().unwrap_or(NOTHING),
    ))
}

/// Names what a request carried to another origin.
fn describe(request: Option<&ArrivedRequest>) -> String {
    let Some(request) = request else {
        return "bytes that are not a request".to_owned();
    };
    let has = |name| request.headers.get(name).is_some();
    let parts = [
        (has("authorization"), "Authorization"),
        (
            has("x-fc-security-token") || has("x-acs-security-token"),
            "the security token",
        ),
        (!request.body.is_empty(), "the payload"),
    ];
    let carried: Vec<&str> = parts
        .into_iter()
        .filter_map(|(is_there, name)| is_there.then_some(name))
        .collect();
    match carried.as_slice() {
        [] => format!("a {} without credentials", request.method),
        carried => format!("a {} with {}", request.method, carried.join(", ")),
    }
}
