//! Calls that are forwarded to an HTTP server, by the contract of custom runtimes.

use std::sync::mpsc::{Receiver, channel};

use crate::endpoint::Endpoint;
use crate::http_server::{HttpServer, Received, answer, ok};

/// A server that sends what it received, and always answers with these bytes.
fn recorder(bytes: Vec<u8>) -> (HttpServer, Receiver<Received>) {
    let (sender, receiver) = channel();
    let server = HttpServer::start(move |received| {
        sender.send(received.clone()).unwrap();
        bytes.clone()
    });
    (server, receiver)
}

#[test]
fn an_invocation_is_a_post_to_invoke_with_the_payload_and_the_common_headers() {
    let (server, received) = recorder(ok(b"result"));
    let endpoint = Endpoint::with(&server.url());
    let payload = b"\x00\xff any bytes";
    let answer = endpoint.call(payload);
    assert_eq!((answer.status, answer.text().as_str()), (200, "result"));
    assert_eq!(answer.header("x-fc-error-type"), None);
    assert!(answer.header("x-fc-invocation-duration").is_some());
    assert!(answer.header("x-fc-max-memory-usage").is_some());
    assert_eq!(answer.function_log(), "");
    let received = received.recv().unwrap();
    assert_eq!(
        (received.method.as_str(), received.target.as_str()),
        ("POST", "/invoke")
    );
    assert_eq!(received.body, payload);
    for (name, value) in [
        ("content-type", "application/octet-stream"),
        ("x-fc-request-id", answer.header("x-fc-request-id").unwrap()),
        ("x-fc-access-key-id", "STS.dummyAccessKeyId"),
        ("x-fc-access-key-secret", "dummySecretForLoopbackOnly"),
        ("x-fc-security-token", "dummy-sts-token/+=:42"),
        ("x-fc-function-name", "f"),
        ("x-fc-function-memory", "512"),
        ("x-fc-function-timeout", "60"),
        ("x-fc-service-name", "s"),
        ("x-fc-region", "cn-hangzhou"),
        ("x-fc-account-id", "1234567890123456"),
        ("x-fc-qualifier", "LATEST"),
        ("x-fc-version-id", "LATEST"),
        ("x-fc-control-path", "/invoke"),
        ("host", &server.address.to_string()),
    ] {
        assert_eq!(received.all(name), [value], "{name}");
    }
    for name in ["authorization", "date", "x-fc-log-type"] {
        assert_eq!(received.all(name), [""; 0], "{name}");
    }
}

#[test]
fn status_and_headers_of_the_function_are_dropped_for_an_invocation() {
    let (server, _received) = recorder(answer("418 Teapot", "X-Own: 1\r\n", b"tea"));
    let endpoint = Endpoint::with(&server.url());
    let answer = endpoint.call(b"");
    assert_eq!((answer.status, answer.text().as_str()), (200, "tea"));
    assert_eq!(answer.header("x-own"), None);
    let log = endpoint.log();
    let expected = "the function answered status 418 without x-fc-status: the call is successful";
    assert!(log.contains(expected), "{log}");
}

#[test]
fn x_fc_status_404_is_a_function_error_with_the_body_of_the_function() {
    let error = br#"{"errorMessage":"no stock","errorType":"Empty"}"#;
    let (server, _received) = recorder(answer("404 Not Found", "x-fc-status: 404\r\n", error));
    let answer = Endpoint::with(&server.url()).call(b"");
    let expected = (
        200,
        "UnhandledInvocationError",
        String::from_utf8_lossy(error).into_owned(),
    );
    assert_eq!(answer.function_error(), expected);
}

#[test]
fn a_trigger_without_a_body_declares_the_length_0() {
    for method in ["POST", "PUT", "PATCH"] {
        let (server, received) = recorder(answer("200 OK", "", b""));
        let endpoint = Endpoint::with(&server.url());
        let host = ("Host", "f-anonymous.cn-hangzhou.fcapp.run");
        endpoint.trigger(method, "/", &[host, ("Content-Length", "0")], b"");
        let received = received.recv().unwrap();
        assert_eq!(received.all("content-length"), ["0"], "{method}");
        assert_eq!(received.all("transfer-encoding"), [""; 0], "{method}");
    }
}

