//! The contract of a transport, over both kinds of client.

use fc_transport::ExchangeLimits;
use fc_transport_contract::{Subject, contract_tests};
use fc_transport_hyper::HyperTransport;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;

/// A client that the transport makes over its own connector.
struct OwnClient;

impl Subject for OwnClient {
    type Transport = HyperTransport<HttpConnector>;

    const MAX_HEADERS: usize = 256;

    fn transport(limits: ExchangeLimits) -> Self::Transport {
        HyperTransport::http().limits(limits)
    }
}

/// A client that the caller made.
struct CallersClient;

impl Subject for CallersClient {
    type Transport = HyperTransport<HttpConnector>;

    /// The default of hyper.
    const MAX_HEADERS: usize = 100;

    fn transport(limits: ExchangeLimits) -> Self::Transport {
        let client = Client::builder(TokioExecutor::new());
        HyperTransport::new(client.build(HttpConnector::new())).limits(limits)
    }
}

mod own_client {
    super::contract_tests!(super::OwnClient);
}

mod callers_client {
    super::contract_tests!(super::CallersClient);
}

#[cfg(feature = "tower")]
#[tokio::test]
async fn a_transport_is_a_tower_service() {
    use fc_transport_contract::{HELLO, Origin, post};
    use tower_service::Service as _;

    let origin = Origin::replying(HELLO);
    let response = HyperTransport::http().call(post(origin.url())).await;
    assert_eq!(response.unwrap().body(), "hello");
}
