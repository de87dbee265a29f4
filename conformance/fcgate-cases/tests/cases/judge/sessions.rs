//! The session of an invocation: its header or its cookie.

use fcgate_cases::corpus::InvokeGiven;
use fcgate_protocol::{HeaderList, Session};

use super::invocation::{failed, no_options};

fn given(session: Option<Session>, cookie: Option<&str>) -> InvokeGiven {
    let mut given = no_options();
    given.input.session = session.map(Box::new);
    given.input.headers = cookie.map(|cookie| HeaderList::from([("Cookie", cookie)]));
    given
}

/// The failed checks of a request with these headers.
fn with(given: &InvokeGiven, headers: &[(&str, &str)]) -> Vec<String> {
    failed(given, |request| {
        request.headers.extend(headers.iter().copied());
    })
}

#[test]
fn the_header_of_a_session_arrives_with_the_id_that_the_caller_set() {
    let name = "X-My-Session".to_owned();
    let set = given(
        Some(Session::Header {
            name: name.clone(),
            id: Some("s-1".to_owned()),
        }),
        None,
    );
    assert_eq!(with(&set, &[("x-my-session", "s-1")]), [""; 0]);
    assert_eq!(
        with(&set, &[("x-my-session", "s-2")]),
        ["arrived.header.x-my-session: s-2"]
    );
    assert_eq!(with(&set, &[]), ["arrived.header.x-my-session: (missing)"]);
    let new = given(Some(Session::Header { name, id: None }), None);
    assert_eq!(with(&new, &[]), [""; 0]);
    assert_eq!(
        with(&new, &[("x-my-session", "s-1")]),
        ["arrived.unset: x-my-session: s-1"]
    );
}

#[test]
fn the_cookie_of_a_session_arrives_next_to_those_of_the_caller() {
    let session = Session::Cookie {
        id: Some("s-1".to_owned()),
    };
    let set = given(Some(session), Some("a=1"));
    for right in [
        "a=1; x-fc-cookie-session-id=s-1",
        "x-fc-cookie-session-id=s-1; a=1",
    ] {
        assert_eq!(with(&set, &[("Cookie", right)]), [""; 0], "{right}");
    }
    for wrong in [
        "a=1",
        "x-fc-cookie-session-id=s-1",
        "a=1; x-fc-cookie-session-id=s-2",
    ] {
        let expected = format!("arrived.header.cookie: {wrong}");
        assert_eq!(with(&set, &[("Cookie", wrong)]), [expected]);
    }
    assert_eq!(with(&set, &[]), ["arrived.header.cookie: (missing)"]);
    assert_eq!(
        with(
            &set,
            &[("Cookie", "a=1"), ("Cookie", "x-fc-cookie-session-id=s-1")]
        ),
        ["arrived.header.cookie: a=1␊x-fc-cookie-session-id=s-1"]
    );
}

#[test]
fn the_cookie_of_an_earlier_session_is_found() {
    let sent = [("Cookie", "a=1; x-fc-cookie-session-id=s-0; b=2")];
    let found = "arrived.unset: cookie: x-fc-cookie-session-id=s-0";
    assert_eq!(with(&given(None, None), &sent), [found]);
    let new = given(Some(Session::Cookie { id: None }), None);
    assert_eq!(with(&new, &sent), [found]);
    assert_eq!(with(&new, &[("Cookie", "b=2")]), [""; 0]);
}

#[test]
fn a_caller_without_a_session_may_send_any_cookie() {
    let own = given(None, Some("x-fc-cookie-session-id=mine"));
    assert_eq!(
        with(&own, &[("Cookie", "x-fc-cookie-session-id=mine")]),
        [""; 0]
    );
    assert_eq!(with(&own, &[]), ["arrived.header.cookie: (missing)"]);
}
