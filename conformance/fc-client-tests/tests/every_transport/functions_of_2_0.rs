//! A function that was made in 2.0 is called by revision 2023-03-30 as `service$function`.

use fc_invoke::{InvokeFunctionInput, InvokeOptions, Target};
use fc_local::{Options, Server};
use fc_transport::ExchangeLimits;
use fcgate_http::origin::Script;

use crate::transports::{AnyClient, Backend, SUCCESS, invoke_each};

fn input(function: &str) -> InvokeFunctionInput {
    let target = Target::v2023_03_30(function.parse().unwrap());
    let payload = r#"{"key":"value"}"#;
    InvokeFunctionInput::builder(target)
        .payload(payload)
        .build()
        .unwrap()
}

/// The demo key of `fcgate serve`, which verifies the signature over the path that arrived.
fn demo_key() -> fc_sign::Credentials {
    let secret = "dummySecretForLoopbackOnly".parse().unwrap();
    fc_sign::Credentials::new("LTAI5dummyAccessKeyId".parse().unwrap(), secret)
}

#[test]
fn the_local_endpoint_accepts_a_function_of_2_0_over_every_transport() {
    for backend in Backend::ALL {
        let server = Server::start(([127, 0, 0, 1], 0).into(), Options::new(), |_| ()).unwrap();
        let endpoint = server.url().parse().unwrap();
        let client = AnyClient::new(backend, ExchangeLimits::default(), endpoint, demo_key());
        let outcome = client
            .invoke(&input("svc$echo"), InvokeOptions::default())
            .unwrap();
        let success = outcome.into_result().unwrap();
        assert_eq!(success.payload(), r#"{"key":"value"}"#, "{backend:?}");
        let unknown = client
            .invoke(&input("svc$none"), InvokeOptions::default())
            .unwrap();
        let failure = unknown.into_result().unwrap_err();
        assert_eq!(failure.code(), Some("FunctionNotFound"), "{backend:?}");
    }
}

/// The request line that the official Python SDK (alibabacloud-fc20230330 4.8.3) sends for the same name.
const REQUEST_LINE: &[u8] = b"POST /2023-03-30/functions/svc%24fn/invocations HTTP/1.1\r\n";

#[test]
fn the_dollar_sign_is_sent_escaped_once_over_every_transport() {
    let script = Script::on_request([
        fcgate_http::origin::Step::send(SUCCESS),
        fcgate_http::origin::Step::Close,
    ]);
    let options = InvokeOptions::default();
    for exchange in invoke_each(
        &script,
        ExchangeLimits::default(),
        &input("svc$fn"),
        options,
    ) {
        assert_eq!(exchange.result.unwrap().status(), 200);
        let connections = exchange.origin.connections();
        let sent = connections[0].received();
        assert!(
            sent.starts_with(REQUEST_LINE),
            "{:?}: {}",
            exchange.backend,
            String::from_utf8_lossy(sent)
        );
    }
}
