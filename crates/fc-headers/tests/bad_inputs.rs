//! Names, ids and tokens of the catalogue of malformed inputs: each is accepted, or rejected with
//! the expected slug.

use fc_headers::{
    AccountId, AsyncDelay, AsyncTaskId, CodeChecksum, Date, ErrorType, FunctionName, Header,
    HeaderErrorKind, InputError, InstanceId, InvocationDuration, InvocationServiceVersion,
    InvocationType, LogType, MaxMemoryUsage, Qualifier, RequestId, RetryAfter, SecurityToken,
    ServiceName, StatefulAsyncInvocationEnable, StatefulAsyncInvocationId, TraceId,
};
use http::HeaderValue;

fn slug<T>(result: Result<T, InputError>) -> &'static str {
    match result {
        Ok(_) => "accept",
        Err(error) => {
            let message = error.to_string();
            let slug = error.kind().slug();
            assert!(message.starts_with(slug), "{message}");
            assert!(!message.chars().any(char::is_control), "{message:?}");
            assert!(message.chars().count() < 450, "{message}");
            slug
        }
    }
}

fn check<T>(rows: &[(&str, &str, &str)])
where
    T: std::str::FromStr<Err = InputError>,
{
    for (id, text, expected) in rows {
        assert_eq!(slug(text.parse::<T>()), *expected, "{id}");
    }
}

#[test]
fn service_names_are_accepted_or_rejected_with_their_slug() {
    check::<ServiceName>(&[
        ("rb-001", "", "empty"),
        ("rb-002", ".", "dot-segment"),
        ("rb-003", "..", "dot-segment"),
        ("rb-004", "../admin", "forbidden-byte"),
        ("rb-006", "a%2fb", "forbidden-byte"),
        ("rb-007", "%2e%2e%2fservices", "forbidden-byte"),
        ("rb-008", "a\\b", "forbidden-byte"),
        ("rb-009", "svc.prod", "forbidden-byte"),
        ("rb-010", "svc?qualifier=x", "forbidden-byte"),
        ("rb-011", "svc#frag", "forbidden-byte"),
        ("rb-012", "svc;v=1", "forbidden-byte"),
        ("rb-013", " svc", "forbidden-byte"),
        ("rb-014", "svc\n", "forbidden-byte"),
        ("rb-015", "svc\r\nX-Fc-Account-Id: 1", "forbidden-byte"),
        ("rb-016", "svc\0", "forbidden-byte"),
        ("rb-017", "svcé", "forbidden-byte"),
        ("rb-018", "svc\u{ff0f}admin", "forbidden-byte"),
        ("rb-019", "svc\u{200b}", "forbidden-byte"),
        ("rb-020", "svc\u{202e}gnp", "forbidden-byte"),
        ("rb-021", "-svc", "bad-first-character"),
        ("rb-022", "9svc", "bad-first-character"),
        ("rb-023", "$(id)", "forbidden-byte"),
        ("rb-024", &"a".repeat(129), "too-long"),
        ("rb-025", &"a".repeat(128), "accept"),
        ("rb-026", &"A".repeat(1 << 20), "too-long"),
    ]);
}

#[test]
fn the_message_quotes_32_characters_of_a_long_name_and_escapes_invisible_ones() {
    let error = "A".repeat(1 << 20).parse::<ServiceName>().unwrap_err();
    assert_eq!(error.to_string().matches('A').count(), 32, "rb-026");
    let error = "svc\u{202e}gnp".parse::<ServiceName>().unwrap_err();
    assert!(error.to_string().contains(r"\u{202e}"), "rb-020");
}

#[test]
fn function_names_are_accepted_or_rejected_with_their_slug() {
    check::<FunctionName>(&[
        ("rb-027", "..", "dot-segment"),
        ("rb-028", "f/invocations?x=", "forbidden-byte"),
        ("rb-029", "f%00", "forbidden-byte"),
        ("rb-030", "svc$LATEST", "forbidden-byte"),
        ("rb-031", "Fn_1-x", "accept"),
    ]);
}

