//! Malformed names, ids, tokens and header values beyond those of `fixtures/bad-inputs.json`.

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

#[test]
fn tokens_and_log_types_are_rejected_with_their_slug() {
    assert_eq!(slug("tail".parse::<LogType>()), "unknown-value");
    for (text, expected) in [
        ("tok en", "forbidden-byte"),
        ("tok\u{80}", "forbidden-byte"),
        (&*"t".repeat(65_536), "accept"),
        (&*"t".repeat(65_537), "too-long"),
    ] {
        assert_eq!(slug(text.parse::<SecurityToken>()), expected);
    }
    let bytes = SecurityToken::try_from(b"tok\x80".as_slice());
    assert_eq!(slug(bytes), "forbidden-byte");
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
            assert!(!output.contains(piece), "{output}");
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
