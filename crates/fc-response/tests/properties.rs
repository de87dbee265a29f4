//! Properties of every response: reading never panics, the response is kept unchanged, and no
//! message contains a control character.
#![expect(
    clippy::unwrap_used,
    reason = "the strategies generate only valid values"
)]

use bytes::Bytes;
use fc_response::{FunctionErrorDocument, Outcome, OutcomeKind};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use proptest::collection::vec;
use proptest::prelude::*;

const NAMES: [&str; 12] = [
    "x-fc-request-id",
    "x-fc-error-type",
    "x-fc-log-result",
    "x-fc-code-checksum",
    "x-fc-invocation-duration",
    "x-fc-max-memory-usage",
    "x-fc-invocation-service-version",
    "x-fc-instance-id",
    "x-fc-stateful-async-invocation-id",
    "x-fc-async-task-id",
    "retry-after",
    "content-type",
];

fn field_value() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![Just(b'\t'), 0x20_u8..=0x7e, 0x80_u8..=0xff];
    prop_oneof![
        4 => vec(byte, 0..40),
        1 => Just(b"HandledInvocationError".to_vec()),
        1 => Just(b"unhandledinvocationerror".to_vec()),
        2 => "[0-9]{1,21}(\\.[0-9]{1,7})?".prop_map(String::into_bytes),
        1 => "[A-Za-z0-9+/]{0,12}={0,3}".prop_map(String::into_bytes),
    ]
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    let key = "(Error|error)?(Code|Message|Type)|stackTrace|RequestId|\\PC{0,4}";
    let value = prop_oneof![
        Just("null".to_owned()),
        Just("[[\"a\",1],{\"path\":\"p\",\"line\":1},\"s\"]".to_owned()),
        Just("{\"file\":\"f\",\"traceString\":\"a\\nb\"}".to_owned()),
        "-?[0-9]{1,5}",
        "[a-zé]{0,8}(\\\\u00(1b|9b|00)|\\\\ud83e\\\\udd80|\\\\n)?"
            .prop_map(|text| format!("\"{text}\"")),
    ];
    let member = (key, value).prop_map(|(key, value)| format!("{key:?}:{value}"));
    prop_oneof![
        vec(any::<u8>(), 0..200),
        vec(member, 0..6).prop_map(|members| format!("{{{}}}", members.join(",")).into_bytes()),
    ]
}

fn response() -> impl Strategy<Value = Response<Bytes>> {
    let status = prop_oneof![4 => Just(200), 1 => Just(202), 4 => 100_u16..=999];
    let headers = vec((proptest::sample::select(&NAMES[..]), field_value()), 0..16);
    (status, headers, body()).prop_map(|(status, headers, body)| {
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        for (name, value) in headers {
            let value = HeaderValue::from_bytes(&value).unwrap();
            response
                .headers_mut()
                .append(HeaderName::from_static(name), value);
        }
        response
    })
}

fn assert_no_control(text: &str) {
    assert!(!text.chars().any(char::is_control), "{text:?}");
}

proptest! {
    #[test]
    fn reading_never_panics_and_keeps_the_response(response in response()) {
        let (parts, body) = response.into_parts();
        let kind = OutcomeKind::classify(parts.status, &parts.headers);
        let response = Response::from_parts(parts.clone(), body.clone());
        let kept = match Outcome::from_unidentified_response(response) {
            Ok(outcome) => {
                prop_assert_eq!(Some(outcome.kind()), kind);
                prop_assert_eq!(outcome.status(), parts.status);
                read_everything(&outcome);
                outcome.into_response()
            }
            Err(error) => {
                prop_assert_eq!(kind, None);
                assert_no_control(&format!("{error} {error:?}"));
                error.into_response()
            }
        };
        prop_assert_eq!(kept.status(), parts.status);
        prop_assert_eq!(kept.headers(), &parts.headers);
        prop_assert_eq!(kept.body(), &body);
    }

    #[test]
    fn the_error_about_an_unidentified_success_keeps_the_response(response in response()) {
        let (mut parts, body) = response.into_parts();
        parts.headers.remove("x-fc-request-id");
        let response = Response::from_parts(parts.clone(), body.clone());
        let kept = match Outcome::from_response(response) {
            Ok(outcome) => outcome.into_response(),
            Err(error) => error.into_response(),
        };
        prop_assert_eq!(kept.status(), parts.status);
        prop_assert_eq!(kept.headers(), &parts.headers);
        prop_assert_eq!(kept.body(), &body);
    }

    #[test]
    fn parsing_an_error_document_never_panics(payload in body()) {
        if let Some(document) = FunctionErrorDocument::from_payload(&payload) {
            assert_no_control(&format!("{document:?}"));
        }
    }
}

fn read_everything(outcome: &Outcome) {
    assert_no_control(&format!("{outcome:?} {:?}", outcome.metadata()));
    let metadata = outcome.metadata();
    let errors = [
        metadata.log_tail().err(),
        metadata.retry_after().err(),
        metadata.duration().err(),
        metadata.max_memory_usage().err(),
        metadata.code_checksum().err(),
        metadata.stateful_async_invocation_id().err(),
    ];
    for error in errors.into_iter().flatten() {
        assert_no_control(&error.to_string());
    }
    match outcome {
        Outcome::FunctionFailed(error) => assert_no_control(&error.to_string()),
        Outcome::Rejected(error) => assert_no_control(&error.to_string()),
        Outcome::Completed(_) | Outcome::Accepted(_) => {}
    }
}
