//! Rule 6: a body beyond the limit is refused. Also the time limits of an exchange.

use std::time::Duration;

use fc_transport::TransportErrorKind::{Protocol, Timeout};
use fc_transport::{ExchangeLimits, Transport as _};

use crate::{HELLO, Origin, Subject, error_kind, post};

/// The limit holds for a declared length and for a chunked body.
pub async fn a_body_beyond_the_limit_is_refused_and_one_at_the_limit_is_accepted<S: Subject>() {
    let chunks =
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";
    for reply in [HELLO, chunks] {
        let beyond =
            error_kind::<S>(&Origin::replying(reply), ExchangeLimits::default().body(4)).await;
        assert_eq!(beyond, Protocol);
        let origin = Origin::replying(reply);
        let transport = S::transport(ExchangeLimits::default().body(5));
        let response = transport.send(post(origin.url())).await.unwrap();
        assert_eq!(response.body(), "hello");
    }
}

/// `ExchangeLimits::total` limits the whole exchange and `ExchangeLimits::idle` the wait for the next bytes of a body.
pub async fn the_time_limits_hold_before_and_in_the_body<S: Subject>() {
    let time = Duration::from_millis(50);
    let silent = "";
    let stalled = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe";
    for (reply, limits) in [
        (silent, ExchangeLimits::default().total(time)),
        (stalled, ExchangeLimits::default().total(time)),
        (stalled, ExchangeLimits::default().idle(time)),
    ] {
        let kind = error_kind::<S>(&Origin::replying(reply), limits).await;
        assert_eq!(kind, Timeout, "{reply} {limits:?}");
    }
}
