//! Replaces a recorded request with the one that the SDK sends now.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::messages::SentRequest;
use super::recording::{Pair, Request};

/// Stores the sent request and returns the parts that changed.
pub(super) fn update(
    request: &mut Request,
    sent: SentRequest,
) -> Result<Vec<&'static str>, String> {
    let mut changed = Vec::new();
    if (&request.method, &request.target) != (&sent.method, &sent.target) {
        changed.push("request line");
    }
    let headers = without_kernel_version(sent.headers);
    if request.headers != headers {
        changed.push("headers");
    }
    if update_body(request, sent.body_b64)? {
        changed.push("body");
    }
    (request.method, request.target, request.headers) = (sent.method, sent.target, headers);
    Ok(changed)
}

/// Stores the body, or its length and digest if the recording has those; returns whether it changed.
fn update_body(request: &mut Request, body_b64: String) -> Result<bool, String> {
    if request.body_length.is_none() {
        let is_same = request.body_b64.as_deref().unwrap_or_default() == body_b64;
        if !is_same {
            request.body_b64 = Some(body_b64);
        }
        return Ok(!is_same);
    }
    let body = STANDARD
        .decode(&body_b64)
        .map_err(|error| format!("{}: {error}", request.case))?;
    let mut digest = String::new();
    for byte in Sha256::digest(&body) {
        let _ = write!(digest, "{byte:02x}");
    }
    let new = (Some(body.len() as u64), Some(digest));
    let is_same = (request.body_length, &request.body_sha256) == (new.0, &new.1);
    (request.body_length, request.body_sha256) = new;
    Ok(!is_same)
}

/// Removes the version of the operating system from user agents that contain it.
fn without_kernel_version(mut headers: Vec<Pair>) -> Vec<Pair> {
    for header in headers.iter_mut().filter(|header| header.is("user-agent")) {
        if let Some((before, _)) = header.1.split_once(".Linux-") {
            header.1 = format!("{before}.Linux");
        }
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_agent_loses_its_kernel_version() {
        let agent = Pair(
            "User-Agent".into(),
            "sdk.python-3.11.7.Linux-6.1.0-x86_64".into(),
        );
        let headers = without_kernel_version(vec![agent]);
        assert_eq!(headers[0].1, "sdk.python-3.11.7.Linux");
    }
}
