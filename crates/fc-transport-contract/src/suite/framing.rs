//! Rule 5: contradictory framing is refused and closes the connection.

use fc_transport::TransportErrorKind::Protocol;
use fc_transport::{ExchangeLimits, Transport as _};

use crate::{HELLO, Origin, Reply, Subject, post};

/// A response with a length and a transfer coding is refused, whatever follows its head.
pub async fn a_response_with_two_lengths_is_refused_and_its_connection_is_not_used_again<
    S: Subject,
>() {
    let both = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n";
    for body in ["5\r\nhello\r\n0\r\n\r\n", "0\r\n\r\n", "5\r\nhel"] {
        let origin = Origin::start([Reply::new(format!("{both}{body}")), Reply::new(HELLO)]);
        let transport = S::transport(ExchangeLimits::default());
        let refused = transport.send(post(origin.url())).await.unwrap_err();
        assert_eq!(refused.kind(), Protocol);
        assert!(transport.send(post(origin.url())).await.is_ok());
        let connections = [(); 2].map(|()| origin.next_request().connection);
        assert_eq!(connections, [0, 1]);
    }
}
