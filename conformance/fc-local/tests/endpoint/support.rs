//! A client that signs with the oracle, and a client of the control interface.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use fc_local::LocalEndpoint;
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_http::clock;
use fcgate_protocol::HeaderList;
use jiff::Timestamp;
use serde_json::Value;

/// Longer than any load can delay an answer.
const LONGEST: Duration = Duration::from_secs(120);

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (other, value) = line.split_once(": ")?;
            other.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

/// Sends bytes and reads to the end of the connection.
pub(crate) fn exchange(address: SocketAddr, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(LONGEST)).unwrap();
    // A server that refuses a request need not read all of it.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let text = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).unwrap_or("0");
    Answer {
        status: status.parse().unwrap(),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

/// A signed request of revision 2023-03-30.
pub(crate) struct Signed<'a> {
    pub(crate) method: &'a str,
    pub(crate) target: String,
    pub(crate) action: &'a str,
    pub(crate) headers: Vec<(&'a str, &'a str)>,
    pub(crate) body: &'a [u8],
    pub(crate) secret: &'a str,
}

impl<'a> Signed<'a> {
    /// A call of a function.
    pub(crate) fn call(function: &str, body: &'a [u8]) -> Self {
        Self {
            method: "POST",
            target: format!("/2023-03-30/functions/{function}/invocations"),
            action: "InvokeFunction",
            headers: Vec::new(),
            body,
            secret: "dummySecretForLoopbackOnly",
        }
    }

    /// An asynchronous call with a task id.
    pub(crate) fn task(function: &str, id: &'a str, body: &'a [u8]) -> Self {
        let call = Self::call(function, body);
        call.header("x-fc-invocation-type", "Async")
            .header("x-fc-async-task-id", id)
    }

    pub(crate) fn get_task(function: &str, id: &str) -> Self {
        Self {
            method: "GET",
            target: format!("/2023-03-30/functions/{function}/async-tasks/{id}"),
            action: "GetAsyncTask",
            ..Self::call(function, b"")
        }
    }

    pub(crate) fn stop_task(function: &str, id: &str) -> Self {
        Self {
            method: "PUT",
            target: format!("/2023-03-30/functions/{function}/async-tasks/{id}/stop"),
            action: "StopAsyncTask",
            ..Self::call(function, b"")
        }
    }

    pub(crate) fn header(mut self, name: &'a str, value: &'a str) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(crate) fn send(&self, address: SocketAddr) -> Answer {
        let host = address.to_string();
        let now = Timestamp::now();
        let date = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let nonce = format!("{}-{}", now.as_nanosecond(), self.target);
        let hash = oracle::sha256_hex(self.body);
        let mut headers = HeaderList::new();
        for (name, value) in [
            ("host", host.as_str()),
            ("x-acs-action", self.action),
            ("x-acs-version", "2023-03-30"),
            ("x-acs-date", &date),
            ("x-acs-signature-nonce", &nonce),
            ("x-acs-content-sha256", &hash),
        ] {
            headers.push(name.to_owned(), value.to_owned());
        }
        for (name, value) in &self.headers {
            headers.push((*name).to_owned(), (*value).to_owned());
        }
        let names =
            "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
        let request = WireRequest::new(self.method, &self.target).headers(&headers);
        let stages = oracle::acs3_stages(&request, names, self.secret).unwrap();
        let signature = stages.signature.unwrap();
        let value = format!(
            "ACS3-HMAC-SHA256 Credential=LTAI5dummyAccessKeyId,SignedHeaders={names},Signature={signature}"
        );
        headers.push("Authorization".to_owned(), value);
        let mut head = format!(
            "{} {} HTTP/1.1\r\nConnection: close\r\n",
            self.method, self.target
        );
        for (name, value) in &headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        let length = self.body.len().to_string();
        head.extend(["Content-Length: ", &length, "\r\n\r\n"]);
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(self.body);
        exchange(address, &bytes)
    }
}

/// The state of a task, without moving it. Waits for one of these states.
pub(crate) fn wait_for_state(
    endpoint: &LocalEndpoint,
    function: &str,
    id: &str,
    states: &[&str],
) -> Value {
    let end = clock::now() + LONGEST;
    loop {
        let answer = Signed::get_task(function, id).send(endpoint.server().address());
        let task = answer.json();
        if states.iter().any(|state| task["status"] == *state) {
            return task;
        }
        assert!(clock::now() < end, "{states:?}: {answer:?}");
        std::thread::yield_now();
    }
}

/// A client of the control interface.
pub(crate) struct Control(pub(crate) SocketAddr);

impl Control {
    pub(crate) fn of(url: &str) -> Self {
        Self(url.strip_prefix("http://").unwrap().parse().unwrap())
    }

    pub(crate) fn send(&self, method: &str, target: &str, body: &str) -> Answer {
        let kind = if body.is_empty() {
            ""
        } else {
            "Content-Type: application/json\r\n"
        };
        self.send_with(method, target, kind, body)
    }

    pub(crate) fn send_with(
        &self,
        method: &str,
        target: &str,
        headers: &str,
        body: &str,
    ) -> Answer {
        let host = self.0;
        let length = body.len();
        let request = format!(
            "{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
        );
        exchange(self.0, request.as_bytes())
    }

    /// The answer of a request that succeeds.
    pub(crate) fn ok(&self, method: &str, target: &str, body: &str) -> Value {
        let answer = self.send(method, target, body);
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }
}
