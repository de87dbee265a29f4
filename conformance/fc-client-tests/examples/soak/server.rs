//! The server in a process of its own: it answers, has faults, and counts the invocations of every call.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::Failure;
use crate::fault::{BODY_LIMIT, Fault};

/// The argument that makes this program the server.
pub(crate) const WORD: &str = "serve";

/// The running server. Dropping it stops the server.
pub(crate) struct Server {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    uri: String,
}

impl Server {
    pub(crate) fn start(calls: usize) -> Result<Self, Failure> {
        let mut child = Command::new(std::env::current_exe()?)
            .args([WORD, &calls.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().ok_or("the server has no output")?;
        let mut server = Self {
            child,
            stdin,
            stdout: BufReader::new(stdout),
            uri: String::new(),
        };
        server.uri = server.line()?;
        Ok(server)
    }

    pub(crate) fn uri(&self) -> &str {
        &self.uri
    }

    /// Stops the server and returns how many calls arrived and how many of them arrived more than once.
    pub(crate) fn stop(mut self) -> Result<(usize, usize), Failure> {
        drop(self.stdin.take());
        let line = self.line()?;
        let (arrived, again) = line.split_once(' ').ok_or("expected two numbers")?;
        Ok((arrived.parse()?, again.parse()?))
    }

    fn line(&mut self) -> Result<String, Failure> {
        let mut line = String::new();
        self.stdout.read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let _ = self.child.wait();
    }
}

/// How often each call arrived.
type Counts = Arc<Mutex<Vec<u8>>>;

/// Prints its address, serves until stdin is closed, and prints the counts.
pub(crate) fn run(calls: usize) -> Result<(), Failure> {
    let counts: Counts = Arc::new(Mutex::new(vec![0; calls]));
    let of_the_end = Arc::clone(&counts);
    std::thread::spawn(move || {
        let _ = std::io::stdin().lock().read_line(&mut String::new());
        let counts = of_the_end.lock().unwrap_or_else(PoisonError::into_inner);
        let at_least = |times: u8| counts.iter().filter(|count| **count >= times).count();
        let written = writeln!(std::io::stdout(), "{} {}", at_least(1), at_least(2));
        std::process::exit(i32::from(written.is_err()));
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        writeln!(std::io::stdout(), "http://{}", listener.local_addr()?)?;
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            tokio::spawn(serve(stream, Arc::clone(&counts)));
        }
    })
}

/// Answers the requests of one connection; `None` at its end.
async fn serve(mut stream: TcpStream, counts: Counts) -> Option<()> {
    let mut buffer = Vec::new();
    loop {
        let payload = read_request(&mut stream, &mut buffer).await?;
        let call = number(&payload)?;
        if let Some(count) = counts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_mut(call)
        {
            *count = count.saturating_add(1);
        }
        let (answer, closes) = answer(Fault::of(call), &payload);
        stream.write_all(&answer).await.ok()?;
        if closes {
            if Fault::of(call) == Some(Fault::Reset) {
                stream.set_zero_linger().ok()?;
            }
            return None;
        }
    }
}

/// Reads one request with a `Content-Length` and returns its payload.
async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Vec<u8>> {
    buffer.clear();
    loop {
        let text = String::from_utf8_lossy(buffer);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))?;
            if body.len() >= length.parse().ok()? {
                return Some(body.as_bytes().to_vec());
            }
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
}

/// The number in a payload.
fn number(payload: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(payload).ok()?;
    text.split(' ').nth(1)?.parse().ok()
}

/// The bytes of an answer, and whether the connection ends after them.
fn answer(fault: Option<Fault>, payload: &[u8]) -> (Vec<u8>, bool) {
    let start = "HTTP/1.1 200 OK\r\nx-fc-request-id: 1a2b3c4d\r\n";
    let both = "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n";
    let length = payload.len();
    let head = match fault {
        None => format!("{start}content-length: {length}\r\n\r\n"),
        Some(Fault::Silence | Fault::Reset) => return (Vec::new(), true),
        Some(Fault::CutHead) => return (start.into(), true),
        Some(Fault::CutBody) => {
            let cut = format!("{start}content-length: {length}\r\n\r\ncall");
            return (cut.into(), true);
        }
        Some(Fault::TwoLengths) => return (format!("{start}{both}0\r\n\r\n").into(), false),
        Some(Fault::TwoLengthsAndBody) => {
            let answer = format!("{start}{both}5\r\nhello\r\n0\r\n\r\n");
            return (answer.into(), false);
        }
        Some(Fault::NotHttp) => return (b"220 mail ready\r\n\r\n".to_vec(), true),
        Some(Fault::LongBody) => {
            let length = BODY_LIMIT + 1;
            let head = format!("{start}content-length: {length}\r\n\r\n");
            let body = vec![b'l'; usize::try_from(length).unwrap_or_default()];
            return ([head.into_bytes(), body].concat(), false);
        }
        Some(Fault::ManyHeaders) => {
            let lines = "x-line: 1\r\n".repeat(300);
            let answer = format!("{start}{lines}content-length: 0\r\n\r\n");
            return (answer.into(), true);
        }
        Some(Fault::ServerError) => {
            let start = start.replace("200 OK", "500 Internal Server Error");
            format!("{start}content-length: {length}\r\n\r\n")
        }
    };
    ([head.as_bytes(), payload].concat(), false)
}
