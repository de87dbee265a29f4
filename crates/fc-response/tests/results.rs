//! A response keeps its facts on the way into an outcome, a success and a failure.
#![expect(clippy::unwrap_used, reason = "the responses of these tests are valid")]

use bytes::Bytes;
use fc_headers::{ErrorType, InvocationDuration};
use fc_response::{Failure, Outcome, OutcomeKind, Success, TriggerOutcome};
use http::{HeaderMap, Response, StatusCode};

const TRACE: &str = r#"{"errorMessage":"oops","stackTrace":["at handler (index.js:3)"]}"#;
const THROTTLED: &str = r#"{"ErrorCode":"ResourceExhausted","ErrorMessage":"wait"}"#;
const UNHANDLED: (&str, &str) = ("x-fc-error-type", "UnhandledInvocationError");

fn response(
    status: u16,
    headers: &[(&'static str, &'static str)],
    body: &'static str,
) -> Response<Bytes> {
    let response = Response::builder().status(status);
    let response = headers.iter().fold(response, |response, (name, value)| {
        response.header(*name, *value)
    });
    response.body(Bytes::from_static(body.as_bytes())).unwrap()
}

/// A response of each kind, each with its own request id.
fn responses() -> [(OutcomeKind, Response<Bytes>); 4] {
    let completed = [
        ("x-fc-request-id", "r-1"),
        ("x-fc-invocation-duration", "3"),
    ];
    let failed = [("x-fc-request-id", "r-3"), UNHANDLED];
    [
        (OutcomeKind::Completed, response(200, &completed, "result")),
        (
            OutcomeKind::Accepted,
            response(202, &[("x-fc-request-id", "r-2")], "queued"),
        ),
        (OutcomeKind::FunctionFailed, response(404, &failed, TRACE)),
        (
            OutcomeKind::Rejected,
            response(429, &[("x-fc-request-id", "r-4")], THROTTLED),
        ),
    ]
}

type Facts = (StatusCode, HeaderMap, Bytes);

fn facts(response: &Response<Bytes>) -> Facts {
    let (parts, body) = response.clone().into_parts();
    (parts.status, parts.headers, body)
}

fn request_id(response: &Response<Bytes>) -> Option<&str> {
    let id = response.headers().get("x-fc-request-id")?;
    id.to_str().ok()
}

#[test]
fn an_outcome_of_each_kind_has_the_facts_of_its_response() {
    for (kind, response) in responses() {
        let outcome = Outcome::from_response(response.clone()).unwrap();
        assert_eq!(outcome.kind(), kind);
        assert_eq!(outcome.status(), response.status(), "{kind:?}");
        assert_eq!(outcome.headers(), response.headers(), "{kind:?}");
        assert_eq!(outcome.request_id(), request_id(&response), "{kind:?}");
        let of_header = outcome.metadata().request_id();
        assert_eq!(of_header, request_id(&response), "{kind:?}");
        assert_eq!(facts(&outcome.into_response()), facts(&response));
    }
}

#[test]
fn a_success_has_the_facts_of_its_response() {
    let successes = responses().into_iter().filter_map(|(kind, response)| {
        let outcome = Outcome::from_response(response.clone()).unwrap();
        Some((kind, response, outcome.into_result().ok()?))
    });
    let mut kinds = Vec::new();
    for (kind, response, success) in successes {
        kinds.push(match success {
            Success::Completed(_) => OutcomeKind::Completed,
            Success::Accepted(_) => OutcomeKind::Accepted,
        });
        assert_eq!(success.status(), response.status(), "{kind:?}");
        assert_eq!(success.headers(), response.headers(), "{kind:?}");
        assert_eq!(success.payload(), response.body(), "{kind:?}");
        assert_eq!(success.request_id(), request_id(&response), "{kind:?}");
        let milliseconds = success.metadata().duration().unwrap();
        let milliseconds = milliseconds.map(InvocationDuration::as_millis);
        let expected = (kind == OutcomeKind::Completed).then_some(3);
        assert_eq!(milliseconds, expected, "{kind:?}");
        assert_eq!(facts(&success.into_response()), facts(&response));
    }
    assert_eq!(kinds, [OutcomeKind::Completed, OutcomeKind::Accepted]);
}

