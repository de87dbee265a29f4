//! Sessions: what is sent, what is read back, and what is refused.

use bytes::Bytes;
use fc_headers::{InputErrorKind, InvocationType, McpSessionId, SessionCookie, SessionId};
use fc_invoke::{
    ExtraHeader, InvokeFunctionInput, InvokeFunctionInputBuilder, Scheme, Session, Signer, Target,
};
use http::{HeaderMap, HeaderValue, Request};

use crate::samples::{credentials, endpoint};

const COOKIE: &str = "x-fc-cookie-session-id=252f75b8-bc8e-432c-b1c9-cc8781e75538";

fn builder() -> InvokeFunctionInputBuilder {
    InvokeFunctionInput::builder(Target::v2023_03_30("chat".parse().unwrap()))
}

fn header_field() -> Session {
    Session::header_field("my-session".parse().unwrap())
}

fn response(name: &'static str, value: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(name, HeaderValue::from_str(value).unwrap());
    headers
}

fn request(session: &Session) -> Request<Bytes> {
    let input = builder().build().unwrap().with_session(session).unwrap();
    input.to_request(&endpoint(), Scheme::Acs3)
}

fn sent(session: &Session, name: &str) -> Option<String> {
    let request = request(session);
    let values: Vec<_> = request.headers().get_all(name).iter().collect();
    assert!(values.len() <= 1, "{values:?}");
    let value = values.first()?;
    Some(value.to_str().unwrap().to_owned())
}

#[test]
fn an_id_that_the_service_made_is_sent_from_the_second_request_on() {
    let mut session = header_field();
    assert!(!session.has_id());
    assert_eq!(sent(&session, "my-session"), None);

    assert!(session.update(&response("my-session", "81f70ae1")).unwrap());
    assert_eq!(sent(&session, "my-session").as_deref(), Some("81f70ae1"));
    assert_eq!(session.session_id().unwrap().as_str(), "81f70ae1");

    // A response without an id, or with the same one, changes nothing.
    assert!(!session.update(&HeaderMap::new()).unwrap());
    assert!(!session.update(&response("my-session", "81f70ae1")).unwrap());
    assert_eq!(sent(&session, "my-session").as_deref(), Some("81f70ae1"));

    // Another id is a new session.
    assert!(session.update(&response("my-session", "other")).unwrap());
    assert_eq!(sent(&session, "my-session").as_deref(), Some("other"));
    session.forget();
    assert_eq!(sent(&session, "my-session"), None);
}

#[test]
fn an_id_of_the_caller_is_sent_with_the_first_request() {
    let name = "My-Session".parse().unwrap();
    let session = Session::with_id(name, "4711".parse().unwrap());
    assert_eq!(sent(&session, "my-session").as_deref(), Some("4711"));
    let input = builder().session(session).build().unwrap();
    assert!(input.session().unwrap().has_id());
    let request = input.to_request(&endpoint(), Scheme::Fc);
    assert_eq!(request.headers()["my-session"], "4711");
}

#[test]
fn a_cookie_is_kept_until_the_service_sets_another_or_removes_it() {
    let mut session = Session::cookie();
    assert_eq!(sent(&session, "cookie"), None);
    let set = format!("{COOKIE}; Max-Age=21600");
    assert!(session.update(&response("set-cookie", &set)).unwrap());
    assert_eq!(sent(&session, "cookie").as_deref(), Some(COOKIE));
    assert!(
        !session
            .update(&response("set-cookie", "theme=dark"))
            .unwrap()
    );
    assert!(!session.update(&response("set-cookie", &set)).unwrap());
    assert_eq!(sent(&session, "cookie").as_deref(), Some(COOKIE));

    // Another life of the same session is no new session.
    let longer = format!("{COOKIE}; Max-Age=43200");
    assert!(!session.update(&response("set-cookie", &longer)).unwrap());
    let other = "x-fc-cookie-session-id=81f70ae1";
    assert!(session.update(&response("set-cookie", other)).unwrap());
    assert_eq!(sent(&session, "cookie").as_deref(), Some(other));
    assert!(session.update(&response("set-cookie", &set)).unwrap());

    let stored = session.session_cookie().unwrap().value().to_owned();
    let cookie: SessionCookie = stored.parse().unwrap();
    assert_eq!(sent(&cookie.into(), "cookie").as_deref(), Some(COOKIE));

    let removed = format!("{COOKIE}; Max-Age=0");
    assert!(session.update(&response("set-cookie", &removed)).unwrap());
    assert_eq!(sent(&session, "cookie"), None);
}

#[test]
fn the_cookies_of_the_caller_are_sent_in_one_line_with_that_of_the_session() {
    let cookie = |text: &str| ExtraHeader::try_from(("Cookie", text)).unwrap();
    let input = builder().header(cookie("a=1")).header(cookie("b=2"));
    let without = input.clone().build().unwrap();
    let sent = |input: &InvokeFunctionInput| {
        let request = input.to_request(&endpoint(), Scheme::Acs3);
        let lines: Vec<_> = request
            .headers()
            .get_all("cookie")
            .iter()
            .cloned()
            .collect();
        lines
    };
    assert_eq!(sent(&without), ["a=1; b=2"]);
    let mut session = Session::cookie();
    session.update(&response("set-cookie", COOKIE)).unwrap();
    let with = without.with_session(&session).unwrap();
    assert_eq!(sent(&with), [format!("a=1; b=2; {COOKIE}")]);
    // The second request of the conversation has the cookie once, not twice.
    let again = with.with_session(&session).unwrap();
    assert_eq!(sent(&again), sent(&with));
    assert_eq!(sent(&input.session(session).build().unwrap()), sent(&with));
}