#[test]
fn an_http_trigger_forwards_the_whole_request_and_returns_the_whole_answer() {
    let headers =
        "Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-Own: \u{fc}\r\nConnection: X-Hop\r\nX-Hop: 1\r\n";
    let head = format!("HTTP/1.1 201 Created\r\n{headers}Content-Length: 7\r\n\r\n");
    let mut bytes: Vec<u8> = head.chars().map(|one| u8::try_from(one).unwrap()).collect();
    bytes.extend_from_slice(b"created");
    let (server, received) = recorder(bytes);
    let endpoint = Endpoint::with(&server.url());
    let host = "f-anonymous.cn-hangzhou.fcapp.run";
    let answer = endpoint.trigger(
        "PATCH",
        "/a%20b/2016-08-15?c=d&c=%C3%BC",
        &[
            ("Host", host),
            ("Cookie", "session=1"),
            ("X-Fc-Request-Id", "of the caller"),
            ("Authorization", "Bearer dummy"),
            ("Content-Type", "text/plain"),
        ],
        b"body",
    );
    assert_eq!((answer.status, answer.text().as_str()), (201, "created"));
    let cookies = answer
        .headers
        .iter()
        .filter(|(name, _)| name == "set-cookie");
    let cookies: Vec<&str> = cookies.map(|(_, value)| value.as_str()).collect();
    assert_eq!(cookies, ["a=1", "b=2"]);
    assert_eq!(answer.header("x-own"), Some("\u{fc}"));
    assert_eq!(answer.header("x-hop"), None);
    let received = received.recv().unwrap();
    assert_eq!(received.method, "PATCH");
    assert_eq!(received.target, "/a%20b/2016-08-15?c=d&c=%C3%BC");
    assert_eq!(received.body, b"body");
    let id = answer.header("x-fc-request-id").unwrap();
    for (name, value) in [
        ("host", host),
        ("cookie", "session=1"),
        ("content-type", "text/plain"),
        ("x-fc-request-id", id),
        ("x-fc-control-path", "/http-invoke"),
        ("x-fc-security-token", "dummy-sts-token/+=:42"),
    ] {
        assert_eq!(received.all(name), [value], "{name}");
    }
    assert_eq!(received.all("authorization"), [""; 0]);
}

#[test]
fn a_trigger_path_of_fc_2_0_is_forwarded_without_the_names_and_the_signature() {
    let (server, received) = recorder(answer("302 Found", "Location: /elsewhere\r\n", b""));
    let endpoint = Endpoint::with(&server.url());
    let answer = endpoint.trigger("GET", "/2016-08-15/proxy/s/f/a/b?c=d", &[], b"");
    assert_eq!(answer.status, 302, "{}", answer.text());
    assert_eq!(answer.header("location"), Some("/elsewhere"));
    let received = received.recv().unwrap();
    assert_eq!(
        (received.method.as_str(), received.target.as_str()),
        ("GET", "/a/b?c=d")
    );
    assert_eq!(received.all("authorization"), [""; 0]);
    assert_eq!(
        server
            .connections
            .load(std::sync::atomic::Ordering::Relaxed),
        1
    );
}

#[test]
fn a_large_payload_and_the_largest_result_arrive_whole() {
    let server = HttpServer::start(|received| ok(&received.body));
    let endpoint = Endpoint::with(&server.url());
    let payload: Vec<u8> = (0..6_000_000u32)
        .map(|number| number.to_le_bytes()[1])
        .collect();
    assert!(endpoint.call(&payload).body == payload);
    let server = HttpServer::start(|_| ok(&vec![7; 32 << 20]));
    let answer = Endpoint::with(&server.url()).call(b"");
    assert!(answer.body == vec![7; 32 << 20], "{}", answer.status);
}

#[test]
fn a_server_on_another_machine_is_refused_unless_it_is_allowed() {
    use std::path::Path;

    use fc_local::Behaviour;

    let url = "http://192.0.2.1:9000";
    let error = Behaviour::read(url, Path::new("")).unwrap_err().to_string();
    let expected = "expected a function on this machine (127.0.0.1, [::1] or localhost), found http://192.0.2.1:9000; \
                    to send payloads to another machine, use --allow-remote-functions";
    assert_eq!(error, expected);
    let allowed = Behaviour::read_with_remote(url, Path::new("")).unwrap();
    assert_eq!(allowed.remote_server().as_deref(), Some(url));
}
