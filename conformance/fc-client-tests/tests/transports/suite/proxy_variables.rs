//! Proxy variables of the environment are ignored.

use bytes::Bytes;
use fcgate_http::origin::{Origin, Script};

use super::Backend;
use crate::backends::Subject;
use crate::child;
use crate::exchange::{PATH, generous_limits, request};

fn serving(body: &str) -> Origin {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
    Origin::start(Script::serving(head + body)).unwrap()
}

/// Runs in a child process, because a process cannot safely change its own variables.
#[test]
fn proxy_environment_variables_are_ignored() {
    if let Some(origin) = child::origin() {
        let response = Backend::new(generous_limits())
            .send(request(&format!("{origin}{PATH}"), Bytes::new()))
            .unwrap();
        assert_eq!(response.body(), "direct", "tp-014");
        return;
    }
    let origin = serving("direct");
    let proxy = serving("proxy");
    let test = "proxy_environment_variables_are_ignored";
    child::run(module_path!(), test, &origin.url(""), |child| {
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            child.env(name, proxy.url(""));
            child.env(name.to_ascii_lowercase(), proxy.url(""));
        }
        for name in ["NO_PROXY", "no_proxy", "REQUEST_METHOD"] {
            child.env_remove(name);
        }
    });
    assert_eq!(
        proxy.connection_count(),
        0,
        "tp-014: {:?}",
        proxy.connections()
    );
    assert_eq!(origin.invocations(), 1, "tp-014");
}