#[test]
fn a_malformed_or_repeated_id_in_a_response_is_an_error_and_changes_nothing() {
    let mut session = header_field();
    session.update(&response("my-session", "first")).unwrap();
    assert!(
        session
            .update(&response("my-session", "not an id"))
            .is_err()
    );
    let mut repeated = response("my-session", "a");
    repeated.append("my-session", HeaderValue::from_static("b"));
    assert!(session.update(&repeated).is_err());
    assert_eq!(session.session_id().unwrap().as_str(), "first");

    let mut session = Session::cookie();
    session.update(&response("set-cookie", COOKIE)).unwrap();
    let bad = "x-fc-cookie-session-id=a b";
    assert!(session.update(&response("set-cookie", bad)).is_err());
    assert_eq!(sent(&session, "cookie").as_deref(), Some(COOKIE));
}

#[test]
fn a_session_that_the_invocation_cannot_have_is_refused_when_it_is_built() {
    let kind = |builder: InvokeFunctionInputBuilder, session: &Session| {
        let built = builder.clone().build().unwrap().with_session(session);
        let kind = built.map_err(|error| error.kind()).err();
        let other = builder.session(session.clone()).build();
        assert_eq!(other.map_err(|error| error.kind()).err(), kind);
        kind
    };
    let named = |name: &str| Session::header_field(name.parse().unwrap());
    let asynchronous = builder().invocation_type(InvocationType::Async);
    for session in [header_field(), Session::cookie()] {
        let refused = kind(asynchronous.clone(), &session);
        assert_eq!(refused, Some(InputErrorKind::AsyncSession));
        assert_eq!(kind(builder(), &session), None);
    }
    assert_eq!(
        kind(builder(), &Session::mcp()),
        Some(InputErrorKind::TriggerOnly)
    );
    for name in [
        "Content-Type",
        "authorization",
        "X-Acs-Date",
        "x-acs-version",
    ] {
        let refused = kind(builder(), &named(name));
        assert_eq!(refused, Some(InputErrorKind::ReservedHeader), "{name}");
    }
    assert_eq!(kind(builder(), &named("x-acs-session")), None);
    let extra = ExtraHeader::try_from(("My-Session", "a")).unwrap();
    let refused = kind(builder().header(extra), &header_field());
    assert_eq!(refused, Some(InputErrorKind::ReservedHeader));
}

#[test]
fn the_fc_scheme_does_not_sign_a_session_and_acs3_does() {
    let time = "2022-05-11T09:00:00Z".parse().unwrap();
    let nonce = "nonce".parse().unwrap();
    let authorization = |session: &Session, scheme| {
        let signer = Signer::new(scheme, &credentials());
        let input = builder().build().unwrap().with_session(session).unwrap();
        let mut request = input.to_request(&endpoint(), scheme);
        let additions = signer.sign(&request, time, &nonce).unwrap();
        additions.apply(request.headers_mut());
        let value = request.headers()["authorization"].to_str().unwrap();
        value.to_owned()
    };
    let with_id = Session::with_id("my-session".parse().unwrap(), "a".parse().unwrap());
    let mut with_cookie = Session::cookie();
    with_cookie.update(&response("set-cookie", COOKIE)).unwrap();
    let without = header_field();
    for (session, name) in [(with_id, ";my-session;"), (with_cookie, ";cookie;")] {
        assert_eq!(
            authorization(&session, Scheme::Fc),
            authorization(&without, Scheme::Fc)
        );
        let signed = authorization(&session, Scheme::Acs3);
        assert!(signed.contains(name), "{signed}");
        assert!(!authorization(&without, Scheme::Acs3).contains(name));
    }
}

/// Each kind of session: with an id, what it knows, and what is left after it forgot the id.
#[test]
fn a_session_of_each_kind_knows_only_its_own_id_and_forgets_it() {
    let header = Session::with_id("my-session".parse().unwrap(), "4711".parse().unwrap());
    let cookie: SessionCookie = "252f75b8".parse().unwrap();
    let mcp: McpSessionId = "1868a90c".parse().unwrap();
    for (mut session, id, cookie, line) in [
        (header, Some("4711"), None, ("my-session", "4711")),
        (
            cookie.into(),
            None,
            Some("252f75b8"),
            ("cookie", "x-fc-cookie-session-id=252f75b8"),
        ),
        (mcp.into(), None, None, ("mcp-session-id", "1868a90c")),
    ] {
        assert!(session.has_id(), "{line:?}");
        assert_eq!(session.session_id().map(SessionId::as_str), id);
        assert_eq!(session.session_cookie().map(SessionCookie::value), cookie);
        let (name, value) = line;
        let mut request = HeaderMap::new();
        session.insert_into(&mut request);
        assert_eq!(request.len(), 1);
        assert_eq!(request[name], value);
        session.forget();
        assert!(!session.has_id(), "{line:?}");
        let mut request = HeaderMap::new();
        session.insert_into(&mut request);
        assert!(request.is_empty(), "{request:?}");
    }
}
