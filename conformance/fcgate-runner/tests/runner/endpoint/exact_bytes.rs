//! The relay keeps what an HTTP library hides: version, framing, repeated headers.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use fcgate_cases::corpus::{InvokeGiven, Stimulus};
use fcgate_cases::judge::Arrivals;
use fcgate_runner::endpoint::Endpoint;

use crate::judged::failed;
use crate::small_corpus::small_corpus;

fn given() -> InvokeGiven {
    match small_corpus()
        .case("invoke.basic.sync")
        .unwrap()
        .stimulus
        .clone()
    {
        Stimulus::Invoke { given, .. } => given,
        other => panic!("{other:?}"),
    }
}

/// The arrivals after these bytes. `{path}` and `{host}` are those of the case.
fn sent(message: &str) -> Arrivals {
    let endpoint = Endpoint::start().unwrap();
    let address = endpoint.expect("one", &given()).unwrap();
    let host = address.uri.strip_prefix("http://").unwrap();
    let function = &address.function;
    let path = format!("/2021-04-06/services/demoService/functions/{function}/invocations");
    let mut stream = TcpStream::connect(host).unwrap();
    let message = message.replace("{path}", &path).replace("{host}", host);
    stream.write_all(message.as_bytes()).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let _ = stream.read_to_end(&mut Vec::new());
    endpoint.close(&address)
}

fn failed_after(message: &str, payload: &str) -> Vec<String> {
    let mut given = given();
    given.input.payload = Some(payload.into());
    let mut failed = failed(&given, &sent(message));
    failed.retain(|check| {
        !check.starts_with("arrived.date") && !check.starts_with("arrived.verifies")
    });
    failed
}

#[test]
fn the_version_and_every_host_header_are_kept() {
    insta::assert_snapshot!(failed_after("POST {path} HTTP/1.0\r\nHost: {host}\r\n\r\n", "").join("\n"), @"arrived.version: HTTP/1.0");
    insta::assert_snapshot!(failed_after("POST {path} HTTP/1.1\r\nHost: {host}\r\nhost: {host}\r\n\r\n", "").join("\n"), @"arrived.host: 2 Host headers");
    insta::assert_snapshot!(failed_after("POST {path} HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n", "").join("\n"), @"arrived.host: another port");
    insta::assert_snapshot!(failed_after("POST {path} HTTP/1.1\r\nHost: example.org\r\n\r\n", "").join("\n"), @"arrived.host: another host: example.org");
    assert!(failed_after("POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "").is_empty());
}

#[test]
fn a_length_in_characters_and_two_framings_are_framing_mistakes() {
    let head = "POST {path} HTTP/1.1\r\nHost: {host}\r\n";
    let characters = format!("{head}Content-Length: 2\r\n\r\néé");
    insta::assert_snapshot!(failed_after(&characters, "éé").join("\n"), @r"
    arrived.body: é
    arrived.framing: a Content-Length in characters, 2 instead of 4 bytes
    ");
    let both = format!(
        "{head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"
    );
    insta::assert_snapshot!(failed_after(&both, "hi").join("\n"), @"arrived.framing: it has both Content-Length and Transfer-Encoding");
    let chunks = format!("{head}Transfer-Encoding: chunked\r\n\r\n1\r\nh\r\n1\r\ni\r\n0\r\n\r\n");
    assert!(failed_after(&chunks, "hi").is_empty());
}
