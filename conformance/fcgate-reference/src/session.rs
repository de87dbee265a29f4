//! Sessions, implemented with `fc-invoke` and `fc-headers`.

use fc_headers::{SessionCookie, SessionId};
use fc_invoke::Session;
use http::HeaderMap;

use super::wire::Refused;
use fcgate_protocol as protocol;

/// The session of an invocation.
pub(super) fn session(given: &protocol::Session) -> Result<Session, Refused> {
    Ok(match given {
        protocol::Session::Header { name, id: Some(id) } => {
            Session::with_id(name.parse()?, id.parse()?)
        }
        protocol::Session::Header { name, id: None } => Session::header_field(name.parse()?),
        protocol::Session::Cookie { id: Some(id) } => id.parse::<SessionCookie>()?.into(),
        protocol::Session::Cookie { id: None } => Session::cookie(),
    })
}

/// The id that a response has for the affinity of the invocation.
pub(super) fn id_in_response(
    given: Option<&protocol::Session>,
    response: &HeaderMap,
) -> Option<String> {
    match given? {
        protocol::Session::Header { name, .. } => {
            let id = SessionId::from_map(&name.parse().ok()?, response).ok()??;
            Some(id.to_string())
        }
        protocol::Session::Cookie { .. } => {
            let cookie = SessionCookie::from_set_cookie(response).ok()??;
            Some(cookie.value().to_owned())
        }
    }
}
