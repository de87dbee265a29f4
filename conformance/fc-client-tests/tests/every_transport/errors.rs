//! Errors say what they know: a compressed body, the limit that was reached.

use std::time::Duration;

use fc_invoke::{ExtraHeader, InvokeErrorKind, InvokeFunctionInput, InvokeOptions, Target};
use fc_transport::{ExchangeLimits, TimeLimit};
use fcgate_http::origin::{Script, Step};

use crate::responses::COMPRESSED;
use crate::transports::{MAX_WAIT, input, invoke_each, then_success};

#[test]
fn a_compressed_503_is_not_retried_and_the_error_says_that_it_cannot_be_read() {
    let target = Target::v2023_03_30("fn".parse().unwrap());
    let accepting = ExtraHeader::try_from(("Accept-Encoding", "gzip")).unwrap();
    let input = InvokeFunctionInput::builder(target).header(accepting);
    let input = input.build().unwrap();
    let script = then_success(COMPRESSED);
    let limits = ExchangeLimits::default().total(MAX_WAIT);
    for exchange in invoke_each(&script, limits, &input, InvokeOptions::default()) {
        let backend = exchange.backend;
        let failure = exchange.result.unwrap().into_result().unwrap_err();
        assert_eq!(
            failure.metadata().content_coding(),
            Some("gzip"),
            "{backend:?}"
        );
        assert!(
            failure.may_have_run() && !failure.is_retryable(),
            "{backend:?}"
        );
        assert_eq!(
            failure.to_string(),
            "rejected with status 503: the body is compressed (gzip), so that no code or message can be read; send no \
             Accept-Encoding (request id 1-65)",
            "{backend:?}"
        );
        assert_eq!(exchange.origin.invocations(), 1, "{backend:?}");
    }
}

#[test]
fn the_limit_of_an_attempt_that_was_reached_is_named_while_the_result_still_arrives() {
    let head = "HTTP/1.1 200 OK\r\nX-Fc-Request-Id: 1-65\r\nTransfer-Encoding: chunked\r\n\r\n";
    let events = Step::drip("1\r\ne\r\n".repeat(10_000), Duration::from_millis(20));
    let script = Script::every([Step::ReadRequest, Step::send(head), events]);
    let limits = ExchangeLimits::default()
        .total(Duration::from_millis(300))
        .idle(MAX_WAIT);
    for exchange in invoke_each(&script, limits, &input(), InvokeOptions::default()) {
        let error = exchange.result.unwrap_err();
        let InvokeErrorKind::Transport(cause) = error.kind() else {
            panic!("{error:?}")
        };
        assert_eq!(
            cause.time_limit(),
            Some(TimeLimit::Total),
            "{:?}",
            exchange.backend
        );
        assert_eq!(
            error.to_string(),
            "transport: timeout: the exchange exceeded ExchangeLimits::total"
        );
        assert!(error.may_have_run());
    }
}