fn failure(response: &Response<Bytes>) -> Failure {
    let outcome = Outcome::from_response(response.clone()).unwrap();
    outcome.into_result().unwrap_err()
}

#[test]
fn a_failure_has_the_facts_of_its_response() {
    for (kind, response) in responses().into_iter().skip(2) {
        let failure = failure(&response);
        assert_eq!(
            matches!(failure, Failure::Function(_)),
            kind == OutcomeKind::FunctionFailed
        );
        assert_eq!(failure.status(), response.status(), "{kind:?}");
        assert_eq!(failure.request_id(), request_id(&response), "{kind:?}");
        let of_header = failure.metadata().request_id();
        assert_eq!(of_header, request_id(&response), "{kind:?}");
        assert_eq!(facts(&failure.into_response()), facts(&response));
    }
}

#[test]
fn a_failed_function_has_an_error_type_and_a_trace_and_may_not_run_again() {
    let failure = failure(&response(200, &[UNHANDLED], TRACE));
    assert_eq!(failure.error_type(), Some(ErrorType::Unhandled));
    let trace = failure.stack_trace().unwrap();
    assert_eq!(trace.lines(), ["at handler (index.js:3)"]);
    assert_eq!(failure.code(), None);
    assert!(failure.may_have_run() && !failure.is_retryable());
    let message = "function failed: UnhandledInvocationError: oops";
    assert_eq!(failure.to_string(), message);
}

/// Manual, "Error codes": a throttled request did not run; after a 502 the function may have run.
#[test]
fn a_refusal_has_a_code_and_no_error_type_and_is_retryable_only_if_it_was_throttled() {
    for (status, body, code, may_have_run, is_retryable, message) in [
        (
            429,
            THROTTLED,
            Some("ResourceExhausted"),
            false,
            true,
            "rejected with status 429: ResourceExhausted: wait",
        ),
        (
            502,
            TRACE,
            None,
            true,
            false,
            "rejected with status 502: oops",
        ),
        (
            403,
            r#"{"Code":"AccessDenied"}"#,
            Some("AccessDenied"),
            false,
            false,
            "rejected with status 403: AccessDenied",
        ),
    ] {
        let failure = failure(&response(status, &[], body));
        assert_eq!(failure.code(), code, "{status}");
        assert_eq!(failure.may_have_run(), may_have_run, "{status}");
        assert_eq!(failure.is_retryable(), is_retryable, "{status}");
        assert_eq!(failure.error_type(), None, "{status}");
        assert_eq!(failure.stack_trace(), None, "{status}");
        assert_eq!(failure.to_string(), message);
    }
}

#[test]
fn a_trigger_returns_any_response_of_the_function_and_turns_a_proven_failure_into_an_error() {
    let of_function = response(404, &[("x-fc-request-id", "r-1")], "no such order");
    let outcome = TriggerOutcome::from_response(of_function.clone());
    assert_eq!(outcome.request_id(), Some("r-1"));
    assert_eq!(outcome.metadata().request_id(), Some("r-1"));
    let returned = outcome.into_result().unwrap();
    assert_eq!(facts(&returned), facts(&of_function));

    let failed = response(502, &[("x-fc-request-id", "r-2"), UNHANDLED], TRACE);
    let outcome = TriggerOutcome::from_response(failed.clone());
    assert_eq!(outcome.request_id(), Some("r-2"));
    let failure = outcome.into_result().unwrap_err();
    assert!(matches!(failure, Failure::Function(_)), "{failure:?}");
    assert_eq!(facts(&failure.into_response()), facts(&failed));

    let document = r#"{"Code":"AccessDenied","Message":"m","RequestId":"of-body"}"#;
    let refused = response(403, &[("x-fc-error-type", "FcCommonError")], document);
    let outcome = TriggerOutcome::from_response(refused.clone());
    assert_eq!(outcome.request_id(), Some("of-body"));
    assert_eq!(outcome.metadata().request_id(), None);
    let failure = outcome.into_result().unwrap_err();
    assert_eq!(failure.code(), Some("AccessDenied"));
    assert_eq!(facts(&failure.into_response()), facts(&refused));
}
