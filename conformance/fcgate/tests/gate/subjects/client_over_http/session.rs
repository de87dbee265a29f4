//! The session of an invocation, and the id that the service returned for it.

use std::error::Error;

use fc_headers::{SessionCookie, SessionId};
use fc_invoke::Session;
use fcgate_protocol as protocol;
use http::HeaderMap;

pub(super) fn of(given: &protocol::Session) -> Result<Session, Box<dyn Error>> {
    Ok(match given {
        protocol::Session::Header { name, id: None } => Session::header_field(name.parse()?),
        protocol::Session::Header { name, id: Some(id) } => {
            Session::with_id(name.parse()?, id.parse()?)
        }
        protocol::Session::Cookie { id: None } => Session::cookie(),
        protocol::Session::Cookie { id: Some(id) } => id.parse::<SessionCookie>()?.into(),
    })
}

pub(super) fn returned_id(given: &protocol::Session, response: &HeaderMap) -> Option<String> {
    match given {
        protocol::Session::Header { name, .. } => {
            let id = SessionId::from_map(&name.parse().ok()?, response);
            id.ok().flatten().map(|id| id.to_string())
        }
        protocol::Session::Cookie { .. } => {
            let cookie = SessionCookie::from_set_cookie(response);
            cookie
                .ok()
                .flatten()
                .map(|cookie| cookie.value().to_owned())
        }
    }
}
