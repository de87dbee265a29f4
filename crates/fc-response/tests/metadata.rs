//! The typed headers of a response that are read from the map at each call: sessions and waits.

use std::time::Duration;

use fc_headers::{HeaderErrorKind, SessionHeaderName};
use fc_response::Metadata;
use http::{HeaderMap, HeaderValue};

fn headers(name: &'static str, values: &[&'static str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for value in values {
        headers.append(name, HeaderValue::from_static(value));
    }
    headers
}

#[test]
fn a_session_id_is_read_from_the_header_that_the_function_is_configured_with() {
    let name: SessionHeaderName = "my-session".parse().unwrap();
    let read = |name, values| {
        let headers = headers(name, values);
        let id = Metadata::new(&headers).session_id(&"my-session".parse().unwrap());
        id.map(|id| id.map(|id| id.to_string()))
    };
    assert_eq!(read("my-session", &["s-1"]), Ok(Some("s-1".to_owned())));
    assert_eq!(read("other-session", &["s-1"]), Ok(None));
    for (values, kind) in [
        (&[""][..], HeaderErrorKind::Empty),
        (&["a b"], HeaderErrorKind::Id),
        (&["s-1", "s-1"], HeaderErrorKind::Duplicate),
    ] {
        let error = read("my-session", values).unwrap_err();
        assert_eq!((error.kind(), error.name()), (kind, name.header_name()));
    }
}

/// The line of the manual page "Cookie affinity".
#[test]
fn a_session_cookie_is_read_from_its_set_cookie_line() {
    let line = "x-fc-cookie-session-id=252f75b8-bc8e-432c-b1c9-cc8781e75538; Max-Age=21600";
    let set = headers("set-cookie", &["theme=dark", line]);
    let cookie = Metadata::new(&set).session_cookie().unwrap().unwrap();
    assert_eq!(cookie.value(), "252f75b8-bc8e-432c-b1c9-cc8781e75538");
    assert_eq!(cookie.max_age(), Some(Duration::from_secs(21_600)));
    let other = headers("set-cookie", &["theme=dark"]);
    assert_eq!(Metadata::new(&other).session_cookie(), Ok(None));
    let empty = headers("set-cookie", &["x-fc-cookie-session-id="]);
    let error = Metadata::new(&empty).session_cookie().unwrap_err();
    assert_eq!(error.kind(), HeaderErrorKind::Empty);
}

#[test]
fn the_wait_of_the_gateway_is_in_milliseconds_and_that_of_the_standard_in_seconds() {
    let gateway = headers("x-acs-retry-after", &["1500"]);
    let wait = Metadata::new(&gateway).acs_retry_after().unwrap().unwrap();
    assert_eq!(wait.duration(), Duration::from_millis(1500));
    assert_eq!(Metadata::new(&gateway).retry_after(), Ok(None));
    let standard = headers("retry-after", &["2"]);
    let wait = Metadata::new(&standard).retry_after().unwrap().unwrap();
    assert_eq!(wait, fc_headers::RetryAfter::Seconds(2));
    assert_eq!(Metadata::new(&standard).acs_retry_after(), Ok(None));
    let invalid = headers("x-acs-retry-after", &["soon"]);
    let error = Metadata::new(&invalid).acs_retry_after().unwrap_err();
    assert_eq!(error.kind(), HeaderErrorKind::Number);
}
