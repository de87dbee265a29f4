//! A success must come from Function Compute, unless the caller accepts others.

use fc_invoke::{InvokeErrorKind, InvokeOptions};
use fc_response::ResponseErrorKind;
use fc_transport::ExchangeLimits;
use fcgate_http::origin::{Origin, Script, Step};

use crate::responses::LOGIN_PAGE;
use crate::transports::{AnyClient, Backend, endpoint, input, key, with_length};

fn origin(status: &str) -> Origin {
    let page = with_length(LOGIN_PAGE);
    let page = String::from_utf8(page)
        .unwrap()
        .replacen("200 OK", status, 1);
    Origin::start(Script::every([
        Step::ReadRequest,
        Step::send(page),
        Step::Close,
    ]))
    .unwrap()
}

fn client(backend: Backend, origin: &Origin) -> AnyClient<fc_sign::Credentials> {
    AnyClient::new(backend, ExchangeLimits::default(), endpoint(origin), key())
}

#[test]
fn the_login_page_of_a_network_is_an_error_by_default() {
    for backend in Backend::ALL {
        for status in ["200 OK", "202 Accepted"] {
            let origin = origin(status);
            let options = InvokeOptions::default().idempotent();
            let error = client(backend, &origin)
                .invoke(&input(), options)
                .unwrap_err();
            let InvokeErrorKind::Response(cause) = error.kind() else {
                panic!("{error:?}")
            };
            assert_eq!(
                cause.kind(),
                ResponseErrorKind::NotFc,
                "{backend:?} {status}"
            );
            assert!(
                error
                    .to_string()
                    .contains("does not come from Function Compute"),
                "{error}"
            );
            assert!(error.to_string().contains("captive portal"), "{error}");
            assert_eq!(origin.invocations(), 1, "{backend:?} {status}");
        }
    }
}

#[test]
fn a_client_and_a_call_can_accept_a_success_of_another_server() {
    let accept = InvokeOptions::default().accept_unidentified_responses();
    for backend in Backend::ALL {
        for status in ["200 OK", "202 Accepted"] {
            let origin = origin(status);
            let by_call = client(backend, &origin).invoke(&input(), accept);
            assert_eq!(by_call.unwrap().request_id(), None, "{backend:?} {status}");
            let accepting = client(backend, &origin).accept_unidentified_responses();
            let by_client = accepting.invoke(&input(), InvokeOptions::default());
            assert!(
                by_client.unwrap().into_result().is_ok(),
                "{backend:?} {status}"
            );
        }
    }
}

#[test]
fn a_call_can_refuse_what_its_client_accepts() {
    let refuse = InvokeOptions::default().refuse_unidentified_responses();
    for backend in Backend::ALL {
        let origin = origin("200 OK");
        let accepting = client(backend, &origin).accept_unidentified_responses();
        let error = accepting.invoke(&input(), refuse).unwrap_err();
        assert!(
            matches!(error.kind(), InvokeErrorKind::Response(_)),
            "{backend:?}: {error}"
        );
    }
}
