//! Statuses: each has an outcome or is an error that contains the response.

use fc_headers::ErrorType;
use fc_response::Outcome;

use super::{outcome, rejected, response};

#[test]
fn statuses_have_the_expected_outcome() {
    for (id, status, expected) in [
        ("rs-001", 200, "Completed"),
        ("rs-002", 202, "Accepted"),
        ("rs-003", 201, "unexpected-status"),
        ("rs-004", 204, "unexpected-status"),
        ("rs-005", 206, "unexpected-status"),
        ("rs-006", 299, "unexpected-status"),
        ("a redirect", 302, "Rejected"),
        ("rs-008", 400, "Rejected"),
        ("rs-009", 418, "Rejected"),
        ("rs-010", 429, "Rejected"),
        ("rs-011", 500, "Rejected"),
        ("rs-012", 503, "Rejected"),
        ("rs-013", 599, "Rejected"),
        ("above 599", 600, "unexpected-status"),
        ("rs-015", 999, "unexpected-status"),
        ("switching protocols", 101, "unexpected-status"),
    ] {
        assert_eq!(outcome(response(status, &[], "")), expected, "{id}");
    }
    assert!(rejected(response(429, &[], "")).is_throttled(), "rs-010");

    let unhandled: &[(&str, &[u8])] = &[("X-Fc-Error-Type", b"UnhandledInvocationError")];
    let failed = response(404, unhandled, r#"{"errorMessage":"x"}"#);
    let Outcome::FunctionFailed(error) = Outcome::from_unidentified_response(failed).unwrap()
    else {
        panic!("rs-016")
    };
    assert_eq!(
        (error.status().as_u16(), error.error_type()),
        (404, ErrorType::Unhandled)
    );

    assert_eq!(
        outcome(response(202, &[], "surprise")),
        "Accepted",
        "rs-017"
    );

    let portal = || {
        response(
            200,
            &[("Content-Type", b"text/html")],
            "<html>captive portal</html>",
        )
    };
    assert_eq!(outcome(portal()), "Completed", "rs-019");
    let error = Outcome::from_response(portal()).unwrap_err();
    assert!(error.to_string().starts_with("not-fc: "), "rs-019: {error}");
    assert_eq!(error.into_response().body(), "<html>captive portal</html>");
}
