//! Properties of every header: an encoded value decodes to the same header, and decoding never
//! panics.
#![expect(
    clippy::unwrap_used,
    reason = "the strategies generate only valid values"
)]

use std::fmt::Debug;

use fc_headers::{
    AccountId, AsyncDelay, AsyncTaskId, CodeChecksum, Date, ErrorType, Header, InstanceId,
    InvocationDuration, InvocationServiceVersion, InvocationType, LogResult, LogTail, LogType,
    MaxMemoryUsage, McpSessionId, RequestId, RetryAfter, SecurityToken, SessionCookie,
    SessionHeaderName, SessionId, StatefulAsyncInvocationEnable, StatefulAsyncInvocationId,
    TraceId,
};
use http::{HeaderMap, HeaderValue};
use proptest::prelude::*;

const ID: &str = "[A-Za-z_][A-Za-z0-9_-]{0,127}";
const TEXT: &str = "[!-~]([ -~]{0,60}[!-~])?";

fn assert_round_trip<T>(header: &T)
where
    T: for<'a> Header<'a> + Debug + PartialEq,
{
    let value = header.encode();
    assert_eq!(T::decode(&value).as_ref(), Ok(header));
    let padded = [b" \t", value.as_bytes(), b"\t "].concat();
    let padded = HeaderValue::from_bytes(&padded).unwrap();
    assert_eq!(T::decode(&padded).as_ref(), Ok(header));
    let mut map = HeaderMap::new();
    header.insert_into(&mut map);
    header.insert_into(&mut map);
    assert_eq!(T::from_map(&map), Ok(Some(T::decode(&value).unwrap())));
}

/// The same for types that borrow. Compares the text too, because equality may ignore differences.
macro_rules! assert_text_round_trip {
    ($header:ident, $text:expr) => {{
        let header = $header::try_from($text).unwrap();
        let value = header.encode();
        let decoded = $header::decode(&value).unwrap();
        assert_eq!(decoded, header);
        assert_eq!(decoded.as_str(), header.as_str());
    }};
}

