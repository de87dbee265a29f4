//! The error of a response without an outcome: its name, its message, and the response that it keeps.
#![expect(clippy::unwrap_used, reason = "the responses of these tests are valid")]

use bytes::Bytes;
use fc_response::{Accepted, Outcome, ResponseError, ResponseErrorKind, Success};
use http::Response;

fn response(status: u16) -> Response<Bytes> {
    let response = Response::builder().status(status).header("x-a", "b");
    response.body(Bytes::from_static(b"{}")).unwrap()
}

fn success(status: u16) -> Success {
    let outcome = Outcome::from_unidentified_response(response(status)).unwrap();
    outcome.into_result().unwrap()
}

fn accepted() -> Accepted {
    match success(202) {
        Success::Accepted(accepted) => accepted,
        Success::Completed(completed) => panic!("{completed:?}"),
    }
}

#[test]
fn the_message_begins_with_the_name_of_the_kind_and_the_response_is_kept() {
    use ResponseErrorKind::{InvalidBody, NoTaskId, NotFc, UnexpectedStatus};
    for (error, kind, status, message) in [
        (
            Outcome::from_response(response(204)).unwrap_err(),
            UnexpectedStatus,
            204,
            "unexpected-status: expected 200, 202 or 300 to 599, found 204",
        ),
        (
            Outcome::from_response(response(200)).unwrap_err(),
            NotFc,
            200,
            "not-fc: the response with status 200 has no request id, so it does not come from Function Compute; \
             check for a proxy or a captive portal",
        ),
        (
            ResponseError::no_task_id(accepted()),
            NoTaskId,
            202,
            "no-task-id: the service accepted the invocation with status 202, but the response has neither a task id \
             nor a request id; set a task id in the input",
        ),
        (
            ResponseError::not_accepted(success(200)),
            UnexpectedStatus,
            200,
            "unexpected-status: expected 202, found 200",
        ),
        (
            ResponseError::repeated_token(response(200)),
            InvalidBody,
            200,
            "invalid-body: field `nextToken`: the page returned its own token again (status 200, 2 bytes)",
        ),
        (
            ResponseError::other_task(response(200)),
            InvalidBody,
            200,
            "invalid-body: field `taskId` or `invocationId`: the reply is about another task (status 200, 2 bytes)",
        ),
    ] {
        assert_eq!((error.kind(), error.status().as_u16()), (kind, status));
        assert_eq!(error.to_string(), message);
        assert!(message.starts_with(&format!("{kind}: ")), "{message}");
        assert_eq!(kind.to_string(), kind.slug());
        let kept = error.into_response();
        assert_eq!(kept.status().as_u16(), status);
        assert_eq!(kept.headers(), response(status).headers());
        assert_eq!(kept.body(), "{}");
    }
}

#[test]
fn an_error_has_the_request_id_of_the_header() {
    assert_eq!(ResponseError::other_task(response(200)).request_id(), None);
    let mut response = response(200);
    let id = "1-65a24fa0".parse().unwrap();
    response.headers_mut().insert("x-fc-request-id", id);
    let error = ResponseError::other_task(response);
    assert_eq!(error.request_id(), Some("1-65a24fa0"));
}
