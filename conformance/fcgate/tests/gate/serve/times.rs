//! The time in a request, and the clock of the server.

use fc_conformance::verdict::Verdict;
use fcgate_cases::judge::Status;
use fcgate_protocol::Scheme;

use super::client::{Request, TestServer, raw};

#[test]
fn a_request_without_a_date_is_refused() {
    let server = TestServer::new();
    let request = Request::of("echo");
    let mut headers = request.signed("h");
    headers.remove("Date");
    let answer = raw(server.address(), "POST", &request.target, &headers, b"");
    assert_eq!(answer.status(), 400);
    let message = "required HTTP header Date was not specified";
    assert!(answer.text().contains(message), "{}", answer.text());
}

#[test]
fn a_correctly_signed_request_with_a_clock_that_is_too_far_off_is_refused() {
    for (scheme, sent, now) in [
        (
            Scheme::Fc,
            "Wed, 11 May 2022 09:00:00 GMT",
            "Wed, 11 May 2022 11:00:00 GMT",
        ),
        (Scheme::Acs3, "2022-05-11T09:00:00Z", "2022-05-11T11:00:00Z"),
    ] {
        let server = TestServer::new();
        server.set_clock("2022-05-11T11:00:00Z".parse().unwrap());
        let answer = server.send(&Request::of("echo").by(scheme));
        assert_eq!(answer.status(), 403);
        let message = format!(
            "the difference between the request time '{sent}' and the current time '{now}' is too large"
        );
        assert!(answer.text().contains(&message), "{}", answer.text());
        let log = server.log();
        assert!(log.contains("refused: the time of the request is"), "{log}");
        assert!(
            log.contains("clock      the request is 7200 s behind"),
            "{log}"
        );
        let session = server.end();
        assert_eq!(session.report.exit, 1);
        let case = session.report.case("serve.echo.1.signature").unwrap();
        assert_eq!(case.status, Status::Fail);
    }
}

#[test]
fn a_date_that_cannot_be_read_is_refused() {
    let server = TestServer::new();
    let mut request = Request::of("echo");
    request.date = "2022-05-11T09:00:00Z".to_owned();
    let answer = server.send(&request);
    assert_eq!(answer.status(), 400);
    assert!(
        answer.text().contains("InvalidArgument"),
        "{}",
        answer.text()
    );
    assert_eq!(server.end().report.exit, 1);
}

#[test]
fn a_date_with_a_wrong_weekday_is_accepted_and_fails_at_level_should() {
    let server = TestServer::new();
    let mut request = Request::of("echo");
    request.date = "Tue, 11 May 2022 09:00:00 GMT".to_owned();
    assert_eq!(server.send(&request).status(), 200);
    let report = server.end().report;
    let form = report.case("serve.echo.1.time-form").unwrap();
    assert_eq!(
        form.checks[0].expected_text().as_deref(),
        Some("`Wed, 11 May 2022 09:00:00 GMT`")
    );
    assert_eq!(report.verdict, Verdict::Conforming);
}
