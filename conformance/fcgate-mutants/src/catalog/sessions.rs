//! Mistakes with the session affinity of Function Compute 3.0.

use fcgate_protocol::{BuildInput, BuildOutput, HeaderList, Session};

use super::http_behaviour::http;
use super::request_change::build;
use crate::client::session::{self, cookie};
use crate::mistake::Mistake;
use crate::mutant::Mutant;

use super::constructor::constructor;

/// The id that an earlier answer of the corpus sets.
const EARLIER: &str = "81f70ae156904eb9b7d43e12f511fe58";
/// The same as a cookie.
const EARLIER_COOKIE: &str = "252f75b8-bc8e-432c-b1c9-cc8781e75538";

constructor!(
    /// A mistake in reading the session id of a response.
    reads,
    |change: fn(&Session, &HeaderList) -> Option<String>| Mistake::ReadsSession(change)
);

const fn accepts(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    requirements: &'static [&'static str],
    replace: fn(&mut BuildInput),
    restore: fn(&BuildInput, &mut BuildOutput),
) -> Mutant {
    let mistake = Mistake::Accepts { replace, restore };
    Mutant::new(code, name, summary, requirements, mistake)
}

pub(super) const MUTANTS: &[Mutant] = &[
    build(
        "FCG0641",
        "session-id-in-lower-case",
        "sends the id of a session in lower case",
        &["FC-SESSION-001"],
        |input, request| change_header(input, request, str::to_ascii_lowercase),
    ),
    build(
        "FCG0642",
        "session-header-left-out",
        "does not send the header of a session",
        &["FC-SESSION-001"],
        |input, request| {
            if let Some(Session::Header { name, .. }) = input.input.session.as_deref() {
                request.headers.remove(name);
            }
        },
    ),
    build(
        "FCG0643",
        "session-header-with-a-fixed-name",
        "sends the id of a session as X-Session-Id, whatever name is configured",
        &["FC-SESSION-001"],
        |input, request| {
            if let Some(Session::Header { name, id: Some(id) }) = input.input.session.as_deref() {
                request.headers.remove(name);
                request.headers.push("X-Session-Id", id.clone());
            }
        },
    ),
    build(
        "FCG0644",
        "session-cookie-replaces-cookies",
        "sends the cookie of a session instead of the caller's cookies",
        &["FC-SESSION-002"],
        |input, request| {
            if let Some(Session::Cookie { id: Some(id) }) = input.input.session.as_deref() {
                let own = format!("{}={id}", Session::COOKIE);
                request.headers.remove("cookie");
                request.headers.push("cookie", own);
            }
        },
    ),
    build(
        "FCG0645",
        "session-cookie-left-out",
        "does not send the cookie of a session",
        &["FC-SESSION-002"],
        |input, request| {
            if let Some(Session::Cookie { id: Some(_) }) = input.input.session.as_deref() {
                request.headers.remove("cookie");
                let own = input.input.headers.iter().flatten();
                let own = own.filter(|(name, _)| name.eq_ignore_ascii_case("cookie"));
                request.headers.extend(own.cloned());
            }
        },
    ),
    build(
        "FCG0646",
        "session-cookie-on-a-second-line",
        "sends the cookie of a session in a Cookie header of its own, after that of the caller",
        &["FC-SESSION-002"],
        |input, request| {
            if let Some(Session::Cookie { id: Some(id) }) = input.input.session.as_deref() {
                let own = format!("{}={id}", Session::COOKIE);
                let callers = input.input.headers.iter().flatten();
                let callers = callers.filter(|(name, _)| name.eq_ignore_ascii_case("cookie"));
                request.headers.remove("cookie");
                request.headers.extend(callers.cloned());
                request.headers.push("cookie", own);
            }
        },
    ),
    build(
        "FCG0647",
        "session-cookie-as-a-header",
        "sends the id of a cookie in a header with the name of the cookie",
        &["FC-SESSION-002"],
        |input, request| {
            if let Some(Session::Cookie { id: Some(id) }) = input.input.session.as_deref() {
                request.headers.remove("cookie");
                request.headers.push(Session::COOKIE, id.clone());
            }
        },
    ),
    http(
        "FCG0648",
        "session-cookie-jar-for-all",
        "keeps the cookie of a session and sends it with every later invocation",
        &["FC-SESSION-003"],
        |exchange, request| {
            let mut request = request.clone();
            if request.headers.get("cookie").is_none() {
                let own = format!("{}={EARLIER_COOKIE}", Session::COOKIE);
                request.headers.push("cookie", own);
            }
            exchange.send(&request)
        },
    )
    .seen_in("HTTP libraries with a cookie jar for the whole client"),
    http(
        "FCG0649",
        "session-id-kept-for-the-next-call",
        "keeps the id of a session and sends it with the next invocation of another session",
        &["FC-SESSION-003"],
        |exchange, request| {
            let mut request = request.clone();
            if request.headers.get("x-my-session").is_none() {
                request.headers.push("X-My-Session", EARLIER);
            }
            exchange.send(&request)
        },
    ),
    reads(
        "FCG0650",
        "session-id-not-returned",
        "does not return the session id that the service made",
        &["FC-SESSION-004", "FC-SESSION-005"],
        |_, _| None,
    ),
    reads(
        "FCG0651",
        "session-header-read-with-case",
        "reads the session header of a response only in the spelling of its configuration",
        &["FC-SESSION-004"],
        |session, response| match session {
            Session::Header { name, .. } => {
                let mut headers = response.iter();
                let found = headers.find(|(other, _)| other == name);
                found.map(|(_, value)| value.trim().to_owned())
            }
            Session::Cookie { .. } => session::read(session, response),
        },
    ),
    reads(
        "FCG0652",
        "session-id-from-any-session-header",
        "reads the session id from the first response header whose name ends with -session",
        &["FC-SESSION-004"],
        |session, response| match session {
            Session::Header { .. } => {
                let mut headers = response.iter();
                let is_session = |name: &str| name.to_ascii_lowercase().ends_with("-session");
                let found = headers.find(|(name, _)| is_session(name));
                found.map(|(_, value)| value.trim().to_owned())
            }
            Session::Cookie { .. } => session::read(session, response),
        },
    ),
    reads(
        "FCG0653",
        "session-id-from-the-first-set-cookie",
        "reads the session id from the first Set-Cookie line, whatever its name is",
        &["FC-SESSION-005"],
        |session, response| match session {
            Session::Header { .. } => session::read(session, response),
            Session::Cookie { .. } => {
                let line = response.get_trimmed("set-cookie")?;
                Some(cookie(line).1.to_owned())
            }
        },
    ),
    reads(
        "FCG0654",
        "session-cookie-with-its-attributes",
        "returns the cookie of a session with its attributes",
        &["FC-SESSION-005"],
        |session, response| match session {
            Session::Header { .. } => session::read(session, response),
            Session::Cookie { .. } => {
                let mut lines = response.get_all_trimmed("set-cookie");
                let line = lines.find(|line| cookie(line).0 == Session::COOKIE)?;
                line.split_once('=').map(|(_, rest)| rest.to_owned())
            }
        },
    ),
    accepts(
        "FCG0655",
        "any-session-header-name-accepted",
        "sends session headers whose names the service does not allow",
        &["FC-SESSION-006"],
        |input| {
            if let Some(Session::Header { name, .. }) = input.input.session.as_deref_mut() {
                "X-Placeholder-Session".clone_into(name);
            }
        },
        |input, request| {
            if let Some(Session::Header { name, .. }) = input.input.session.as_deref() {
                for (other, _) in &mut request.headers {
                    if other.eq_ignore_ascii_case("x-placeholder-session") {
                        other.clone_from(name);
                    }
                }
            }
        },
    ),
    accepts(
        "FCG0656",
        "any-session-id-accepted",
        "sends session ids that the grammar forbids",
        &["FC-SESSION-007"],
        |input| {
            if let Some(Session::Header { id: Some(id), .. }) = input.input.session.as_deref_mut() {
                "placeholder".clone_into(id);
            }
        },
        |input, request| {
            if let Some(Session::Header { name, id: Some(id) }) = input.input.session.as_deref() {
                request.headers.set(name, id.clone());
            }
        },
    ),
    accepts(
        "FCG0657",
        "asynchronous-session-accepted",
        "sends an asynchronous invocation with a session, which the service does not support",
        &["FC-SESSION-008"],
        |input| {
            if input.input.session.is_some() {
                input.input.invocation_type = None;
            }
        },
        |input, request| {
            if let (Some(_), Some(kind)) =
                (input.input.session.as_deref(), &input.input.invocation_type)
            {
                request.headers.set("x-fc-invocation-type", kind.clone());
            }
        },
    ),
    build(
        "FCG0658",
        "empty-session-id-sent",
        "sends an empty session header or cookie with the first request of a session",
        &["FC-SESSION-003"],
        |input, request| match input.input.session.as_deref() {
            Some(Session::Header { name, id: None }) => request.headers.push(name.clone(), ""),
            Some(Session::Cookie { id: None }) => {
                request
                    .headers
                    .push("cookie", format!("{}=", Session::COOKIE));
            }
            _ => {}
        },
    ),
];

/// Changes the value of the header of the session.
fn change_header(input: &BuildInput, request: &mut BuildOutput, change: fn(&str) -> String) {
    if let Some(Session::Header { name, .. }) = input.input.session.as_deref() {
        for (other, value) in &mut request.headers {
            if other.eq_ignore_ascii_case(name) {
                *value = change(value);
            }
        }
    }
}
