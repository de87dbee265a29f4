//! Proxy variables of the environment, in a process of their own.

use std::process::Command;

use bytes::Bytes;
use fcgate_http::origin::{Origin, Script};

use crate::backends::Subject;
use crate::exchange::{PATH, generous_limits, request};
use crate::for_each_transport;

/// The variable that makes a process the child. Its value is the address to call.
const ORIGIN: &str = "FC_BAD_INPUTS_ORIGIN";

#[expect(
    clippy::disallowed_methods,
    reason = "the parent passes the address in a variable"
)]
pub(crate) fn origin_of_the_child() -> Option<String> {
    std::env::var(ORIGIN).ok()
}

/// Calls the address with every transport, in the child process.
pub(crate) fn call(origin: &str) {
    for_each_transport!(call_with(origin));
}

fn call_with<S: Subject>(origin: &str) {
    let call = request(&format!("{origin}{PATH}"), Bytes::new());
    let response = S::new(generous_limits()).send(call).unwrap();
    assert_eq!(response.body(), "direct", "{}", S::NAME);
}

fn serving(body: &str) -> Origin {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
    Origin::start(Script::serving(head + body)).unwrap()
}

/// A process cannot safely change its own variables.
pub(crate) fn check() {
    let (origin, proxy) = (serving("direct"), serving("proxy"));
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.env(ORIGIN, origin.url(""));
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        child.env(name, proxy.url(""));
        child.env(name.to_ascii_lowercase(), proxy.url(""));
    }
    for name in ["NO_PROXY", "no_proxy", "REQUEST_METHOD"] {
        child.env_remove(name);
    }
    let output = child.output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
    assert_eq!(proxy.connection_count(), 0, "{:?}", proxy.connections());
    assert_eq!(origin.invocations(), 3);
}
