//! `--tls`: clients that require https.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use fc_conformance::verdict::Rules;
use fc_local::{Options, Server};
use fcgate_cases::corpus::Corpus;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::skipped;

use super::client::{Request, lines};

fn server() -> Server {
    let mut options = Options::new();
    options.tls = true;
    Server::start(([127, 0, 0, 1], 0).into(), options, |_| ()).unwrap()
}

fn stop(server: Server) -> fc_conformance::report::Report {
    server
        .end(&Corpus::embedded().unwrap(), Rules::new())
        .report
}

fn connect(server: &Server, ca_certificate: &str) -> StreamOwned<ClientConnection, TcpStream> {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(ca_certificate.as_bytes()).unwrap())
        .unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let stream = TcpStream::connect(server.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    StreamOwned::new(connection, stream)
}

/// The bytes of a request that closes its connection.
fn bytes(server: &Server, request: &Request) -> Vec<u8> {
    let headers = lines(&request.signed(&server.address().to_string()));
    let head = format!(
        "POST {} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: {}\r\n\r\n",
        request.target,
        request.body.len()
    );
    [head.as_bytes(), &request.body].concat()
}

#[test]
fn a_client_that_trusts_the_ca_is_answered_over_tls() {
    let server = server();
    let certificate = server.ca_certificate().unwrap();
    for (function, start, end) in [
        ("echo", "HTTP/1.1 200", "{\"key\":\"value\"}"),
        ("chunked", "HTTP/1.1 200", "0\r\n\r\n"),
        ("throttled", "HTTP/1.1 429", "}"),
        ("close", "", ""),
    ] {
        let mut client = connect(&server, certificate);
        let request = bytes(&server, &Request::of(function).now());
        client.write_all(&request).unwrap();
        let mut answer = String::new();
        // An end without the closing message of TLS would be an error.
        client.read_to_string(&mut answer).unwrap();
        assert!(
            answer.starts_with(start) && answer.ends_with(end),
            "{answer}"
        );
    }
    assert_eq!(stop(server).exit, 0);
}

#[test]
fn a_client_that_does_not_trust_the_ca_and_one_with_plain_http_are_failures() {
    let server = server();
    let other = self::server();
    let mut client = connect(&server, other.ca_certificate().unwrap());
    assert!(client.write_all(b"POST / HTTP/1.1\r\n\r\n").is_err());
    drop(client);
    let mut plain = TcpStream::connect(server.address()).unwrap();
    plain.write_all(b"POST / HTTP/1.1\r\n\r\n").unwrap();
    // The server closes the connection, with a reset because it has not read the bytes.
    let _ = plain.read_to_end(&mut Vec::new());
    let report = stop(server);
    assert_eq!(report.exit, 1);
    let mut reasons: Vec<String> = (1..=2)
        .map(|number| {
            let case = report.case(&format!("serve.unreadable.{number}.framing"));
            case.unwrap().checks[0].actual_text().unwrap()
        })
        .collect();
    reasons.sort();
    assert!(
        reasons[0].contains("does not trust the certificate"),
        "{reasons:?}"
    );
    assert!(
        reasons[1].contains("plain HTTP to a TLS endpoint"),
        "{reasons:?}"
    );
}

const PYTHON: &str = r#"
import base64, hashlib, hmac, ssl, sys, urllib.request
from email.utils import formatdate
url, ca = sys.argv[1:]
path = "/2021-04-06/services/s/functions/echo/invocations"
date, kind = formatdate(usegmt=True), "application/octet-stream"
text = "\n".join(["POST", "", kind, date, path])
digest = hmac.new(b"dummySecretForLoopbackOnly", text.encode(), hashlib.sha256).digest()
signature = base64.b64encode(digest).decode()
headers = {"Date": date, "Content-Type": kind, "Authorization": "FC LTAI5dummyAccessKeyId:" + signature}
request = urllib.request.Request(url + path, b"payload", headers)
context = ssl.create_default_context(cafile=ca)
print(urllib.request.urlopen(request, context=context).read().decode())
"#;

#[test]
fn python_urllib_is_answered_over_tls() {
    if which::which("python3").is_err() {
        skipped::report("python3", "not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca.pem");
    let server = server();
    fs::write(&ca, server.ca_certificate().unwrap()).unwrap();
    let output = Command::new("python3")
        .args(["-c", PYTHON, &server.url()])
        .arg(&ca)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.stdout, b"payload\n", "{stderr}");
    assert_eq!(stop(server).exit, 0);
}
