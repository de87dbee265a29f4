//! Servers with old protocol versions, an expired certificate, and an end without `close_notify`.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use fc_bad_inputs::Entry;
use fc_client::{
    ClientBuilder, Credentials, InvokeError, InvokeErrorKind, InvokeFunctionInput, Outcome,
    RetryPolicy, RootCertificates, Target,
};
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A `ServerHello` of TLS 1.0 with the cipher suite `TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA`, as RFC 5246 appendix A has it.
fn hello_of_tls_1_0() -> Vec<u8> {
    let mut hello = vec![0x03, 0x01];
    hello.extend([7; 32]);
    hello.extend([0, 0xc0, 0x13, 0]);
    let length = u8::try_from(hello.len()).unwrap();
    let mut record = vec![22, 0x03, 0x01, 0, length + 4, 2, 0, 0, length];
    record.extend(hello);
    record
}

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    for library in ["hyper", "reqwest", "ureq"] {
        let (error, allowed) = match entry.id() {
            "tp-015" => {
                let url = serve(|mut stream| {
                    let _ = stream.read(&mut [0; 4096]);
                    let _ = stream.write_all(&hello_of_tls_1_0());
                    let _ = stream.read(&mut [0; 4096]);
                });
                let (_, authority) = certificate(false);
                (invoke(library, &url, &authority).unwrap_err(), "")
            }
            "tp-018" => {
                let (config, authority) = certificate(true);
                let url = serve(move |stream| drop(answered(stream, &config)));
                (invoke(library, &url, &authority).unwrap_err(), "")
            }
            "tp-019" => {
                let (config, authority) = certificate(false);
                let url = serve(move |stream| {
                    // Dropping the stream closes the connection and sends no `close_notify`.
                    drop(answered(stream, &config));
                });
                let error = invoke(library, &url, &authority).unwrap_err();
                // ureq takes a lost connection for the end of a body without a length, so the adapter refuses that body.
                let ureq = if library == "ureq" { "protocol" } else { "" };
                (error, ureq)
            }
            _ => return Err("the test does not know this input".to_owned()),
        };
        let text = error.to_string();
        let InvokeErrorKind::Transport(error) = error.kind() else {
            return Err(format!("{library}: {text}"));
        };
        let slug = error.kind().slug();
        let expected = entry.result().to_ascii_lowercase();
        if format!("transporterror:{slug}") != expected && slug != allowed {
            return Err(format!(
                "{library}: expected {expected}, found {slug}: {text}"
            ));
        }
    }
    Ok(())
}

/// Serves every connection with the function, in threads that end with the process.
fn serve(connection: impl Fn(TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            connection(stream.unwrap());
        }
    });
    url
}

/// Reads a request and sends a head without a length, and half a body.
fn answered(
    stream: TcpStream,
    config: &Arc<ServerConfig>,
) -> Option<StreamOwned<ServerConnection, TcpStream>> {
    let connection = ServerConnection::new(Arc::clone(config)).ok()?;
    let mut stream = StreamOwned::new(connection, stream);
    let mut received = Vec::new();
    let mut buffer = [0; 4096];
    while !received.ends_with(b"\r\n\r\n") {
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
        received.extend_from_slice(&buffer[..count]);
    }
    let half = b"HTTP/1.1 200 OK\r\nx-fc-request-id: 1\r\n\r\nhalf of the bo";
    stream.write_all(half).ok()?;
    stream.flush().ok()?;
    Some(stream)
}

/// A certificate for the loopback address, which signs itself.
fn certificate(is_expired: bool) -> (Arc<ServerConfig>, String) {
    let mut params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    if is_expired {
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2020, 1, 2);
    }
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        );
    (Arc::new(config.unwrap()), certificate.pem())
}

fn invoke(library: &str, url: &str, authority: &str) -> Result<Outcome, InvokeError> {
    let key = Credentials::new(
        "FCTESTACCESSKEYID01".parse().unwrap(),
        "fcTestAccessKeySecret0123456789".parse().unwrap(),
    );
    let certificates = RootCertificates::from_pem(authority.as_bytes()).unwrap();
    let builder = ClientBuilder::new(url.parse().unwrap(), key)
        .root_certificates(certificates)
        .retry_policy(RetryPolicy::never());
    let target = Target::v2023_03_30("demoFunction".parse().unwrap());
    let input = InvokeFunctionInput::builder(target).build().unwrap();
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
    match library {
        "hyper" => runtime.block_on(async { builder.hyper().unwrap().invoke(&input).await }),
        "reqwest" => runtime.block_on(async { builder.reqwest().unwrap().invoke(&input).await }),
        _ => builder.ureq().unwrap().invoke(&input),
    }
}
