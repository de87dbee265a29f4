//! Recorded requests of official SDKs.

use fcgate_cases::corpus::Files;
use fcgate_cases::recorded_traffic::{RecordedRequest, recordings};

use super::client::{TestServer, raw, time_of};

/// Whether the server takes the signature of a recorded request.
fn is_accepted(server: &TestServer, recorded: &RecordedRequest) -> bool {
    let body = recorded.body.as_deref().unwrap_or_default();
    let mut headers = recorded.headers.clone();
    headers.retain(|(name, _)| !name.eq_ignore_ascii_case("connection"));
    if let Some(time) = time_of(&headers) {
        server.set_clock(time);
    }
    let before = server.log().len();
    let (method, target) = (&recorded.method, &recorded.target);
    let answer = raw(server.address(), method, target, &headers, body);
    assert!(answer.text().starts_with("HTTP/1.1 "), "{}", recorded.case);
    let logged = server.log().split_off(before);
    !logged.contains("  refused: ") && !logged.contains("  finding: framing")
}

#[test]
fn recorded_requests_that_follow_the_published_rule_are_accepted() {
    let recordings = recordings(&Files::embedded()).unwrap();
    let (mut accepted, mut without_body) = (0, 0);
    for recording in &recordings {
        let server = TestServer::new();
        for recorded in recording
            .requests
            .iter()
            .filter(|recorded| recorded.verifies)
        {
            if recorded.body.is_none() && recorded.body_sha256.is_some() {
                without_body += 1;
                continue;
            }
            assert!(
                is_accepted(&server, recorded),
                "{} {}: {}",
                recording.sdk,
                recorded.case,
                server.log()
            );
            accepted += 1;
        }
    }
    assert!(accepted > 200, "{accepted}");
    assert!(
        without_body < 15,
        "{without_body} were kept without their body"
    );
}

#[test]
fn recorded_requests_that_deviate_are_accepted_only_if_the_sources_disagree() {
    const GRANTED: [&str; 4] = [
        "xfc_trailing_ws",
        "xfc_leading_ws",
        "xfc_latin1_value",
        "http_path_encoded",
    ];
    for recording in recordings(&Files::embedded()).unwrap() {
        let server = TestServer::new();
        for recorded in recording
            .requests
            .iter()
            .filter(|recorded| !recorded.verifies)
        {
            let accepted = is_accepted(&server, recorded);
            let granted = GRANTED.contains(&recorded.case.as_str());
            assert_eq!(
                accepted,
                granted,
                "{} {}: {}",
                recording.sdk,
                recorded.case,
                server.log()
            );
        }
    }
}
