//! The sessions of a server, and the session of a request.

use std::sync::{Mutex, MutexGuard, PoisonError};

use fcgate_cases::oracle::sha256_hex;
use fcgate_text::visible;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::received_request::ReceivedRequest;
use crate::recent_map::RecentMap;
use crate::resource_names::ResourceNames;
use crate::service_error::ServiceError;

use super::cookie;
use super::rule::SessionRule;
use super::session::Session;
use super::session_header_name::SessionHeaderName;

/// The most sessions. The oldest are removed.
const MOST: usize = 10_000;

/// The header of MCP with the session id.
const MCP: &str = "Mcp-Session-Id";

/// Service, function and session id.
type Key = (Option<String>, String, String);

/// All sessions of a server.
#[derive(Debug)]
pub(crate) struct Affinity {
    header: SessionHeaderName,
    /// A text that makes the ids of this server differ from those of others.
    seed: String,
    sessions: Mutex<RecentMap<Key, Session>>,
}

/// The answer to a request with a session.
#[derive(Debug)]
pub(crate) struct SessionAnswer {
    pub(crate) json: Value,
    /// The header that carries a made id.
    pub(crate) header: Option<(String, String)>,
    /// One sentence about the session, for the log.
    pub(crate) session: String,
}

impl Affinity {
    pub(crate) fn new(header: SessionHeaderName, seed: String) -> Self {
        Self {
            header,
            seed,
            sessions: Mutex::default(),
        }
    }

    /// The name of the header that carries the session id.
    pub(crate) fn header(&self) -> &str {
        self.header.as_str()
    }

    /// The id that a request carries for a function with this rule.
    pub(crate) fn sent<'a>(
        &self,
        rule: SessionRule,
        received: &'a ReceivedRequest,
    ) -> Option<&'a str> {
        match rule {
            SessionRule::Cookie => cookie::of(received),
            SessionRule::Mcp => received.value(MCP),
            _ => received.value(self.header()).filter(|id| !id.is_empty()),
        }
    }

    /// Whether the id that a request carries has the form of the documents; `None` without an id.
    pub(crate) fn is_valid(&self, rule: SessionRule, received: &ReceivedRequest) -> Option<bool> {
        let id = self.sent(rule, received)?;
        Some(match rule {
            SessionRule::Cookie => cookie::is_uuid(id),
            // The grammar of MCP: visible ASCII.
            SessionRule::Mcp => !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_graphic()),
            _ => is_session_id(id),
        })
    }

    /// The answer to a request for a function with this rule.
    pub(crate) fn answer(
        &self,
        rule: SessionRule,
        received: &ReceivedRequest,
        names: &ResourceNames,
        request_id: &str,
        now: Timestamp,
    ) -> Result<SessionAnswer, ServiceError> {
        if self.is_valid(rule, received) == Some(false) {
            let message = "the session id is invalid";
            let error = ServiceError::new(400, "InvalidArgument", message);
            return Err(error.assumed("no source has the answer to a malformed session id"));
        }
        let sent = self.sent(rule, received);
        let id = sent.map_or_else(|| self.made(rule, request_id), str::to_owned);
        let is_known = rule != SessionRule::Mcp || sent.is_none() || self.has(names, &id);
        if !is_known {
            return Err(mcp_session_not_found());
        }
        let (requests, what) = self.enter(rule, names, &id, now.as_second())?;
        if rule == SessionRule::Mcp && received.method == "DELETE" {
            self.end(names, &id);
        }
        let what = if sent.is_none() { "made, new" } else { what };
        let header = sent.is_none().then(|| match rule {
            SessionRule::Cookie => ("Set-Cookie".to_owned(), cookie::set(&id)),
            SessionRule::Mcp => (MCP.to_owned(), id.clone()),
            _ => (self.header.to_string(), id.clone()),
        });
        Ok(SessionAnswer {
            session: format!("{} ({what}), request {requests}", visible::line(&id, 64)),
            json: json!({"session": id, "request": requests}),
            header,
        })
    }

    /// Counts a request of a session. Returns the number of its requests, and whether it is new.
    fn enter(
        &self,
        rule: SessionRule,
        names: &ResourceNames,
        id: &str,
        now: i64,
    ) -> Result<(u64, &'static str), ServiceError> {
        let mut sessions = self.lock();
        let Some(session) = sessions.get_mut(&key(names, id)) else {
            sessions.add(key(names, id), Session::new(now));
            if sessions.len() > MOST {
                sessions.forget_oldest();
            }
            return Ok((1, "new"));
        };
        if session.has_ended(rule.most_requests(), now) {
            if rule == SessionRule::Mcp {
                return Err(mcp_session_not_found());
            }
            if rule == SessionRule::NoReuse {
                let message = "the session has expired, and its id cannot be used again";
                let error = ServiceError::new(400, "InvalidArgument", message);
                let assumed = "no source has the status and the code for a refused session id";
                return Err(error.assumed(assumed));
            }
            *session = Session::new(now);
            return Ok((1, "expired, so the same id starts a new session"));
        }
        if rule == SessionRule::Busy {
            let message = "the concurrency limit of the instance of the session is reached";
            let error = ServiceError::new(429, "ResourceExhausted", message);
            return Err(error.assumed("no source has the code of this 429"));
        }
        session.go_on(now);
        Ok((session.requests, "kept"))
    }

    fn has(&self, names: &ResourceNames, id: &str) -> bool {
        self.lock().get_mut(&key(names, id)).is_some()
    }

    fn end(&self, names: &ResourceNames, id: &str) {
        if let Some(session) = self.lock().get_mut(&key(names, id)) {
            session.end();
        }
    }

    fn lock(&self) -> MutexGuard<'_, RecentMap<Key, Session>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn made(&self, rule: SessionRule, request_id: &str) -> String {
        let digest = sha256_hex(format!("{} {request_id}", self.seed).as_bytes());
        let digits: String = digest.chars().take(32).collect();
        match rule {
            SessionRule::Cookie => cookie::uuid(&digits),
            _ => digits,
        }
    }
}

fn key(names: &ResourceNames, id: &str) -> Key {
    (names.service.clone(), names.function.clone(), id.to_owned())
}

/// The answer of an MCP server to the id of no session: the client has to start a new one.
fn mcp_session_not_found() -> ServiceError {
    let error = ServiceError::new(404, "SessionNotFound", "the MCP session does not exist");
    error.assumed("the status is that of MCP; the body of an MCP server differs")
}

/// Whether a text is a session id of `HEADER_FIELD` affinity.
fn is_session_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    text.len() <= 64
        && bytes
            .next()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::is_session_id;

    #[test]
    fn session_ids_outside_the_grammar_are_rejected() {
        for id in ["1", "_", "a-b_9", &"x".repeat(64)] {
            assert!(is_session_id(id), "{id}");
        }
        for id in ["", "-a", "a b", "a.b", "\u{fc}", &"x".repeat(65)] {
            assert!(!is_session_id(id), "{id}");
        }
    }
}
