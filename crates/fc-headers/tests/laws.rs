//! Laws that hold for every header: what is encoded decodes to itself, and no value makes reading
//! panic.
#![expect(clippy::unwrap_used, reason = "a strategy makes only valid values")]

use std::fmt::Debug;

use fc_headers::{
    AccountId, AsyncDelay, AsyncTaskId, CodeChecksum, Date, ErrorType, Header, InstanceId,
    InvocationDuration, InvocationServiceVersion, InvocationType, LogResult, LogTail, LogType,
    MaxMemoryUsage, RequestId, RetryAfter, SecurityToken, StatefulAsyncInvocationEnable,
    StatefulAsyncInvocationId, TraceId,
};
use http::{HeaderMap, HeaderValue};
use proptest::prelude::*;

const ID: &str = "[A-Za-z_][A-Za-z0-9_-]{0,127}";
const TEXT: &str = "[!-~]([ -~]{0,60}[!-~])?";

fn comes_back<T>(header: &T)
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

/// The same for types that borrow; the text is compared as well, where equality is looser.
macro_rules! text_comes_back {
    ($header:ident, $text:expr) => {{
        let header = $header::try_from($text).unwrap();
        let value = header.encode();
        let back = $header::decode(&value).unwrap();
        assert_eq!(back, header);
        assert_eq!(back.as_str(), header.as_str());
    }};
}

proptest! {
    #[test]
    fn request_headers_come_back(
        id in ID, trace in TEXT, account in "[0-9]{1,20}", token in "[!-~]{1,200}",
        delay in 0_u64..=3600, seconds in 0_u64..=253_402_300_799, enable: bool,
    ) {
        let id: StatefulAsyncInvocationId = id.parse().unwrap();
        comes_back(&id);
        comes_back(&AsyncTaskId::new(id));
        comes_back(&trace.parse::<TraceId>().unwrap());
        comes_back(&account.parse::<AccountId>().unwrap());
        comes_back(&AsyncDelay::try_from(delay).unwrap());
        comes_back(&Date::try_from(seconds).unwrap());
        let header = StatefulAsyncInvocationEnable::new(enable);
        prop_assert_eq!(header.is_enabled(), enable);
        comes_back(&header);
        let token = token.parse::<SecurityToken>().unwrap().encode();
        prop_assert!(token.is_sensitive());
        prop_assert_eq!(SecurityToken::decode(&token).unwrap().encode(), token);
    }

    #[test]
    fn response_headers_come_back(
        text in TEXT, memory in "[0-9]{1,12}(\\.[0-9]{1,6})?", number: u64,
        log: Vec<u8>, seconds in 0_u64..=253_402_300_799,
    ) {
        text_comes_back!(RequestId, text.as_str());
        text_comes_back!(InstanceId, text.as_str());
        text_comes_back!(InvocationServiceVersion, text.as_str());
        text_comes_back!(ErrorType, text.as_str());
        text_comes_back!(MaxMemoryUsage, memory.as_str());
        let checksum = CodeChecksum::new(number);
        prop_assert_eq!((checksum.as_u64(), checksum.to_string()), (number, number.to_string()));
        comes_back(&checksum);
        let duration = InvocationDuration::from_millis(number);
        prop_assert_eq!(duration.as_millis(), number);
        prop_assert_eq!(duration.as_duration().as_millis(), u128::from(number));
        comes_back(&duration);
        comes_back(&RetryAfter::Seconds(number));
        comes_back(&RetryAfter::Date(Date::try_from(seconds).unwrap()));
        let log = LogTail::from(log);
        let base64 = log.to_base64();
        text_comes_back!(LogResult, base64.as_str());
        prop_assert_eq!(LogResult::try_from(base64.as_str()).unwrap().decode_tail(), Ok(log));
    }

    #[test]
    fn no_value_makes_reading_panic_and_no_message_carries_a_control(
        bytes in proptest::collection::vec(
            prop_oneof![Just(b'\t'), 0x20_u8..=0x7e, 0x80_u8..=0xff], 0..80),
    ) {
        let value = HeaderValue::from_bytes(&bytes).unwrap();
        let quiet = |text: String| assert!(!text.chars().any(char::is_control), "{text:?}");
        macro_rules! read {
            ($($header:ident)*) => {$(
                match $header::decode(&value) {
                    Ok(header) => {
                        quiet(format!("{header:?}"));
                        prop_assert_eq!($header::decode(&header.encode()).is_ok(), true);
                    }
                    Err(error) => quiet(format!("{error} {error:?}")),
                }
            )*};
        }
        read!(
            AccountId AsyncDelay AsyncTaskId CodeChecksum Date ErrorType InstanceId
            InvocationDuration InvocationServiceVersion InvocationType LogResult LogType
            MaxMemoryUsage RequestId RetryAfter SecurityToken StatefulAsyncInvocationEnable
            StatefulAsyncInvocationId TraceId
        );
        if let Ok(log) = LogResult::decode(&value)
            && let Err(error) = log.decode_tail()
        {
            quiet(error.to_string());
        }
    }

    #[test]
    fn a_log_as_text_never_has_more_than_one_replacement_for_its_cut_start(
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
fn enumerations_come_back() {
    for header in [InvocationType::Sync, InvocationType::Async] {
        comes_back(&header);
        assert_eq!(header.as_str().parse(), Ok(header));
        assert_eq!(header.to_string(), header.as_str());
    }
    for header in [LogType::None, LogType::Tail] {
        comes_back(&header);
        assert_eq!(header.as_str().parse(), Ok(header));
        assert_eq!(header.to_string(), header.as_str());
    }
}
