//! `fcgate why` on recorded requests of official SDKs.

use fcgate_cases::corpus::Files;
use fcgate_cases::recorded_traffic::{RecordedRequest, recordings};
use fcgate_why::{self as why, Body, CapturedRequest, Exchange, Explanation, SignatureStatus};

/// The mistake in each recorded request whose signature a strict service rejects.
///
/// Source: the recordings and their notes.
const CAUSES: [(&str, &str); 12] = [
    (
        "qualifier_encoding",
        "query-signed|name-split-by-question-mark",
    ),
    ("date_header", "date-of-the-clock"),
    ("names_reserved", "name-unescaped"),
    ("names_dots", "dot-segments-folded"),
    ("xfc_trailing_ws", "values-untrimmed"),
    ("xfc_leading_ws", "values-untrimmed"),
    (
        "xfc_latin1_value",
        "values-signed-in-utf-8|acs3-values-signed-in-utf-8",
    ),
    (
        "xfc_same_name_two_cases",
        "value-signed-twice|two-values-signed-one-sent|acs3-two-values-signed-one-sent",
    ),
    ("xfc_override_type", "acs3-two-values-signed-one-sent"),
    ("http_path_encoded", "path-escaped"),
    ("http_get_query", "trigger-query-decoded-whole"),
    (
        "content_type_custom",
        "content-type-in-lower-case-only|acs3-two-values-signed-one-sent",
    ),
];

/// The request as it would be read from a capture.
pub(super) fn captured(request: &RecordedRequest) -> CapturedRequest {
    let mut captured = CapturedRequest::new(&request.method, &request.target);
    captured.headers.clone_from(&request.headers);
    captured.body = match (&request.body, &request.body_sha256) {
        (Some(body), _) => Body::Whole(body.clone()),
        (None, Some(digest)) => Body::Digest(digest.clone()),
        (None, None) => Body::Whole(Vec::new()),
    };
    captured
}

fn explained(request: &RecordedRequest, near: &[RecordedRequest]) -> Explanation {
    let mut captured = captured(request);
    // All requests of a recording were made within seconds.
    let date = near.iter().flat_map(|request| &request.headers);
    let date = date
        .filter(|(name, _)| name.eq_ignore_ascii_case("date"))
        .find_map(|(_, date)| {
            let parser = jiff::fmt::rfc2822::DateTimeParser::new();
            parser.parse_timestamp(date).ok()
        });
    captured.sent.extend(date);
    why::explain(&Exchange::new(captured), Some(&request.credentials)).unwrap()
}

#[test]
fn recorded_requests_that_follow_the_published_rule_are_valid() {
    let mut seen = 0;
    let mut without_token = Vec::new();
    for recording in recordings(&Files::embedded()).unwrap() {
        for request in recording.requests.iter().filter(|request| request.verifies) {
            let explanation = explained(request, &recording.requests);
            let name = format!("{}, {}", recording.sdk, request.case);
            assert_eq!(explanation.signature, SignatureStatus::Valid, "{name}");
            for cause in &explanation.causes {
                without_token.push((name.clone(), cause.mutant));
            }
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen}");
    // This SDK sends no token if the access key id does not begin with STS.
    let dropped = "node-fc2-2.6.6, sts_with_plain_ak".to_owned();
    assert_eq!(without_token, [(dropped, Some("security-token-not-sent"))]);
}

#[test]
fn other_signed_recorded_requests_are_invalid_with_the_recorded_cause() {
    let (mut named, mut all) = (0, 0);
    let mut missed = Vec::new();
    for recording in recordings(&Files::embedded()).unwrap() {
        let signed = recording.requests.iter().filter(|request| {
            !request.verifies && matches!(request.scheme.as_str(), "fc" | "acs3")
        });
        for request in signed {
            let explanation = explained(request, &recording.requests);
            let name = format!("{}, {}", recording.sdk, request.case);
            assert_eq!(explanation.signature, SignatureStatus::Invalid, "{name}");
            let (_, causes) = CAUSES
                .into_iter()
                .find(|(case, _)| *case == request.case)
                .unwrap_or_else(|| panic!("{name} has no cause"));
            let found: Vec<_> = explanation
                .causes
                .iter()
                .filter_map(|cause| cause.mutant)
                .collect();
            all += 1;
            if matches!(found[..], [one] if causes.split('|').any(|cause| cause == one)) {
                named += 1;
            } else {
                missed.push(format!("{name}: {found:?}"));
            }
        }
    }
    assert!(all >= 25, "{all}");
    assert_eq!(missed, Vec::<String>::new(), "{named} of {all}");
}

#[test]
fn recorded_requests_of_the_older_scheme_have_their_own_cause() {
    let mut older = 0;
    for recording in recordings(&Files::embedded()).unwrap() {
        let others = recording
            .requests
            .iter()
            .filter(|request| matches!(request.scheme.as_str(), "acs-v1" | "none"));
        for request in others {
            let explanation = explained(request, &recording.requests);
            if request.scheme == "acs-v1" {
                assert_eq!(explanation.scheme.name(), "acs-v1");
                assert_eq!(explanation.signature, SignatureStatus::Invalid);
                let causes: Vec<_> = explanation.causes.iter().map(|it| it.mutant).collect();
                assert_eq!(causes, [Some("older-scheme-of-the-gateway")]);
                assert_eq!(
                    explanation.notes,
                    ["by the rule of that scheme the signature is valid"],
                    "{}",
                    recording.sdk
                );
                older += 1;
            } else {
                assert_eq!(explanation.signature, SignatureStatus::Unsigned);
            }
        }
    }
    assert_eq!(older, 4);
}
