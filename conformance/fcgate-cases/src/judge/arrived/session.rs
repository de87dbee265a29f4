//! The session of an invocation: its header, and its cookie next to those of the caller.

use fcgate_protocol::Session;

use crate::corpus::InvokeGiven;

use super::super::{ArrivedRequest, Check, Comparer, cookies};

/// The header with the session id that the caller set.
pub(super) fn header(given: &InvokeGiven) -> Option<(String, String)> {
    match given.input.session.as_deref() {
        Some(Session::Header { name, id: Some(id) }) => {
            Some((name.to_ascii_lowercase(), id.clone()))
        }
        _ => None,
    }
}

/// Whether the caller set the id of a cookie.
pub(super) fn has_cookie(given: &InvokeGiven) -> bool {
    matches!(
        given.input.session.as_deref(),
        Some(Session::Cookie { id: Some(_) })
    )
}

/// Compares the cookies: those of the caller, and that of the session.
pub(super) fn cookies(by: &Comparer, given: &InvokeGiven, request: &ArrivedRequest) -> Check {
    let of_caller = given.input.headers.iter();
    let of_caller = of_caller.flat_map(|headers| headers.get_all_trimmed("cookie"));
    let mut expected: Vec<String> = of_caller.map(str::to_owned).collect();
    let id = given.input.session.as_deref().and_then(Session::id);
    expected.extend(id.map(|id| format!("{}={id}", Session::COOKIE)));
    let lines: Vec<&str> = request.headers.get_all_trimmed("cookie").collect();
    let id = "arrived.header.cookie";
    cookies::compare(by, id, &expected.join("; "), &lines)
}

/// The cookie of a session that arrived although the caller set none.
pub(super) fn unset_cookie(given: &InvokeGiven, request: &ArrivedRequest) -> Option<String> {
    if has_cookie(given) {
        return None;
    }
    let start = format!("{}=", Session::COOKIE);
    let of_caller = given.input.headers.iter();
    let mut of_caller = of_caller.flat_map(|headers| headers.get_all_trimmed("cookie"));
    if of_caller.any(|line| line.contains(&start)) {
        return None;
    }
    let mut lines = request.headers.get_all_trimmed("cookie");
    let line = lines.find(|line| line.contains(&start))?;
    let pair = cookies::pairs(line)
        .into_iter()
        .find(|pair| pair.starts_with(&start))?;
    Some(format!("cookie: {}", fcgate_text::visible::line(pair, 80)))
}
