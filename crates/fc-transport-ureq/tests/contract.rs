//! The contract of a transport, and what only this backend does.

use fc_transport::{BlockingTransport as _, ExchangeLimits, TransportErrorKind};
use fc_transport_contract::{Blocking, Origin, Reply, Subject, contract_tests, post};
use fc_transport_ureq::{UreqTransport, config};

struct Ureq;

impl Subject for Ureq {
    type Transport = Blocking<UreqTransport>;

    /// ureq has no setting for it.
    const MAX_HEADERS: usize = 128;

    fn transport(limits: ExchangeLimits) -> Self::Transport {
        Blocking(UreqTransport::new(config().build().new_agent()).limits(limits))
    }
}

contract_tests!(Ureq);

#[test]
fn an_agent_with_default_settings_keeps_the_contract() {
    let moved = "HTTP/1.1 302 Moved\r\nlocation: /other\r\ncontent-length: 0\r\n\r\n";
    let failed = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n";
    let origin = Origin::start([Reply::new(moved), Reply::new(failed)]);
    let config = ureq::Agent::config_builder().proxy(None).build();
    let transport = UreqTransport::new(config.new_agent());
    for status in [302, 503] {
        let response = transport.send(post(origin.url())).unwrap();
        assert_eq!(response.status(), status);
        let request = origin.next_request();
        assert_eq!(request.connection, 0);
        assert!(!request.text.contains("accept"), "{request:?}");
    }
}

#[test]
fn a_body_without_a_length_is_refused_because_a_lost_connection_would_end_it() {
    let origin = Origin::start([Reply::closing("HTTP/1.1 200 OK\r\n\r\nhello")]);
    let transport = UreqTransport::new(config().build().new_agent());
    let error = transport.send(post(origin.url())).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Protocol);
}

/// RFC 9112, section 7.1, allows only hexadecimal digits. ureq has no setting against the sign; if this test fails,
/// delete it and the sentence in the documentation of the crate.
#[test]
fn a_chunk_size_with_a_plus_sign_is_read_as_the_number() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let origin = Origin::replying(format!("{head}+5\r\nhello\r\n0\r\n\r\n"));
    let transport = UreqTransport::new(config().build().new_agent());
    let response = transport.send(post(origin.url())).unwrap();
    assert_eq!(response.body(), "hello");
}