proptest! {
    #[test]
    fn request_headers_round_trip(
        id in ID, trace in TEXT, account in "[0-9]{1,20}", token in "[!-~]{1,200}",
        delay in 0_u64..=3600, seconds in 0_u64..=253_402_300_799, enable: bool,
    ) {
        let id: StatefulAsyncInvocationId = id.parse().unwrap();
        assert_round_trip(&id);
        assert_round_trip(&AsyncTaskId::new(id));
        assert_round_trip(&token.parse::<McpSessionId>().unwrap());
        assert_round_trip(&trace.parse::<TraceId>().unwrap());
        assert_round_trip(&account.parse::<AccountId>().unwrap());
        assert_round_trip(&AsyncDelay::try_from(delay).unwrap());
        assert_round_trip(&Date::try_from(seconds).unwrap());
        let header = StatefulAsyncInvocationEnable::new(enable);
        prop_assert_eq!(header.is_enabled(), enable);
        assert_round_trip(&header);
        let token = token.parse::<SecurityToken>().unwrap().encode();
        prop_assert!(token.is_sensitive());
        prop_assert_eq!(SecurityToken::decode(&token).unwrap().encode(), token);
    }

    #[test]
    fn response_headers_round_trip(
        text in TEXT, memory in "[0-9]{1,12}(\\.[0-9]{1,6})?", number: u64,
        log: Vec<u8>, seconds in 0_u64..=253_402_300_799,
    ) {
        assert_text_round_trip!(RequestId, text.as_str());
        assert_text_round_trip!(InstanceId, text.as_str());
        assert_text_round_trip!(InvocationServiceVersion, text.as_str());
        assert_text_round_trip!(ErrorType, text.as_str());
        assert_text_round_trip!(MaxMemoryUsage, memory.as_str());
        let checksum = CodeChecksum::new(number);
        prop_assert_eq!((checksum.as_u64(), checksum.to_string()), (number, number.to_string()));
        assert_round_trip(&checksum);
        let duration = InvocationDuration::from_millis(number);
        prop_assert_eq!(duration.as_millis(), number);
        prop_assert_eq!(duration.as_duration().as_millis(), u128::from(number));
        assert_round_trip(&duration);
        assert_round_trip(&RetryAfter::Seconds(number));
        assert_round_trip(&RetryAfter::Date(Date::try_from(seconds).unwrap()));
        let log = LogTail::from(log);
        let base64 = log.to_base64();
        assert_text_round_trip!(LogResult, base64.as_str());
        prop_assert_eq!(LogResult::try_from(base64.as_str()).unwrap().decode_tail(), Ok(log));
    }

    #[test]
    fn decoding_never_panics_and_messages_contain_no_control_character(
        bytes in proptest::collection::vec(
            prop_oneof![Just(b'\t'), 0x20_u8..=0x7e, 0x80_u8..=0xff], 0..80),
    ) {
        let value = HeaderValue::from_bytes(&bytes).unwrap();
        let assert_no_control =
            |text: String| assert!(!text.chars().any(char::is_control), "{text:?}");
        macro_rules! decode {
            ($($header:ident)*) => {$(
                match $header::decode(&value) {
                    Ok(header) => {
                        assert_no_control(format!("{header:?}"));
                        prop_assert_eq!($header::decode(&header.encode()).is_ok(), true);
                    }
                    Err(error) => assert_no_control(format!("{error} {error:?}")),
                }
            )*};
        }
        decode!(
            AccountId AsyncDelay AsyncTaskId CodeChecksum Date ErrorType InstanceId
            InvocationDuration InvocationServiceVersion InvocationType LogResult LogType
            MaxMemoryUsage McpSessionId RequestId RetryAfter SecurityToken StatefulAsyncInvocationEnable
            StatefulAsyncInvocationId TraceId
        );
        if let Ok(log) = LogResult::decode(&value)
            && let Err(error) = log.decode_tail()
        {
            assert_no_control(error.to_string());
        }
    }

    #[test]
    fn session_ids_and_cookies_round_trip(
        name in "[A-Za-z][A-Za-z0-9_-]{4,39}", id in "[A-Za-z0-9_][A-Za-z0-9_-]{0,63}",
        cookie in "[!#-+.-:<-\\[\\]-~-]{1,80}", others in proptest::collection::vec("[a-z]{1,9}=[!#-+.-:<-~]{0,9}", 0..4),
    ) {
        prop_assume!(!name.to_lowercase().starts_with("x-fc-"));
        let name: SessionHeaderName = name.parse().unwrap();
        let id: SessionId = id.parse().unwrap();
        prop_assert_eq!(SessionId::decode(name.header_name(), &id.encode()), Ok(id));
        let cookie: SessionCookie = cookie.parse().unwrap();
        let mut set = HeaderMap::new();
        let line = format!("{}={}; Max-Age=21600", SessionCookie::NAME, cookie.value());
        set.insert("set-cookie", line.parse().unwrap());
        let found = SessionCookie::from_set_cookie(&set).unwrap().unwrap();
        prop_assert_eq!(found.value(), cookie.value());
        // The caller's cookies stay in their order, and ours is the last one.
        let values: Vec<HeaderValue> = others.iter().map(|pair| pair.parse().unwrap()).collect();
        let line = cookie.encode_with(&values);
        let own = format!("{}={}", SessionCookie::NAME, cookie.value());
        let expected: Vec<&str> = others.iter().map(String::as_str).chain([own.as_str()]).collect();
        prop_assert_eq!(line.to_str().unwrap(), expected.join("; "));
        prop_assert_eq!(cookie.encode_with([&line]), line);
    }

    #[test]
    fn any_bytes_as_a_session_are_decoded_or_refused(bytes: Vec<u8>) {
        let Ok(value) = HeaderValue::from_bytes(&bytes) else { return Ok(()) };
        let name: SessionHeaderName = "my-session".parse().unwrap();
        if let Err(error) = SessionId::decode(name.header_name(), &value) {
            prop_assert_eq!(error.name(), name.header_name());
        }
        let line = [b"x-fc-cookie-session-id=", bytes.as_slice()].concat();
        let mut headers = HeaderMap::new();
        headers.insert("set-cookie", HeaderValue::from_bytes(&line).unwrap());
        if let Ok(Some(cookie)) = SessionCookie::from_set_cookie(&headers) {
            let sent = cookie.encode_with(&[value]);
            prop_assert!(sent.as_bytes().ends_with(cookie.value().as_bytes()));
        }
    }

    #[test]
    fn an_incomplete_first_character_of_a_log_adds_at_most_one_replacement_character(
        text in "\\PC{1,40}", cut in 0_usize..4,
    ) {
        let bytes = text.as_bytes();
        let tail = LogTail::from(bytes[cut.min(bytes.len())..].to_vec());
        let shown = tail.to_string_lossy();
        let replaced = shown.matches(char::REPLACEMENT_CHARACTER).count();
        prop_assert!(replaced <= 1 + text.matches(char::REPLACEMENT_CHARACTER).count());
    }
}

#[test]
fn enumerations_round_trip() {
    for header in [InvocationType::Sync, InvocationType::Async] {
        assert_round_trip(&header);
        assert_eq!(header.as_str().parse(), Ok(header));
        assert_eq!(header.to_string(), header.as_str());
    }
    for header in [LogType::None, LogType::Tail] {
        assert_round_trip(&header);
        assert_eq!(header.as_str().parse(), Ok(header));
        assert_eq!(header.to_string(), header.as_str());
    }
}
