//! A server in this process that stores requests byte for byte and sends a raw response.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::request::Request;

pub(crate) const EMPTY: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// The requests that arrived, in their order.
pub(crate) type Requests = Arc<Mutex<Vec<Request>>>;

/// Serves connections until it is dropped: the first request gets the answer, and a client that follows a redirect an
/// empty success.
pub(crate) async fn run(listener: TcpListener, answer: Vec<u8>, requests: Requests) {
    let mut connections = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        connections.spawn(serve(client, answer.clone(), Arc::clone(&requests)));
    }
}

async fn serve(client: TcpStream, answer: Vec<u8>, requests: Requests) -> std::io::Result<()> {
    let mut stream = BufReader::new(client);
    // Only a response without framing ends the connection: a client that follows a redirect on this connection must
    // not find it closed by chance.
    loop {
        let request = Request::read(&mut stream).await?;
        let next = {
            let mut requests = requests.lock().unwrap_or_else(PoisonError::into_inner);
            requests.push(request);
            if requests.len() == 1 {
                answer.as_slice()
            } else {
                EMPTY
            }
        };
        stream.write_all(next).await?;
        stream.flush().await?;
        if !has_an_end(next) {
            return stream.shutdown().await;
        }
    }
}

/// Whether the head of a response frames its body, and the connection stays open.
fn has_an_end(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer).to_ascii_lowercase();
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    let status = head.split(' ').nth(1).unwrap_or_default();
    let has = |start: &str| head.lines().any(|line| line.starts_with(start));
    let framed = has("content-length:") || has("transfer-encoding:");
    !has("connection: close") && (framed || ["204", "304"].contains(&status))
}

/// A response in bytes; a body without framing ends with the connection.
pub(crate) fn raw(status: u16, headers: &[(String, String)], body: &[u8]) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 {status} Status\r\n").into_bytes();
    let mut chunked = false;
    for (name, value) in headers {
        chunked |=
            name.eq_ignore_ascii_case("transfer-encoding") && value.eq_ignore_ascii_case("chunked");
        answer.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    answer.extend_from_slice(b"\r\n");
    if chunked && !body.is_empty() {
        answer.extend_from_slice(format!("{:x}\r\n", body.len()).as_bytes());
    }
    answer.extend_from_slice(body);
    if chunked {
        answer.extend_from_slice(if body.is_empty() {
            b"0\r\n\r\n"
        } else {
            b"\r\n0\r\n\r\n"
        });
    }
    answer
}
