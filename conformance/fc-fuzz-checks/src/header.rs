//! A value of each typed header.
//!
//! The first byte of an input selects the header; the rest is the value.

use fc_headers::{
    AccountId, AcsRetryAfter, AsyncDelay, AsyncTaskId, CodeChecksum, Date, ErrorType, Header,
    HeaderError, HeaderErrorKind, InstanceId, InvocationDuration, InvocationServiceVersion,
    InvocationType, LogResult, LogType, MaxMemoryUsage, McpSessionId, RequestId, RetryAfter,
    SecurityToken, SessionCookie, StatefulAsyncInvocationEnable, StatefulAsyncInvocationId,
    TraceId,
};
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::shown::{assert_harmless_debug, assert_harmless_error};

/// Decodes a value, encodes the result, and decodes that again. A function cannot do this for headers that borrow their value.
macro_rules! round_trip {
    ($header:ty, $value:expr) => {
        round_trip!($header, $value, it => ())
    };
    ($header:ty, $value:expr, $it:ident => $assert:expr) => {
        match <$header as Header>::decode($value) {
            Ok($it) => {
                $assert;
                assert_harmless_debug(&$it);
                let encoded = $it.encode();
                let again = <$header as Header>::decode(&encoded);
                assert!(again.is_ok_and(|again| again == $it), "another value after a round trip");
            }
            Err(error) => assert_named(&error, &<$header as Header>::NAME),
        }
    };
}

