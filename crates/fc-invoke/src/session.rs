//! The session of one conversation.

use fc_headers::{
    Header, HeaderError, InputError, InputErrorKind, McpSessionId, SessionCookie,
    SessionHeaderName, SessionId,
};
use http::header::COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::ExtraHeader;

/// The session of one conversation: which instance of the function its requests reach.
///
/// Keep one value for each conversation, send it with every request
/// ([`with_session`](crate::InvokeFunctionInput::with_session)), and [`update`](Self::update) it from every response. The
/// kind is that of the function's configuration, `sessionAffinity`:
///
/// | configuration | constructor | sent as | the id is made by |
/// | --- | --- | --- | --- |
/// | `HEADER_FIELD` | [`header_field`](Self::header_field) | the configured header | the caller or the service |
/// | `GENERATED_COOKIE` | [`cookie`](Self::cookie) | `Cookie: x-fc-cookie-session-id` | the service |
/// | MCP streamable | [`mcp`](Self::mcp) | `Mcp-Session-Id`, only over an HTTP trigger | the function |
///
/// A session lives for a limited time (by default 6 hours, 30 minutes without a request). After that the same id starts
/// a new session on a new instance without an error, so state in the memory of an instance may vanish silently; after
/// more than 200 requests in flight on an instance, the next ones are answered with 429. Asynchronous invocations do not
/// support sessions. Whether `InvokeFunction` returns an id that the service made, as HTTP triggers do, is unknown.
///
/// # What is signed
///
/// The `FC` scheme never signs a session header, `Cookie` or `Mcp-Session-Id`: it signs `X-Fc-` headers, and the name of
/// a session header cannot begin so. ACS3 as the manual describes it signs `x-acs-` headers, `host` and `content-type`
/// only; the clients of this crate sign every header with ACS3, these three too, as the Python SDK does. Calls of HTTP
/// triggers sign none of them. Send requests over TLS: who can change an unsigned session header can send a request into
/// the session of another caller.
///
/// Source: manual pages "`HeaderField` affinity", "Cookie affinity", "MCP Streamable HTTP affinity" and "Session affinity:
/// general restrictions" of FC 3.0.
///
/// ```
/// use fc_invoke::{InvokeFunctionInput, Session, Target};
///
/// let mut session = Session::header_field("my-chat-session".parse()?);
/// let prepared = InvokeFunctionInput::builder(Target::v2023_03_30("chat".parse()?)).build()?;
/// let first = prepared.with_session(&session)?.with_payload("hello");
///
/// # let mut response = http::HeaderMap::new();
/// # response.insert("my-chat-session", "81f70ae156904eb9b7d43e12f511fe58".parse()?);
/// // `response` is the header map of the outcome.
/// assert!(session.update(&response)?);
/// let second = prepared.with_session(&session)?.with_payload("how are you");
/// # assert!(!session.update(&response)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session(Affinity);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Affinity {
    HeaderField {
        name: SessionHeaderName,
        id: Option<SessionId>,
    },
    Cookie(Option<SessionCookie>),
    Mcp(Option<McpSessionId>),
}

/// The headers of ACS3. The grammar of a session header allows other names that begin with `x-acs-`; they are signed.
const ACS3_HEADERS: [&str; 9] = [
    "x-acs-accesskey-id",
    "x-acs-action",
    "x-acs-bearer-token",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-security-token",
    "x-acs-signature-nonce",
    "x-acs-signature-type",
    "x-acs-version",
];

impl Session {
    /// A new session with header affinity; the service makes the id.
    pub const fn header_field(name: SessionHeaderName) -> Self {
        Self(Affinity::HeaderField { name, id: None })
    }

    /// A session with header affinity and an id of the caller.
    pub const fn with_id(name: SessionHeaderName, id: SessionId) -> Self {
        Self(Affinity::HeaderField { name, id: Some(id) })
    }

    /// A new session with cookie affinity. To continue one, convert its [`SessionCookie`].
    pub const fn cookie() -> Self {
        Self(Affinity::Cookie(None))
    }

    /// A new session of the Model Context Protocol, for requests over an HTTP trigger. To continue one, convert its
    /// [`McpSessionId`].
    pub const fn mcp() -> Self {
        Self(Affinity::Mcp(None))
    }

    /// Whether the session has an id. The first request of a new session has none.
    pub const fn has_id(&self) -> bool {
        match &self.0 {
            Affinity::HeaderField { id, .. } => id.is_some(),
            Affinity::Cookie(cookie) => cookie.is_some(),
            Affinity::Mcp(id) => id.is_some(),
        }
    }

