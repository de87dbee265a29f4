//! ali-acs, the only other Rust library that invokes functions of the service.
//!
//! Its signing function is not public, so the whole invocation is measured: build, sign, and pass the request to reqwest, which
//! refuses it, because it is built without TLS and the URL is https. The row of this project makes the same invocation over the
//! same reqwest client, and reqwest alone is the floor of both.

use std::hint::black_box;
use std::sync::Arc;

use ali_acs::AccessKeySecret;
use ali_acs::fc::{Connection, Endpoint, InvokeFunction};
use fc_benchmarks::{Row, requests};
use fc_invoke::{Client, InvokeFunctionInput, RetryPolicy, Scheme, Target};
use fc_transport_reqwest::{ReqwestTransport, client_builder};
use http::Method;
use tokio::runtime::{Builder, Runtime};

const REQWEST: &str = "reqwest alone, which refuses a request to https";
const OURS: &str = "the same request built and signed by fc-invoke, ACS3";
const URL: &str = "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com/2023-03-30/functions/demoFunction/invocations";

pub(super) fn rows() -> [Row; 3] {
    [
        Row::new(REQWEST, reqwest_alone),
        Row::new(OURS, ours).over(REQWEST),
        Row::new("the same by ali-acs 0.8.0", ali_acs).peer_of(OURS),
    ]
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().unwrap()
}

fn payload() -> Vec<u8> {
    vec![b'x'; 1024]
}

fn reqwest_alone() -> impl FnMut() {
    let (runtime, client) = (runtime(), client_builder().build().unwrap());
    let mut request = reqwest::Request::new(Method::POST, URL.parse().unwrap());
    *request.headers_mut() = requests::dated().headers().clone();
    *request.body_mut() = Some(payload().into());
    move || {
        let request = black_box(&request).try_clone().unwrap();
        drop(runtime.block_on(client.execute(request)).unwrap_err());
    }
}

fn ours() -> impl FnMut() {
    let (runtime, transport) = (runtime(), ReqwestTransport::new(client_builder).unwrap());
    let endpoint = "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com";
    let keys = Arc::new(requests::credentials());
    let client = Client::new(transport, endpoint.parse().unwrap(), Scheme::Acs3, keys)
        .retry_policy(RetryPolicy::never());
    let payload = bytes::Bytes::from(payload());
    move || {
        let target = Target::v2023_03_30(black_box("demoFunction").parse().unwrap());
        let input = InvokeFunctionInput::builder(target)
            .payload(payload.clone())
            .build()
            .unwrap();
        drop(runtime.block_on(client.invoke(&input)).unwrap_err());
    }
}

fn ali_acs() -> impl FnMut() {
    let (runtime, client) = (runtime(), client_builder().build().unwrap());
    let keys = AccessKeySecret::new(requests::KEY_ID, requests::SECRET);
    let connection = Connection::with_client(Endpoint::CnHangzhou, keys, client);
    let payload = payload();
    move || {
        let request = InvokeFunction::new(black_box("demoFunction")).body(payload.clone());
        drop(
            runtime
                .block_on(connection.invoke_function(request))
                .unwrap_err(),
        );
    }
}
