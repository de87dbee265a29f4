//! Outcomes of responses from captures, the manual and the tests of official SDKs.

use bytes::Bytes;
use fc_headers::ErrorType;
use fc_response::{
    Accepted, FunctionErrorDocument, Outcome, ResponseErrorKind, ServiceErrorCode, StackTrace,
};

fn read(status: u16, headers: &[(&str, &str)], body: &'static str) -> Outcome {
    let mut builder = http::Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    let response = builder.body(Bytes::from_static(body.as_bytes()));
    Outcome::from_unidentified_response(response.unwrap_or_default())
        .unwrap_or_else(|error| panic!("{error}"))
}

/// Headers from the README of an HTTP function that was called with log type `Tail`.
#[test]
fn every_header_of_a_captured_success_is_decoded() {
    let log = "RkMgSW52b2tlIFN0YXJ0IFJlcXVlc3RJZDogYzViYzI3MGUtMjI1OC00Y2FkLThmMWEtOTlmY2YxNjBkMzRh\
        CkZDIEludm9rZSBFbmQgUmVxdWVzdElkOiBjNWJjMjcwZS0yMjU4LTRjYWQtOGYxYS05OWZjZjE2MGQzNGEKCkR1\
        cmF0aW9uOiAzLjg3IG1zLCBCaWxsZWQgRHVyYXRpb246IDQgbXMsIE1lbW9yeSBTaXplOiAxMjggTUIsIE1heCBN\
        ZW1vcnkgVXNlZDogMTAwLjI2IE1C";
    let outcome = read(
        200,
        &[
            ("Content-Type", "text/plain"),
            ("X-Fc-Code-Checksum", "8251929770646990123"),
            ("X-Fc-Instance-Id", "c-62b761c4-5a85e238b3ce404c817d"),
            ("X-Fc-Invocation-Duration", "4"),
            ("X-Fc-Invocation-Service-Version", "LATEST"),
            ("X-Fc-Log-Result", log),
            ("X-Fc-Max-Memory-Usage", "100.26"),
            ("X-Fc-Request-Id", "c5bc270e-2258-4cad-8f1a-99fcf160d34a"),
        ],
        "",
    );
    let metadata = outcome.metadata();
    assert_eq!(metadata.duration().unwrap().unwrap().as_millis(), 4);
    assert_eq!(
        metadata.max_memory_usage().unwrap().unwrap().as_str(),
        "100.26"
    );
    assert_eq!(
        metadata.code_checksum().unwrap().unwrap().as_u64(),
        8_251_929_770_646_990_123
    );
    assert_eq!(metadata.service_version().unwrap().as_str(), "LATEST");
    assert_eq!(
        metadata.instance_id().unwrap().as_str(),
        "c-62b761c4-5a85e238b3ce404c817d"
    );
    insta::assert_snapshot!(metadata.log_tail().unwrap().unwrap().to_string_lossy(), @"
    FC Invoke Start RequestId: c5bc270e-2258-4cad-8f1a-99fcf160d34a
    FC Invoke End RequestId: c5bc270e-2258-4cad-8f1a-99fcf160d34a

    Duration: 3.87 ms, Billed Duration: 4 ms, Memory Size: 128 MB, Max Memory Used: 100.26 MB
    ");
}

/// Live test of aliyun/fc-nodejs-sdk.
#[test]
fn the_message_of_a_502_of_an_http_trigger_is_the_functions_error_message() {
    let outcome = read(
        502,
        &[("x-fc-request-id", "36224761-90de-4299-8c63-f9d77c2306b9")],
        r#"{"errorMessage":"Process exited unexpectedly before completing request"}"#,
    );
    let Outcome::Rejected(error) = outcome else {
        panic!("{outcome:?}")
    };
    insta::assert_snapshot!(error, @"rejected with status 502: Process exited unexpectedly before completing request (request id 36224761-90de-4299-8c63-f9d77c2306b9)");
}

/// Manual, "Error codes", and the format of the gateway.
#[test]
fn a_rejection_is_displayed_with_status_code_message_and_request_id() {
    let outcome = read(
        403,
        &[("X-Fc-Request-Id", "5d33e086-c5c6-49f8-a971-e14a1945dbd2")],
        r#"{"ErrorCode":"SignatureNotMatch","ErrorMessage":"signature does not match"}"#,
    );
    let Outcome::Rejected(error) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(
        error.service_error_code(),
        Some(ServiceErrorCode::SIGNATURE_NOT_MATCH)
    );
    insta::assert_snapshot!(error, @"rejected with status 403: SignatureNotMatch: signature does not match (request id 5d33e086-c5c6-49f8-a971-e14a1945dbd2)");

    let body = r#"{"RequestId":"A-1","HostId":"h","Code":"Throttling.User","Message":"slow"}"#;
    let Outcome::Rejected(error) = read(400, &[], body) else {
        panic!("{body}")
    };
    assert!(error.is_throttled());
    assert_eq!(error.request_id(), Some("A-1"));
}

#[test]
fn the_error_document_of_every_runtime_is_parsed() {
    let trace = |body| {
        let outcome = read(
            200,
            &[("X-Fc-Error-Type", "UnhandledInvocationError")],
            body,
        );
        let Outcome::FunctionFailed(error) = outcome else {
            panic!("{outcome:?}")
        };
        assert_eq!(error.error_type(), ErrorType::Unhandled);
        let document = error.document().unwrap();
        let lines = document
            .stack_trace()
            .map_or(&[][..], StackTrace::lines)
            .join("\n");
        format!(
            "{} {}\n{lines}",
            document.error_type().unwrap_or("-"),
            document.error_message().unwrap_or("-")
        )
    };
    insta::assert_snapshot!(trace(r#"{"errorMessage": "something is wrong", "errorType": "Exception", "stackTrace": [["File \"/code/index.py\"", "line 2", "in my_handler", "raise Exception('something is wrong')"]]}"#), @r#"
    Exception something is wrong
    File "/code/index.py", line 2, in my_handler, raise Exception('something is wrong')
    "#);
    insta::assert_snapshot!(trace(r#"{"errorMessage":"oops","errorType":"Error","stackTrace":["Error: oops","at exports.handler (/code/index.js:2:11)"]}"#), @"
    Error oops
    Error: oops
    at exports.handler (/code/index.js:2:11)
    ");
    insta::assert_snapshot!(trace(r#"{"errorMessage":"oops","errorType":"Exception","stackTrace":{"file":"/code/index.php","line":3,"traceString":""}}"#), @"
    Exception oops
    /code/index.php:3
    ");
    insta::assert_snapshot!(trace("{\n  \"errorMessage\": \"boom\",\n  \"errorType\": \"string\",\n  \"stackTrace\": [{\"path\": \"main.go\", \"line\": 9, \"label\": \"main.handler\"}]\n}"), @"
    string boom
    main.go:9 main.handler
    ");
    insta::assert_snapshot!(trace(r#"{"errorMessage":"Function timed out after 30 seconds (maxMemoryUsage: 47.28MB)"}"#), @"- Function timed out after 30 seconds (maxMemoryUsage: 47.28MB)");
}

#[test]
fn only_a_409_for_a_duplicate_task_id_converts_into_an_accepted_invocation() {
    let duplicate = r#"{"ErrorCode":"StatefulAsyncInvocationAlreadyExists","ErrorMessage":"m"}"#;
    let other = r#"{"ErrorCode":"ConcurrentUpdateError","ErrorMessage":"m"}"#;
    for (status, body, is_accepted) in [
        (409, duplicate, true),
        (409, other, false),
        (400, duplicate, false),
    ] {
        let Outcome::Rejected(error) = read(status, &[], body) else {
            panic!("{status} {body}")
        };
        match Accepted::from_duplicate(error) {
            Ok(accepted) => assert!(
                is_accepted && accepted.status() == status,
                "{status} {body}"
            ),
            Err(error) => assert!(!is_accepted && error.body() == body, "{status} {body}"),
        }
    }
}

#[test]
fn a_document_of_64_kib_is_parsed_and_a_larger_one_is_not() {
    let sized = |bytes: usize| format!(r#"{{"errorMessage":"{}"}}"#, "x".repeat(bytes - 19));
    assert_eq!(sized(65_536).len(), 65_536);
    assert!(FunctionErrorDocument::from_payload(sized(65_536).as_bytes()).is_some());
    assert!(FunctionErrorDocument::from_payload(sized(65_537).as_bytes()).is_none());
}

#[test]
fn debug_output_of_documents_codes_and_errors_is_escaped() {
    let payload = r#"{"errorMessage":"a\u001b","errorType":"E","stackTrace":["l\n"]}"#;
    let document = FunctionErrorDocument::from_payload(payload.as_bytes()).unwrap();
    insta::assert_snapshot!(format!("{document:?}"), @r#"FunctionErrorDocument { error_message: Some("a\u{1b}"), error_type: Some("E"), stack_trace: Some(StackTrace { lines: ["l\n"], .. }) }"#);
    let code = ServiceErrorCode::new("Odd\u{1b}");
    assert_eq!(format!("{code:?}"), r#"ServiceErrorCode("Odd\u{1b}")"#);
    let response = http::Response::builder().status(204).body(Bytes::new());
    let error = Outcome::from_unidentified_response(response.unwrap()).unwrap_err();
    assert_eq!(error.kind(), ResponseErrorKind::UnexpectedStatus);
    assert_eq!(error.status(), 204);
    assert_eq!(error.response().status(), 204);
    insta::assert_snapshot!(format!("{error:?}"), @"ResponseError(unexpected-status: expected 200, 202 or 300 to 599, found 204)");
}