    /// The id of a session with header affinity.
    pub const fn session_id(&self) -> Option<&SessionId> {
        match &self.0 {
            Affinity::HeaderField { id, .. } => id.as_ref(),
            Affinity::Cookie(_) | Affinity::Mcp(_) => None,
        }
    }

    /// The cookie of a session with cookie affinity, for example to store it.
    pub const fn session_cookie(&self) -> Option<&SessionCookie> {
        match &self.0 {
            Affinity::Cookie(cookie) => cookie.as_ref(),
            Affinity::HeaderField { .. } | Affinity::Mcp(_) => None,
        }
    }

    /// Takes over the id of a response; returns whether the id changed. A changed id is a new session: state in the memory
    /// of the former instance is lost.
    ///
    /// A response without an id changes nothing: the service sends a cookie only once, and whether it repeats an id that
    /// the caller sent is unknown. A cookie with `Max-Age=0` is removed.
    ///
    /// # Errors
    ///
    /// [`HeaderError`] if the header is repeated or not an id; the session stays as it was.
    pub fn update(&mut self, response: &HeaderMap) -> Result<bool, HeaderError> {
        match &mut self.0 {
            Affinity::HeaderField { name, id } => {
                Ok(replace(id, SessionId::from_map(name, response)?))
            }
            Affinity::Cookie(cookie) => match SessionCookie::from_set_cookie(response)? {
                Some(set) if set.max_age().is_some_and(|age| age.is_zero()) => {
                    Ok(cookie.take().is_some())
                }
                Some(set)
                    if cookie
                        .as_ref()
                        .is_some_and(|old| old.value() == set.value()) =>
                {
                    Ok(false)
                }
                set => Ok(replace(cookie, set)),
            },
            Affinity::Mcp(id) => Ok(replace(id, McpSessionId::from_map(response)?)),
        }
    }

    /// Forgets the id, so that the next request starts a new session.
    pub fn forget(&mut self) {
        match &mut self.0 {
            Affinity::HeaderField { id, .. } => *id = None,
            Affinity::Cookie(cookie) => *cookie = None,
            Affinity::Mcp(id) => *id = None,
        }
    }

    /// Writes the header of the session into a request. The caller's cookies stay.
    ///
    /// # Panics
    ///
    /// If the map is full; `http` allows 32,768 entries.
    pub fn insert_into(&self, request: &mut HeaderMap) {
        if let Some((name, value)) = self.line(request.get_all(COOKIE)) {
            request.insert(name, value);
        }
    }

    /// The header line of the session; `cookies` are the values of the `Cookie` headers that it replaces.
    pub(crate) fn line<'a>(
        &self,
        cookies: impl IntoIterator<Item = &'a HeaderValue>,
    ) -> Option<(HeaderName, HeaderValue)> {
        match &self.0 {
            Affinity::HeaderField { name, id } => {
                let id = id.as_ref()?;
                Some((name.header_name().clone(), id.encode()))
            }
            Affinity::Cookie(cookie) => Some((COOKIE, cookie.as_ref()?.encode_with(cookies))),
            Affinity::Mcp(id) => Some((McpSessionId::NAME, id.as_ref()?.encode())),
        }
    }

    /// Refuses a session whose header the library, the HTTP client or the caller writes.
    pub(crate) fn check(&self, extra: &[ExtraHeader]) -> Result<(), InputError> {
        let Affinity::HeaderField { name, .. } = &self.0 else {
            return Ok(());
        };
        let name = name.header_name();
        let is_reserved = if name.as_str().starts_with("x-acs-") {
            ACS3_HEADERS.contains(&name.as_str())
        } else {
            ExtraHeader::is_reserved(name)
        };
        if is_reserved || extra.iter().any(|header| header.name() == name) {
            let field = "session header name";
            let detail = format!("{name} is written by the library or as an extra header");
            return Err(InputError::new(InputErrorKind::ReservedHeader, field).detail(detail));
        }
        Ok(())
    }

    pub(crate) const fn needs_trigger(&self) -> bool {
        matches!(self.0, Affinity::Mcp(_))
    }
}

/// Replaces a value by a new one, if there is one; returns whether it changed.
fn replace<T: PartialEq>(old: &mut Option<T>, new: Option<T>) -> bool {
    let changed = new.is_some() && *old != new;
    if changed {
        *old = new;
    }
    changed
}

impl From<SessionCookie> for Session {
    fn from(cookie: SessionCookie) -> Self {
        Self(Affinity::Cookie(Some(cookie)))
    }
}

impl From<McpSessionId> for Session {
    fn from(id: McpSessionId) -> Self {
        Self(Affinity::Mcp(Some(id)))
    }
}
