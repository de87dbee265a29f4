//! Writes every request into a file of its own, in the form that `fcgate why` reads.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use fcgate_http::request::Framing;
use fcgate_text::redaction::{is_token_name, redact_tokens};

use super::received_request::ReceivedRequest;
use super::signature::parameter;

/// The most requests that are written.
pub(super) const MOST: u64 = 10_000;

/// A folder with one file for each request.
#[derive(Debug)]
pub(super) struct RequestFiles {
    folder: PathBuf,
    /// The security token that the server prints. It is a dummy, and `fcgate why` needs it.
    issued_token: String,
}

impl RequestFiles {
    /// Creates the folder, if it does not exist.
    pub(super) fn create(folder: &Path, issued_token: &str) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            issued_token: issued_token.to_owned(),
        })
    }

    /// Writes a request. `id` is its id in the log and in the report.
    pub(super) fn write(&self, id: &str, received: &ReceivedRequest) -> io::Result<()> {
        let path = self.folder.join(format!("{id}.http"));
        fs::write(path, self.bytes(received))
    }

    fn bytes(&self, received: &ReceivedRequest) -> Vec<u8> {
        let (method, target) = (&received.method, self.redacted_target(&received.target));
        let mut head = format!("{method} {target} HTTP/1.1\r\n");
        for (name, value) in &received.headers {
            head += &self.redacted_line(name, value);
            head += "\r\n";
        }
        head += "\r\n";
        // A character of a header is one byte.
        let head = head.chars().map(|one| u8::try_from(one).unwrap_or(b'?'));
        let mut bytes: Vec<u8> = head.collect();
        match received.framing {
            Framing::Chunked if received.body.is_empty() => bytes.extend_from_slice(b"0\r\n\r\n"),
            Framing::Chunked => {
                bytes.extend_from_slice(format!("{:x}\r\n", received.body.len()).as_bytes());
                bytes.extend_from_slice(&received.body);
                bytes.extend_from_slice(b"\r\n0\r\n\r\n");
            }
            Framing::Length(_) | Framing::None => bytes.extend_from_slice(&received.body),
        }
        bytes
    }

    fn redacted_target(&self, target: &str) -> String {
        let is_issued = |piece: &str| {
            let pair = piece.trim_end_matches('&');
            parameter(pair, "x-fc-security-token").as_ref() == Some(&self.issued_token)
                // The place in a list is not a credential, and it is signed.
                || parameter(pair, "nextToken").is_some()
        };
        // The path is a piece, too.
        let pieces = target.split_inclusive(['?', '&']).map(|piece| {
            if is_issued(piece) {
                piece.to_owned()
            } else {
                redact_tokens(piece)
            }
        });
        pieces.collect()
    }

    /// A header line without security tokens, bearer tokens and passwords. The printed token stays.
    fn redacted_line(&self, name: &str, value: &str) -> String {
        let scheme = value.trim().split(' ').next().unwrap_or_default();
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        let is_security_token = is("x-fc-security-token") || is("x-acs-security-token");
        let is_scheme_of_token = ["bearer", "basic"]
            .iter()
            .any(|other| scheme.eq_ignore_ascii_case(other));
        if is_token_name(name) && !is_security_token {
            format!("{name}: [token]")
        } else if is("authorization") && is_scheme_of_token {
            format!("{name}: {scheme} [token]")
        } else if value.trim() == self.issued_token {
            format!("{name}: {value}")
        } else {
            let line = format!("{name}:{value}");
            let redacted = redact_tokens(&line);
            if redacted == line {
                format!("{name}: {value}")
            } else {
                redacted
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::RequestFiles;

    fn files() -> RequestFiles {
        RequestFiles {
            folder: PathBuf::new(),
            issued_token: "CAISdummy==".to_owned(),
        }
    }

    #[test]
    fn only_the_printed_token_stays_in_a_target() {
        for (target, written) in [
            (
                "/f?x-fc-security-token=CAISdummy%3D%3D&access_token=abc&a=1",
                "/f?x-fc-security-token=CAISdummy%3D%3D&access_token=[token]&a=1",
            ),
            (
                "/f?x-fc-security-token=CAISother&a=1",
                "/f?x-fc-security-token=[security token]&a=1",
            ),
            ("/f?nextToken=MTIz%3D&a=1", "/f?nextToken=MTIz%3D&a=1"),
            ("/f?a=1&b", "/f?a=1&b"),
        ] {
            assert_eq!(files().redacted_target(target), written);
        }
    }

    #[test]
    fn the_whole_value_of_a_header_that_is_named_for_a_token_is_replaced() {
        for (name, value, written) in [
            ("Password", "two words", "Password: [token]"),
            ("X-Api-Key", "abc", "X-Api-Key: [token]"),
            ("Cookie", "a=b; c=d", "Cookie: [token]"),
            (
                "Authorization",
                "Bearer abc",
                "Authorization: Bearer [token]",
            ),
            (
                "X-Fc-Security-Token",
                "CAISdummy==",
                "X-Fc-Security-Token: CAISdummy==",
            ),
            (
                "X-Fc-Security-Token",
                "CAISother",
                "X-Fc-Security-Token:[security token]",
            ),
            ("X-Fc-Log-Type", "Tail", "X-Fc-Log-Type: Tail"),
        ] {
            assert_eq!(files().redacted_line(name, value), written);
        }
    }
}
