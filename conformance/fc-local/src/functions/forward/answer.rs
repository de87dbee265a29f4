//! The reply of a function that is an HTTP server, from its answer.

use std::time::Duration;

use http::{HeaderMap, Response};

use crate::functions::call::{Call, CallKind};
use crate::functions::failures;
use crate::functions::reply::Reply;

use super::client::Failure;
use super::hop_by_hop;
use super::server_url::ServerUrl;

/// The header with which a function reports success (200) or failure (404).
const STATUS: &str = "x-fc-status";

/// The reply for an answer.
pub(super) fn of_response(response: Response<Vec<u8>>, kind: CallKind) -> Reply {
    let (parts, body) = response.into_parts();
    match kind {
        CallKind::HttpTrigger => of_trigger(parts.status.as_u16(), parts.headers, body),
        CallKind::Sync | CallKind::Async => {
            of_invocation(parts.status.as_u16(), &parts.headers, body)
        }
    }
}

fn of_trigger(status: u16, mut headers: HeaderMap, body: Vec<u8>) -> Reply {
    hop_by_hop::remove(&mut headers);
    let mut reply = Reply::http(status, body);
    for (name, value) in &headers {
        // The service writes these itself.
        if !name.as_str().starts_with("x-fc-") {
            let value = value.as_bytes().iter().copied().map(char::from);
            reply.headers.push((name.to_string(), value.collect()));
        }
    }
    reply
}

/// Status and headers of an answer to `/invoke` are dropped; `x-fc-status` says whether the function failed.
fn of_invocation(status: u16, headers: &HeaderMap, body: Vec<u8>) -> Reply {
    let reported = headers.get(STATUS).map(http::HeaderValue::as_bytes);
    match reported {
        Some(b"404") => Reply::function_error_body("UnhandledInvocationError", body)
            .assumed("the error type of x-fc-status: 404 is UnhandledInvocationError"),
        Some(b"200") => Reply::success(body),
        Some(other) => {
            let other = fcgate_text::visible::visible(other.get(..20).unwrap_or(other));
            Reply::success(body).remark(format!(
                "expected x-fc-status: 200 or 404 from the function, found '{other}'; it counts as 200"
            ))
        }
        None if (200..300).contains(&status) => Reply::success(body),
        None => Reply::success(body).remark(format!(
            "the function answered status {status} without x-fc-status: the call is successful, and the status is dropped; \
             to report a failure, answer status 404 with x-fc-status: 404"
        )),
    }
}

/// The reply if there is no answer. `took` is the time since the request was sent.
pub(super) fn of_failure(
    failure: Failure,
    call: &Call,
    server: &ServerUrl,
    took: Duration,
) -> Reply {
    match failure {
        Failure::NoServer(reason) => {
            let address = server.authority();
            failures::not_started(call.kind, took, &format!("dial tcp {address}: {reason}")).remark(
                format!(
                    "expected the HTTP server of the function at {server}, found none ({reason}); start it, or let fcgate start \
                     it with --start COMMAND"
                ),
            )
        }
        Failure::Closed(reason) => failures::exited(took).remark(format!(
            "expected an HTTP answer from {server}, but the server closed the connection ({reason}); look at its own log"
        )),
        Failure::NotHttp(reason) => failures::bad_response(&reason).remark(format!(
            "expected an HTTP answer from {server}, found something else ({reason}); check that the port is that of the function"
        )),
        Failure::TimeLimit => failures::timed_out(call.time_limit).remark(format!(
            "{server} did not answer within {:?}, the time limit of the function",
            call.time_limit
        )),
        Failure::TooLarge => failures::too_large(),
    }
}

#[cfg(test)]
mod tests {
    use http::Response;

    use super::of_response;
    use crate::functions::call::CallKind;
    use crate::functions::reply::Outcome;

    fn answer(status: u16, reported: Option<&str>) -> (Outcome, usize) {
        let mut response = Response::builder().status(status);
        if let Some(reported) = reported {
            response = response.header("x-fc-status", reported);
        }
        let reply = of_response(response.body(Vec::new()).unwrap(), CallKind::Sync);
        (reply.outcome, reply.remarks.len())
    }

    #[test]
    fn x_fc_status_decides_whether_an_invocation_failed() {
        let failed = Outcome::FunctionError("UnhandledInvocationError".to_owned());
        for (status, reported, outcome, remarks) in [
            (200, None, Outcome::Success, 0),
            (200, Some("200"), Outcome::Success, 0),
            (200, Some("404"), failed.clone(), 1),
            (404, Some("404"), failed, 1),
            (404, Some("200"), Outcome::Success, 0),
            (404, None, Outcome::Success, 1),
            (500, None, Outcome::Success, 1),
            (200, Some("500"), Outcome::Success, 1),
        ] {
            assert_eq!(
                answer(status, reported),
                (outcome, remarks),
                "{status} {reported:?}"
            );
        }
    }

    #[test]
    fn a_trigger_returns_status_and_all_headers_of_the_function_except_those_of_the_connection() {
        let response = Response::builder()
            .status(418)
            .header("set-cookie", "a=1")
            .header("set-cookie", "b=2")
            .header("connection", "x-hop")
            .header("x-hop", "1")
            .header("x-fc-request-id", "mine")
            .header("x-latin", http::HeaderValue::from_bytes(b"\xfc").unwrap());
        let reply = of_response(response.body(b"b".to_vec()).unwrap(), CallKind::HttpTrigger);
        assert_eq!(reply.outcome, Outcome::Http(418));
        let headers: Vec<_> = reply.headers.iter().map(|(n, v)| (&**n, &**v)).collect();
        let expected = [
            ("set-cookie", "a=1"),
            ("set-cookie", "b=2"),
            ("x-latin", "\u{fc}"),
        ];
        assert_eq!(headers, expected);
    }
}
