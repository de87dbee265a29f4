//! A server with own functions, and a client that signs with the oracle.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fc_local::{Behaviour, Clock, FunctionSettings, Functions, Options, Server};
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{HeaderList, SignKind};

const DATE: &str = "Wed, 11 May 2022 09:00:00 GMT";
const NOW: &str = "2022-05-11T09:00:00Z";

/// A running server whose log is kept.
pub(crate) struct Endpoint {
    server: Server,
    log: Arc<Mutex<String>>,
}

impl Endpoint {
    /// A server with one function, `f`.
    pub(crate) fn with(behaviour: &str) -> Self {
        Self::of(behaviour.parse().unwrap(), Duration::from_secs(60))
    }

    /// A server with one function, `f`, and its time limit.
    pub(crate) fn of(behaviour: Behaviour, time_limit: Duration) -> Self {
        Self::start(behaviour, time_limit).unwrap()
    }

    pub(crate) fn start(behaviour: Behaviour, time_limit: Duration) -> std::io::Result<Self> {
        let mut settings = FunctionSettings::default();
        settings.time_limit = time_limit;
        let mut functions = Functions::default();
        functions
            .add("f".parse().unwrap(), behaviour, settings)
            .unwrap();
        let mut options = Options::new();
        options.functions = functions;
        options.clock = Clock::new(|| NOW.parse().unwrap());
        let log = Arc::new(Mutex::new(String::new()));
        let blocks = Arc::clone(&log);
        let server = Server::start(([127, 0, 0, 1], 0).into(), options, move |block| {
            blocks.lock().unwrap().push_str(block);
        })?;
        Ok(Self { server, log })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.server.address()
    }

    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Calls the function `f` and asks for the log tail.
    pub(crate) fn call(&self, payload: &[u8]) -> Answer {
        Connection::to(self.address()).call(payload)
    }

    /// Sends a request to an HTTP trigger: signed, unless it names a trigger without authentication by its host.
    pub(crate) fn trigger(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let mut connection = Connection::to(self.address());
        let is_public = headers.iter().any(|(name, _)| *name == "Host");
        let kind = (!is_public).then_some(SignKind::HttpTrigger);
        connection.send(method, target, headers, body, kind)
    }
}

/// An open connection of a caller.
pub(crate) struct Connection {
    reader: BufReader<TcpStream>,
    host: String,
}

impl Connection {
    pub(crate) fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        let limit = Some(Duration::from_secs(120));
        stream.set_read_timeout(limit).unwrap();
        Self {
            reader: BufReader::new(stream),
            host: address.to_string(),
        }
    }

    pub(crate) fn call(&mut self, payload: &[u8]) -> Answer {
        let target = "/2021-04-06/services/s/functions/f/invocations";
        let headers = [
            ("X-Fc-Log-Type", "Tail"),
            ("X-Fc-Security-Token", "dummy-sts-token/+=:42"),
        ];
        self.send("POST", target, &headers, payload, Some(SignKind::Api))
    }

    fn send(
        &mut self,
        method: &str,
        target: &str,
        given: &[(&str, &str)],
        body: &[u8],
        kind: Option<SignKind>,
    ) -> Answer {
        let mut headers = HeaderList::new();
        if !given.iter().any(|(name, _)| *name == "Host") {
            headers.push("Host".to_owned(), self.host.clone());
        }
        for (name, value) in given {
            headers.push((*name).to_owned(), (*value).to_owned());
        }
        if let Some(kind) = kind {
            headers.push("Date".to_owned(), DATE.to_owned());
            let is_temporary = headers.get_trimmed("x-fc-security-token").is_some();
            let id = if is_temporary {
                "STS.dummyAccessKeyId"
            } else {
                "LTAI5dummyAccessKeyId"
            };
            let request = WireRequest::new(method, target).headers(&headers);
            let stages = oracle::fc_stages(&request, kind, "dummySecretForLoopbackOnly");
            let signature = stages.signature.unwrap();
            headers.push("Authorization".to_owned(), format!("FC {id}:{signature}"));
        }
        let length = body.len();
        let mut head = format!("{method} {target} HTTP/1.1\r\nContent-Length: {length}\r\n");
        for (name, value) in &headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head += "\r\n";
        let stream = self.reader.get_mut();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        self.read()
    }

    fn read(&mut self) -> Answer {
        let mut lines = Vec::new();
        loop {
            let mut line = Vec::new();
            self.reader.read_until(b'\n', &mut line).unwrap();
            let line: String = line.into_iter().map(char::from).collect();
            if line.trim_end().is_empty() {
                break;
            }
            lines.push(line.trim_end().to_owned());
        }
        let status = lines[0].split(' ').nth(1).unwrap().parse().unwrap();
        let headers: Vec<_> = lines[1..]
            .iter()
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let mut answer = Answer {
            status,
            headers,
            body: Vec::new(),
        };
        let length = answer.header("content-length").unwrap().parse().unwrap();
        answer.body = vec![0; length];
        self.reader.read_exact(&mut answer.body).unwrap();
        answer
    }
}

/// The answer of the server.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find_map(|(other, value)| other.eq_ignore_ascii_case(name).then_some(&**value))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The error type and the message of a function error.
    pub(crate) fn function_error(&self) -> (u16, &str, String) {
        let error_type = self.header("x-fc-error-type").unwrap_or("(none)");
        (self.status, error_type, self.text())
    }

    /// The decoded log tail.
    pub(crate) fn log_tail(&self) -> String {
        let tail = self.header("x-fc-log-result").unwrap();
        String::from_utf8_lossy(&STANDARD.decode(tail).unwrap()).into_owned()
    }

    /// What the function wrote, between the lines that frame a call.
    pub(crate) fn function_log(&self) -> String {
        let tail = self.log_tail();
        let id = self.header("x-fc-request-id").unwrap();
        let start = format!("FC Invoke Start RequestId: {id}\n");
        let (log, _) = tail.split_once("FC Invoke End RequestId: ").unwrap();
        log.strip_prefix(&start).unwrap().to_owned()
    }
}
