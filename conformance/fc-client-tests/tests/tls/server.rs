//! A loopback server that speaks TLS.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::certificate::{Defect, server_config};

/// A result with the tail of a log, `hello` in base64.
const ANSWER: &str = "HTTP/1.1 200 OK\r\nx-fc-request-id: 1a2b3c4d\r\nx-fc-log-result: aGVsbG8=\r\n\
    content-length: 4\r\n\r\ndone";

/// The running server; its threads live until the test process ends.
pub(crate) struct Server {
    url: String,
    authority: String,
    connections: Arc<AtomicUsize>,
}

impl Server {
    pub(crate) fn start(defect: Defect) -> Self {
        let (config, authority) = server_config(defect, &["http/1.1"]);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&connections);
        thread::spawn(move || {
            for stream in listener.incoming() {
                counter.fetch_add(1, Ordering::SeqCst);
                let config = Arc::clone(&config);
                thread::spawn(move || serve(stream.unwrap(), config));
            }
        });
        Self {
            url,
            authority,
            connections,
        }
    }

    /// The https URL of the server.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The certificate of the authority, in PEM.
    pub(crate) fn authority(&self) -> &str {
        &self.authority
    }

    /// How many connections were accepted.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// Answers requests without a body until the client is gone.
fn serve(stream: TcpStream, config: Arc<ServerConfig>) -> Option<()> {
    let mut stream = StreamOwned::new(ServerConnection::new(config).ok()?, stream);
    let mut received = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
        received.extend_from_slice(&buffer[..count]);
        if received.ends_with(b"\r\n\r\n") {
            received.clear();
            stream.write_all(ANSWER.as_bytes()).ok()?;
        }
    }
}
