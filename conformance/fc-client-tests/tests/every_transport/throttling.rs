//! A throttled request is sent again, whatever status and code say so.

use std::time::Duration;

use fc_invoke::{InvokeOptions, RetryPolicy};
use fc_transport::ExchangeLimits;

use crate::responses::THROTTLED;
use crate::transports::{Exchange, input, invoke_each, then_success, with_length};

fn exchanges(first: &[u8], options: InvokeOptions) -> Vec<Exchange> {
    let script = then_success(first);
    invoke_each(&script, ExchangeLimits::default(), &input(), options)
}

fn refusal(status: &str, headers: &str, code: &str) -> Vec<u8> {
    let body = format!(r#"{{"RequestId":"1-65","Code":"{code}","Message":"slow down"}}"#);
    with_length(
        format!("HTTP/1.1 {status}\r\nX-Fc-Request-Id: 1-65\r\n{headers}\r\n{body}").as_bytes(),
    )
}

#[test]
fn a_request_that_the_gateway_throttled_with_400_is_sent_again() {
    let response = with_length(THROTTLED);
    for Exchange {
        backend,
        result,
        origin,
    } in exchanges(&response, InvokeOptions::default())
    {
        assert_eq!(result.unwrap().status(), 200, "{backend:?}");
        assert_eq!(origin.invocations(), 2, "{backend:?}");
    }
}

#[test]
fn every_status_and_code_that_is_throttled_is_sent_again_and_nothing_else() {
    for (status, code, sent) in [
        ("400 Bad Request", "Throttling", 2),
        ("400 Bad Request", "Throttling.Api", 2),
        ("403 Forbidden", "Throttling.User", 2),
        ("429 Too Many Requests", "ResourceExhausted", 2),
        ("429 Too Many Requests", "Unknown", 2),
        ("503 Service Unavailable", "Throttling.User", 2),
        ("503 Service Unavailable", "ResourceThrottled", 2),
        ("400 Bad Request", "InvalidArgument", 1),
        ("500 Internal Server Error", "Throttling.User", 1),
        ("503 Service Unavailable", "ServiceUnavailable", 1),
    ] {
        let response = refusal(status, "", code);
        for Exchange {
            backend,
            result,
            origin,
        } in exchanges(&response, InvokeOptions::default())
        {
            let shown = format!("{backend:?}: {status} {code}");
            assert_eq!(origin.invocations(), sent, "{shown}");
            let result = result.unwrap().into_result();
            assert_eq!(result.is_ok(), sent == 2, "{shown}");
            if let Err(failure) = result {
                assert!(!failure.is_retryable(), "{shown}");
            }
        }
    }
}

/// The waits of the policy are zero, so that a deadline shorter than the requested wait shows that it would be made.
#[test]
fn a_throttled_request_waits_as_long_as_either_header_asks_for() {
    let options = InvokeOptions::default().deadline(Duration::from_secs(30));
    for headers in [
        "Retry-After: 60\r\n",
        "X-Acs-Retry-After: 60000\r\n",
        "Retry-After: 1\r\nX-Acs-Retry-After: 60000\r\n",
        "Retry-After: 60\r\nX-Acs-Retry-After: 1\r\n",
    ] {
        let policy = RetryPolicy::default()
            .base(Duration::ZERO)
            .cap(Duration::from_secs(600));
        let response = refusal("400 Bad Request", headers, "Throttling.User");
        for exchange in exchanges(&response, options.retry_policy(policy)) {
            let error = exchange.result.unwrap_err();
            assert_eq!(error.code(), Some("Throttling.User"), "{headers}");
            assert!(
                error
                    .to_string()
                    .contains("shorter than the wait before attempt 2"),
                "{error}"
            );
            assert_eq!(
                exchange.origin.invocations(),
                1,
                "{:?}: {headers}",
                exchange.backend
            );
        }
    }
    let response = refusal(
        "400 Bad Request",
        "X-Acs-Retry-After: 60\r\n",
        "Throttling.User",
    );
    for Exchange {
        backend,
        result,
        origin,
    } in exchanges(&response, options)
    {
        assert_eq!(
            result.unwrap().status(),
            200,
            "60 ms are waited for: {backend:?}"
        );
        assert_eq!(origin.invocations(), 2, "{backend:?}");
    }
}