/// Decodes a value as one of the headers.
///
/// # Panics
///
/// If a decoded value changes when it is encoded and decoded again, a number differs from its digits, an error names another
/// header, or an error quotes a secret.
pub fn check(input: &[u8]) {
    let Some((selector, bytes)) = input.split_first() else {
        return;
    };
    let Ok(value) = HeaderValue::from_bytes(bytes) else {
        return;
    };
    match selector % 24 {
        0 => round_trip!(AccountId, &value),
        1 => number(&value, u64::MAX, AcsRetryAfter::decode, |it| {
            u64::try_from(it.duration().as_millis()).ok()
        }),
        2 => number(&value, 3600, AsyncDelay::decode, |it| {
            Some(u64::from(it.as_seconds()))
        }),
        3 => round_trip!(AsyncTaskId, &value),
        4 => number(&value, u64::MAX, CodeChecksum::decode, |it| {
            Some(it.as_u64())
        }),
        5 => round_trip!(Date, &value, it => assert!(it.as_unix_seconds() < 253_402_300_800)),
        6 => round_trip!(ErrorType<'_>, &value),
        7 => round_trip!(InstanceId<'_>, &value, it => kept(&value, it.as_str())),
        8 => number(&value, u64::MAX, InvocationDuration::decode, |it| {
            Some(it.as_millis())
        }),
        9 => round_trip!(InvocationServiceVersion<'_>, &value, it => kept(&value, it.as_str())),
        10 => round_trip!(InvocationType, &value),
        11 => round_trip!(LogResult<'_>, &value, it => kept(&value, it.as_str())),
        12 => round_trip!(LogType, &value),
        13 => round_trip!(MaxMemoryUsage<'_>, &value, it => {
            kept(&value, it.as_str());
            assert_eq!(Some(it.as_millionths()), millionths(it.as_str()));
        }),
        14 => round_trip!(McpSessionId, &value),
        15 => round_trip!(RequestId<'_>, &value, it => kept(&value, it.as_str())),
        16 => round_trip!(RetryAfter, &value),
        17 => secret(&value),
        18 => cookie(&value),
        19 => round_trip!(StatefulAsyncInvocationEnable, &value),
        20 => round_trip!(StatefulAsyncInvocationId, &value),
        21 => round_trip!(TraceId, &value),
        22 => repeated(&value),
        _ => empty(&value),
    }
}

fn assert_named(error: &HeaderError, name: &HeaderName) {
    assert_harmless_error(error);
    assert_eq!(error.name(), name);
    assert!(error.to_string().starts_with(error.kind().slug()));
}

/// A header that is a number is its digits: one to twenty, as many as the largest number has.
fn number<'a, H: Header<'a>>(
    value: &'a HeaderValue,
    most: u64,
    decode: fn(&'a HeaderValue) -> Result<H, HeaderError>,
    read: impl FnOnce(&H) -> Option<u64>,
) {
    let text = trimmed(value);
    let is_digits = (1..=20).contains(&text.len()) && text.iter().all(u8::is_ascii_digit);
    let number: Option<u64> = str::from_utf8(text).ok().and_then(|text| text.parse().ok());
    let expected = number.filter(|number| is_digits && *number <= most);
    match decode(value) {
        Ok(header) => {
            assert_eq!(read(&header), expected);
            let encoded = header.encode();
            assert_eq!(
                Some(encoded.as_bytes()),
                expected
                    .map(|it| it.to_string())
                    .as_deref()
                    .map(str::as_bytes)
            );
        }
        Err(error) => {
            assert_eq!(expected, None, "{error}");
            assert_named(&error, &H::NAME);
        }
    }
}

/// A text is kept as received, without the spaces and tabs around it.
fn kept(value: &HeaderValue, text: &str) {
    assert_eq!(trimmed(value), text.as_bytes());
}

fn trimmed(value: &HeaderValue) -> &[u8] {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
    let bytes = value.as_bytes();
    let start = bytes
        .iter()
        .position(|byte| !is_space(byte))
        .unwrap_or(bytes.len());
    let end = bytes
        .iter()
        .rposition(|byte| !is_space(byte))
        .map_or(start, |last| last + 1);
    bytes.get(start..end).unwrap_or_default()
}

/// The number of millionths in a decimal text, without a floating-point number.
fn millionths(text: &str) -> Option<u64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    if decimals.is_empty() || decimals.len() > 6 {
        return None;
    }
    format!("{whole}{decimals:0<6}").parse().ok()
}

/// A secret is in no message and no `Debug`.
fn secret(value: &HeaderValue) {
    let text = String::from_utf8_lossy(trimmed(value)).into_owned();
    let is_distinct = text.len() >= 16 && text.chars().all(|one| one.is_ascii_digit());
    let shown = match SecurityToken::decode(value) {
        Ok(token) => {
            assert!(token.encode().is_sensitive());
            assert_eq!(token.encode().as_bytes(), trimmed(value));
            format!("{token:?}")
        }
        Err(error) => {
            assert_harmless_error(&error);
            format!("{error} {error:?}")
        }
    };
    assert!(
        !is_distinct || !shown.contains(&text),
        "a secret in {shown}"
    );
}

fn cookie(value: &HeaderValue) {
    let mut headers = HeaderMap::new();
    headers.insert(SET_COOKIE, value.clone());
    match SessionCookie::from_set_cookie(&headers) {
        Ok(Some(cookie)) => {
            assert!(!cookie.value().is_empty());
            let mut request = HeaderMap::new();
            cookie.insert_into(&mut request);
            let line = format!("{}={}", SessionCookie::NAME, cookie.value());
            assert_eq!(
                request.get("cookie").map(HeaderValue::as_bytes),
                Some(line.as_bytes())
            );
        }
        Ok(None) => {}
        Err(error) => assert_harmless_error(&error),
    }
}

/// A header that occurs twice is an error, also with equal values; the error type is one sign of failure instead.
fn repeated(value: &HeaderValue) {
    let mut headers = HeaderMap::new();
    for name in ["x-fc-code-checksum", "x-fc-error-type"] {
        headers.append(name, value.clone());
        headers.append(name, value.clone());
    }
    let error = CodeChecksum::from_map(&headers)
        .map(|_| ())
        .map_err(|error| error.kind());
    assert_eq!(error, Err(HeaderErrorKind::Duplicate));
    let failed = matches!(ErrorType::from_map(&headers), Ok(Some(_)));
    assert_eq!(failed, !trimmed(value).is_empty());
}

/// A value of spaces is empty, and is no id.
fn empty(value: &HeaderValue) {
    if trimmed(value).is_empty() {
        assert!(RequestId::decode(value).is_err());
        assert!(TraceId::decode(value).is_err());
        assert!(Date::decode(value).is_err());
    }
}
