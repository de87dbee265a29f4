//! A test client that signs with the oracle and sends raw bytes.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fc_conformance::verdict::Rules;
use fc_local::{Clock, Options, Served, Server};
use fcgate_cases::corpus::Corpus;
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{HeaderList, Scheme, SignKind};
use jiff::Timestamp;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};

pub(crate) const KEY_ID: &str = "LTAI5dummyAccessKeyId";
pub(crate) const SECRET: &str = "dummySecretForLoopbackOnly";
const DATE: &str = "Wed, 11 May 2022 09:00:00 GMT";
/// The time of the server: that of the requests.
const NOW: &str = "2022-05-11T09:00:00Z";

/// A server whose log is kept.
pub(crate) struct TestServer {
    server: Server,
    log: Arc<Mutex<String>>,
    now: Arc<Mutex<Timestamp>>,
}

impl TestServer {
    pub(crate) fn new() -> Self {
        Self::with(Options::new())
    }

    pub(crate) fn with(mut options: Options) -> Self {
        options.slow = Duration::from_millis(20);
        let now = Arc::new(Mutex::new(NOW.parse().unwrap()));
        let clock = Arc::clone(&now);
        options.clock = Clock::new(move || *clock.lock().unwrap());
        let log = Arc::new(Mutex::new(String::new()));
        let blocks = Arc::clone(&log);
        let listen = ([127, 0, 0, 1], 0).into();
        let server = Server::start(listen, options, move |block| {
            blocks.lock().unwrap().push_str(block);
        });
        Self {
            server: server.unwrap(),
            log,
            now,
        }
    }

    /// Sets the clock of the server.
    pub(crate) fn set_clock(&self, now: Timestamp) {
        *self.now.lock().unwrap() = now;
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// Sends a request and returns the answer.
    pub(crate) fn send(&self, request: &Request) -> Answer {
        request.send(self.address())
    }

    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Waits until the server has been idle for this long.
    pub(crate) fn wait_until_idle(&self, idle: Duration) {
        self.server.wait(Some(idle));
    }

    pub(crate) fn end(self) -> Served {
        self.server.end(&Corpus::embedded().unwrap(), Rules::new())
    }
}

/// What came back: all bytes until the end of the connection.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) bytes: Vec<u8>,
    pub(crate) reset: bool,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn status(&self) -> u16 {
        let text = self.text();
        text.split(' ').nth(1).unwrap_or("0").parse().unwrap()
    }

    pub(crate) fn body(&self) -> String {
        let text = self.text();
        text.split_once("\r\n\r\n").unwrap().1.to_owned()
    }
}

/// A request that is signed when it is sent.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) target: String,
    pub(crate) headers: HeaderList,
    pub(crate) body: Vec<u8>,
    pub(crate) scheme: Option<Scheme>,
    pub(crate) method: &'static str,
    pub(crate) secret: &'static str,
    pub(crate) nonce: String,
    pub(crate) date: String,
    /// The value of `x-acs-action`.
    pub(crate) action: &'static str,
}

impl Request {
    /// A call of a function of revision 2021-04-06, signed by the `FC` scheme.
    pub(crate) fn of(function: &str) -> Self {
        Self::to(&format!(
            "/2021-04-06/services/s/functions/{function}/invocations"
        ))
    }

    pub(crate) fn to(target: &str) -> Self {
        Self {
            target: target.to_owned(),
            headers: HeaderList::new(),
            body: b"{\"key\":\"value\"}".to_vec(),
            scheme: Some(Scheme::Fc),
            method: "POST",
            secret: SECRET,
            nonce: target.to_owned(),
            date: DATE.to_owned(),
            action: "InvokeFunction",
        }
    }

    /// A request for an operation on tasks, without a body.
    pub(crate) fn of_tasks(method: &'static str, action: &'static str, target: &str) -> Self {
        let mut request = Self::to(target);
        request.method = method;
        request.action = action;
        request.body = Vec::new();
        request
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push(name.to_owned(), value.to_owned());
        self
    }

    /// The request as it is signed now, for a server with the clock of the system.
    pub(crate) fn now(mut self) -> Self {
        let printer = DateTimePrinter::new();
        self.date = printer
            .timestamp_to_rfc9110_string(&Timestamp::now())
            .unwrap();
        self
    }

