//! Notes on unusual requests that the server accepts, and the check of Content-MD5.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use std::fmt::Write as _;

use fcgate_cases::corpus::{Level, Stimulus};
use fcgate_cases::judge::Check;
use fcgate_http::request::Framing;

use super::finding::Finding;
use super::received_request::ReceivedRequest;
use super::route::Route;
use super::tasks::{ListQuery, TaskOperation};
use super::trigger_auth::TriggerAuth;
use super::url_encoding::respelled;

/// Returns one sentence for each unusual property of a request. `port` is the port of the server.
pub(super) fn of(received: &ReceivedRequest, route: &Route, port: u16) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = |holds: bool, sentence: &str| {
        if holds {
            notes.push(sentence.to_owned());
        }
    };
    note(received.framing == Framing::Chunked, "the body is chunked");
    note(
        received.framing == Framing::None && received.method == "POST",
        "no Content-Length and no Transfer-Encoding (no body)",
    );
    note(
        received.value("content-type").is_none() && !received.body.is_empty(),
        "a body without a Content-Type",
    );
    let host = received.value("host").unwrap_or_default();
    note(host.is_empty(), "no Host");
    note(
        !host.is_empty()
            && !matches!(route, Route::TriggerHost(..))
            && !host.ends_with(&format!(":{port}")),
        "Host is not the address and port of the server",
    );
    let path = received.target.split('?').next().unwrap_or_default();
    note(
        matches!(route, Route::TriggerHost(_, TriggerAuth::Anonymous))
            && received.value("authorization").is_some(),
        "an Authorization for an anonymous trigger, which was not checked",
    );
    note(
        route.named().is_some() && respelled(path) != path,
        "the path is not percent-encoded as in RFC 3986",
    );
    for (name, value) in &received.headers {
        let is_fc = || name.to_ascii_lowercase().starts_with("x-fc-");
        if value.trim().is_empty() && is_fc() {
            note(true, &format!("{} is empty", shown(name)));
        }
        let count = received.values(name).count();
        if count > 1 {
            note(true, &format!("{} is sent {count} times", shown(name)));
        }
    }
    if let Route::Task(named, operation) = route {
        let query = received.target.split_once('?').unwrap_or_default().1;
        if operation.is_list() {
            let of_tasks = *operation == TaskOperation::List;
            notes.extend(ListQuery::parse(named.revision, of_tasks, query).notes);
        }
        if !received.body.is_empty() {
            let action = operation.action(named.revision);
            notes.push(format!("a body, which {action} does not have"));
        }
    }
    let spelling = content_md5(received).and_then(|(_, spelling)| spelling);
    if let Some(spelling) = spelling.filter(|spelling| *spelling != Spelling::OfBytes) {
        notes.push(spelling.sentence().to_owned());
    }
    notes.sort();
    notes.dedup();
    notes
}

fn shown(name: &str) -> String {
    fcgate_text::visible::line(name, 60)
}

/// The ways in which official SDKs write a Content-MD5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling {
    /// Base64 of the 16 bytes, RFC 1864.
    OfBytes,
    OfHex,
    Hex,
}

impl Spelling {
    fn sentence(self) -> &'static str {
        match self {
            Self::OfBytes => "Content-MD5 is the base64 of the digest",
            Self::OfHex => "Content-MD5 is the base64 of the hex text",
            Self::Hex => "Content-MD5 is the hex text",
        }
    }
}

/// The value of Content-MD5, and its spelling if it is the digest of the body.
fn content_md5(received: &ReceivedRequest) -> Option<(&str, Option<Spelling>)> {
    let value = received
        .value("content-md5")
        .filter(|value| !value.is_empty())?;
    let digest = Md5::digest(&received.body);
    let hex = digest.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let spellings = [
        (Spelling::OfBytes, STANDARD.encode(digest)),
        (Spelling::OfHex, STANDARD.encode(&hex)),
        (Spelling::Hex, hex),
    ];
    let found = spellings.into_iter().find(|(_, text)| text == value);
    Some((value, found.map(|(spelling, _)| spelling)))
}

/// Checks that Content-MD5 is the digest of the body. Returns `None` if the request has no Content-MD5.
pub(super) fn digest(received: &ReceivedRequest, stimulus: &Stimulus) -> Option<Finding> {
    let (value, spelling) = content_md5(received)?;
    let title = "A Content-MD5 is the digest of the body.".to_owned();
    let mut finding = Finding::new("content-md5", Level::Should, title, stimulus.clone());
    finding.because = "A server that compares it treats the body as damaged.";
    let expected = "the MD5 of the body, in base64, in hex, or in base64 of the hex text";
    let actual = spelling.map_or(value, |spelling| spelling.sentence());
    let check = Check::holds("content-md5", spelling.is_some(), expected, actual);
    finding.check(check, "FC-SIGN-005");
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::{Framing, digest, of};
    use crate::received_request::ReceivedRequest;
    use crate::route::Route;
    use fcgate_http::request::Request;

    fn notes(request: &str) -> Vec<String> {
        let received = ReceivedRequest::from(Request::parse(request.as_bytes()).unwrap());
        assert!(received.framing != Framing::Chunked || request.contains("chunked"));
        of(
            &received,
            &Route::of_request("POST", &received.target, ""),
            80,
        )
    }

    const PATH: &str = "/2023-03-30/functions/f/invocations";

    #[test]
    fn what_official_sdks_do_is_noted() {
        for (request, note) in [
            (
                format!("POST {PATH} HTTP/1.1\r\nHost: h:80\r\n\r\n"),
                Some("no Content-Length"),
            ),
            (
                format!("POST {PATH} HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n"),
                Some("Host is not the address"),
            ),
            (
                format!("POST {PATH} HTTP/1.1\r\nHost: h:80\r\nContent-Length: 1\r\n\r\nx"),
                Some("without a Content-Type"),
            ),
            (
                format!(
                    "POST {PATH} HTTP/1.1\r\nHost: h:80\r\nX-Fc-Account-Id:\r\nContent-Length: 0\r\n\r\n"
                ),
                Some("X-Fc-Account-Id is empty"),
            ),
            (
                format!(
                    "POST {PATH} HTTP/1.1\r\nHost: h:80\r\nContent-Length: 0\r\n\
                     Content-MD5: d41d8cd98f00b204e9800998ecf8427e\r\n\r\n"
                ),
                Some("Content-MD5 is the hex text"),
            ),
            (
                format!(
                    "POST {PATH} HTTP/1.1\r\nHost: h:80\r\nContent-Length: 0\r\n\
                     Content-MD5: 1B2M2Y8AsgTpgAmY7PhCfg==\r\n\r\n"
                ),
                None,
            ),
        ] {
            let notes = notes(&request);
            match note {
                Some(note) => {
                    assert_eq!(notes.len(), 1, "{notes:?}");
                    assert!(notes[0].contains(note), "{notes:?}");
                }
                None => assert!(notes.is_empty(), "{notes:?}"),
            }
        }
    }

    #[test]
    fn another_digest_is_a_finding() {
        let request = format!("POST {PATH} HTTP/1.1\r\nContent-MD5: x\r\n\r\n");
        let received = ReceivedRequest::from(Request::parse(request.as_bytes()).unwrap());
        let stimulus = fcgate_cases::corpus::Corpus::embedded().unwrap().cases()[0]
            .stimulus
            .clone();
        assert!(digest(&received, &stimulus).unwrap().failed());
    }
}
