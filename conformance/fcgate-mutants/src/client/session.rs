//! Reads the session id of a response, simple enough to read it in the wrong place.

use fcgate_protocol::{HeaderList, Session};

/// The id that a response has for the affinity of the invocation.
pub(crate) fn read(session: &Session, response: &HeaderList) -> Option<String> {
    match session {
        Session::Header { name, .. } => response.get_trimmed(name).map(str::to_owned),
        Session::Cookie { .. } => {
            let lines = response.get_all_trimmed("set-cookie");
            let lines: Vec<&str> = lines.collect();
            let mut pairs = lines
                .into_iter()
                .map(cookie)
                .filter(|(name, _)| *name == Session::COOKIE);
            // Of several lines the last one counts (RFC 6265, section 5.3).
            pairs.next_back().map(|(_, value)| value.to_owned())
        }
    }
}

/// The name and the value of a `Set-Cookie` line, without its attributes (RFC 6265, section 5.2).
pub(crate) fn cookie(line: &str) -> (&str, &str) {
    let pair = line.split(';').next().unwrap_or_default();
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    (name.trim(), value.trim())
}