    pub(crate) fn by(mut self, scheme: Scheme) -> Self {
        self.scheme = Some(scheme);
        self
    }

    /// The head's headers with the signature.
    pub(crate) fn signed(&self, host: &str) -> HeaderList {
        let mut headers = HeaderList::from([("Host", host)]);
        headers.extend(self.headers.clone());
        match self.scheme {
            Some(Scheme::Fc) => {
                headers.push("Date".to_owned(), self.date.clone());
                let request = WireRequest::new(self.method, &self.target).headers(&headers);
                let stages = oracle::fc_stages(&request, SignKind::Api, self.secret);
                let signature = stages.signature.unwrap();
                headers.push(
                    "Authorization".to_owned(),
                    format!("FC {KEY_ID}:{signature}"),
                );
            }
            Some(_) => {
                let revision = self.target.split('/').nth(1).unwrap();
                for (name, value) in [
                    ("x-acs-action", self.action),
                    ("x-acs-version", revision),
                    ("x-acs-date", "2022-05-11T09:00:00Z"),
                    ("x-acs-signature-nonce", &self.nonce),
                    ("x-acs-content-sha256", &oracle::sha256_hex(&self.body)),
                ] {
                    headers.push(name.to_owned(), value.to_owned());
                }
                let names = "host;x-acs-action;x-acs-content-sha256;x-acs-date;\
                             x-acs-signature-nonce;x-acs-version";
                let request = WireRequest::new(self.method, &self.target).headers(&headers);
                let stages = oracle::acs3_stages(&request, names, self.secret).unwrap();
                let value = format!(
                    "ACS3-HMAC-SHA256 Credential={KEY_ID},SignedHeaders={names},Signature={}",
                    stages.signature.unwrap()
                );
                headers.push("Authorization".to_owned(), value);
            }
            None => {}
        }
        headers
    }

    pub(crate) fn send(&self, address: SocketAddr) -> Answer {
        let headers = self.signed(&address.to_string());
        raw(address, self.method, &self.target, &headers, &self.body)
    }
}

/// Sends a request with these headers, framed as they say, on a connection of its own.
pub(crate) fn raw(
    address: SocketAddr,
    method: &str,
    target: &str,
    headers: &HeaderList,
    body: &[u8],
) -> Answer {
    let has = |name: &str| {
        headers
            .iter()
            .any(|(other, _)| other.eq_ignore_ascii_case(name))
    };
    let mut head = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n");
    head += &lines(headers);
    let mut framed = body.to_vec();
    if has("transfer-encoding") {
        framed = format!("{:x}\r\n", body.len()).into_bytes();
        framed.extend_from_slice(body);
        framed.extend_from_slice(b"\r\n0\r\n\r\n");
        if body.is_empty() {
            framed = b"0\r\n\r\n".to_vec();
        }
    } else if !has("content-length") && !body.is_empty() {
        head += &lines(&[("Content-Length", body.len().to_string())].into());
    }
    head += "\r\n";
    let mut bytes: Vec<u8> = head.chars().map(|c| u8::try_from(c).unwrap()).collect();
    bytes.extend_from_slice(&framed);
    exchange(address, &bytes)
}

/// Sends bytes and reads to the end of the connection.
pub(crate) fn exchange(address: SocketAddr, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    stream.write_all(bytes).unwrap();
    let mut answer = Vec::new();
    let reset = stream.read_to_end(&mut answer).is_err();
    Answer {
        bytes: answer,
        reset,
    }
}

/// Headers as lines of a head.
pub(crate) fn lines(headers: &HeaderList) -> String {
    let parts = headers
        .iter()
        .flat_map(|(name, value)| [name, ": ", value, "\r\n"]);
    parts.collect()
}

/// The time that a request has in its headers.
pub(crate) fn time_of(headers: &HeaderList) -> Option<Timestamp> {
    let acs3 = headers.get_trimmed("x-acs-date");
    let fc = headers
        .get_trimmed("x-fc-date")
        .or_else(|| headers.get_trimmed("date"));
    acs3.and_then(|date| date.parse().ok())
        .or_else(|| DateTimeParser::new().parse_timestamp(fc?).ok())
}
