//! `--record`: the files of requests, and what `fcgate why` makes of them.

use std::fs;

use fc_local::Options;
use fcgate_protocol::{Credentials, Scheme};
use fcgate_why::{self as why, SignatureStatus};

use super::client::{KEY_ID, Request, SECRET, TestServer};

#[test]
fn why_explains_a_recorded_request_as_the_log_does() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = Options::new();
    options.record = Some(folder.path().join("requests"));
    let server = TestServer::with(options);
    let mut request = Request::of("echo").by(Scheme::Acs3);
    request.secret = "dummySecretForLoopbackOnly\n";
    server.send(&request);
    server.send(&Request::of("echo"));
    let text = fs::read(folder.path().join("requests/serve.echo.1.http")).unwrap();
    let exchange = why::read_exchange(&text).unwrap();
    let key = Credentials::new(KEY_ID, SECRET);
    let explanation = why::explain(&exchange, Some(&key)).unwrap();
    let cause = &explanation.causes[0];
    assert_eq!(cause.mutant, Some("secret-with-white-space"));
    let log = server.log();
    assert!(log.contains(&cause.summary), "{log}");
    let text = fs::read(folder.path().join("requests/serve.echo.2.http")).unwrap();
    let exchange = why::read_exchange(&text).unwrap();
    let explanation = why::explain(&exchange, Some(&key)).unwrap();
    assert_eq!(explanation.signature, SignatureStatus::Valid);
}

#[test]
fn a_recorded_request_has_no_security_token_except_the_printed_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = Options::new();
    options.record = Some(folder.path().to_owned());
    let server = TestServer::with(options);
    for (header, value) in [
        ("X-Fc-Security-Token", "MarkerToken1"),
        ("x-acs-bearer-token", "MarkerToken2"),
        ("Cookie", "session=MarkerToken3"),
        ("X-Fc-Security-Token", "dummy-sts-token/+=:42"),
    ] {
        server.send(&Request::of("echo").header(header, value));
    }
    server.send(&Request::to(
        "/2021-04-06/services/s/functions/echo/invocations?x-fc-security-token=MarkerToken4",
    ));
    let files = fs::read_dir(folder.path()).unwrap();
    let all: String = files
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    assert_eq!(all.matches("HTTP/1.1\r\n").count(), 5);
    assert!(!all.contains("MarkerToken"), "{all}");
    assert!(all.contains("dummy-sts-token/+=:42"), "{all}");
    assert!(!server.log().contains("MarkerToken"), "{}", server.log());
    let report = fcgate::writers::json(&server.end().report).unwrap();
    assert!(!report.contains("MarkerToken"), "{report}");
}

#[test]
fn a_file_that_cannot_be_written_ends_in_exit_4() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = Options::new();
    options.record = Some(folder.path().join("requests"));
    let server = TestServer::with(options);
    fs::remove_dir(folder.path().join("requests")).unwrap();
    assert_eq!(server.send(&Request::of("echo")).status(), 200);
    let report = server.end().report;
    assert_eq!(report.exit, 4);
    let warning = "a request could not be written into its file";
    assert!(report.warnings.iter().any(|text| text.starts_with(warning)));
}
