//! Every refusal tells its code and why.

use fc_conformance::verdict::Verdict;
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{HeaderList, SignKind};

use super::client::{KEY_ID, Request, SECRET, Stand, raw};

#[test]
fn a_refusal_that_is_not_about_the_signature_tells_its_code_and_why() {
    let stand = Stand::new();
    let tail = Request::of("echo")
        .header("X-Fc-Invocation-Type", "Async")
        .header("X-Fc-Log-Type", "Tail");
    for (request, told) in [
        (
            tail,
            "400 InvalidArgument\n  because: LogType is set to an invalid value",
        ),
        (
            Request::of("ehco"),
            "404 FunctionNotFound\n  because: function 'ehco' does not exist in service 's'\n  \
             next: did you mean `echo`?\n",
        ),
        (
            Request::of("no-such-function"),
            "404 FunctionNotFound\n  because: function 'no-such-function' does not exist",
        ),
        (
            Request::to("/2021-04-06/services/s/functions/echo"),
            "400 PathNotSupported\n  because: 'POST' against",
        ),
        (
            Request::of("denied"),
            "403 AccessDenied, as `denied` plays it\n",
        ),
        (
            Request::of("empty-error"),
            "502, as `empty-error` plays it\n",
        ),
    ] {
        let before = stand.log().len();
        stand.send(&request);
        let log: String = stand.log().split_off(before);
        let lines = log.lines().filter(|line| {
            !["  accepted:", "  noted:", "  warning:"]
                .iter()
                .any(|label| line.starts_with(label))
        });
        let log: String = lines.flat_map(|line| [line, "\n"]).collect();
        assert!(log.contains(told), "{told}: {log}");
    }
}

#[test]
fn a_session_that_reached_no_function_proves_nothing() {
    let stand = Stand::new();
    assert_eq!(stand.send(&Request::of("ehco")).status(), 404);
    let served = stand.end();
    assert_eq!(served.report.verdict, Verdict::Incomplete);
    let warnings = &served.report.warnings;
    assert!(
        warnings
            .iter()
            .any(|text| text.contains("no request was for a function")),
        "{warnings:?}"
    );
}

#[test]
fn a_body_beyond_the_limit_is_refused_as_the_manual_says() {
    let stand = Stand::new();
    let with = |length: usize| Request {
        body: vec![b'a'; length],
        ..Request::of("empty")
    };
    let is_async = |request: Request| request.header("X-Fc-Invocation-Type", "Async");
    for (request, status, limit) in [
        (with((32 << 20) + 1), 400, "(33554432 bytes)"),
        (is_async(with((128 << 10) + 1)), 400, "(131072 bytes)"),
        (is_async(with(128 << 10)), 202, ""),
        (with((128 << 10) + 1), 200, ""),
    ] {
        let answer = stand.send(&request);
        assert_eq!(answer.status(), status, "{}", request.body.len());
        if status == 400 {
            let text = answer.text();
            assert!(
                text.contains("EntityTooLarge") && text.contains(limit),
                "{text}"
            );
        }
    }
}

#[test]
fn a_signed_url_is_good_until_its_time() {
    let stand = Stand::new();
    let unsigned =
        format!("/2016-08-15/proxy/s/echo/a?x-fc-access-key-id={KEY_ID}&x-fc-expires=1652260500");
    let request = WireRequest::new("GET", &unsigned);
    let stages = oracle::fc_stages(&request, SignKind::PresignedUrl, SECRET);
    let signature = stages.signature.unwrap().replace('+', "%2B");
    let target = format!("{unsigned}&x-fc-signature={signature}");
    let answer = raw(stand.address(), "GET", &target, &HeaderList::new(), b"");
    assert_eq!(answer.status(), 403, "{}", stand.log());
    let body: serde_json::Value = serde_json::from_str(&answer.body()).unwrap();
    assert_eq!(body["ErrorCode"], "AccessDenied");
    let log = stand.log();
    assert!(
        log.contains(
            "refused: the signature is right, but the time of the URL (x-fc-expires) was over"
        ),
        "{log}"
    );
    // The client signs rightly; its clock or its patience is another matter.
    let served = stand.end();
    assert!(
        !served
            .report
            .case("serve.echo.1.signature")
            .unwrap()
            .status
            .is_red()
    );
}

#[test]
fn a_page_has_no_row_without_content() {
    let stand = Stand::new();
    let mut request = Request::of("echo").header("User-Agent", "my-client/1.0 (linux)");
    request.secret = "anotherDummySecret0123456789";
    stand.send(&request);
    let served = stand.end();
    let page = fcgate::writers::html(&served.report, &served.corpus);
    assert!(page.contains("<dt>why</dt>") && !page.contains("<dt>evidence</dt>"));
    let subject = &served.report.subject;
    assert_eq!(
        (subject.name.as_str(), subject.version.as_str()),
        ("my-client", "1.0")
    );
}