#[test]
fn qualifiers_are_accepted_or_rejected_with_their_slug() {
    check::<Qualifier>(&[
        ("rb-032", "", "empty"),
        ("rb-034", "a b", "forbidden-byte"),
        ("rb-035", "a&account=1", "forbidden-byte"),
        ("rb-036", "LATEST", "accept"),
        ("rb-037", "12", "accept"),
    ]);
}

#[test]
fn malformed_task_ids_are_rejected_with_their_slug() {
    check::<StatefulAsyncInvocationId>(&[
        ("rb-038", "", "empty"),
        ("rb-039", "1abc", "bad-first-character"),
        ("rb-040", "id with space", "forbidden-byte"),
        ("rb-041", &"x".repeat(129), "too-long"),
    ]);
}

#[test]
fn invocation_and_log_types_with_other_case_are_rejected() {
    check::<InvocationType>(&[
        ("rb-043", "sync", "unknown-value"),
        ("rb-044", "Sync ", "unknown-value"),
        ("rb-045", "DryRun", "unknown-value"),
    ]);
    check::<LogType>(&[("log type in lower case", "tail", "unknown-value")]);
}

#[test]
fn malformed_account_ids_are_rejected_with_their_slug() {
    check::<AccountId>(&[
        ("rb-067", "12 34", "forbidden-byte"),
        ("rb-068", "12345678901234567890123", "too-long"),
    ]);
}

#[test]
fn security_tokens_are_accepted_or_rejected_with_their_slug() {
    check::<SecurityToken>(&[
        ("cr-011", "", "empty"),
        ("cr-013", "tok en", "forbidden-byte"),
        ("cr-015", &"t".repeat(8192), "accept"),
        ("cr-016", &"t".repeat(65_537), "too-long"),
    ]);
    assert_eq!(
        slug(SecurityToken::try_from(b"tok\x80".as_slice())),
        "forbidden-byte",
        "cr-014"
    );
}

#[test]
fn debug_output_and_errors_contain_no_six_bytes_of_a_token() {
    let text = "CAISdummySTS+token/with==chars";
    let token: SecurityToken = text.parse().unwrap();
    assert_eq!(format!("{token:?}"), "SecurityToken(redacted)");
    let error = format!("{text} {text}")
        .parse::<SecurityToken>()
        .unwrap_err();
    for output in [
        format!("{token:?}"),
        error.to_string(),
        format!("{error:?}"),
    ] {
        for piece in text.as_bytes().windows(6) {
            let piece = str::from_utf8(piece).unwrap();
            assert!(!output.contains(piece), "cr-017: {output}");
        }
    }
}

#[test]
fn every_header_rejects_a_received_value_of_whitespace_as_empty() {
    let value = HeaderValue::from_static(" \t");
    macro_rules! empty {
        ($($header:ident)*) => {$(
            let kind = $header::decode(&value).map(|_| ()).map_err(|error| error.kind());
            assert_eq!(kind, Err(HeaderErrorKind::Empty), stringify!($header));
        )*};
    }
    // An empty log result is valid: the function logged nothing.
    empty!(
        AccountId AsyncDelay AsyncTaskId CodeChecksum Date ErrorType InstanceId
        InvocationDuration InvocationServiceVersion InvocationType LogType MaxMemoryUsage
        RequestId RetryAfter SecurityToken StatefulAsyncInvocationEnable
        StatefulAsyncInvocationId TraceId
    );
}

#[test]
fn every_type_rejects_an_empty_text_as_empty() {
    macro_rules! empty {
        ($($name:ident)*) => {$(
            assert_eq!(slug("".parse::<$name>()), "empty", stringify!($name));
        )*};
    }
    empty!(
        AccountId Date FunctionName InvocationType LogType Qualifier SecurityToken ServiceName
        StatefulAsyncInvocationId TraceId
    );
    assert_eq!(slug(ErrorType::try_from("")), "empty");
    assert_eq!(slug(InstanceId::try_from("")), "empty");
    assert_eq!(slug(InvocationServiceVersion::try_from("")), "empty");
    assert_eq!(slug(MaxMemoryUsage::try_from("")), "empty");
    assert_eq!(slug(RequestId::try_from("")), "empty");
}
