//! A request as it arrives at the adapter, which is the proxy of the SDK's HTTP client.

use std::io;

use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, BufReader};

pub(crate) struct Request {
    pub(crate) method: String,
    /// The path with the query.
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// The whole request as it would be sent without a proxy.
    pub(crate) bytes: Vec<u8>,
}

impl Request {
    /// Reads one request.
    pub(crate) async fn read<R: AsyncRead + Unpin>(stream: &mut BufReader<R>) -> io::Result<Self> {
        let first = line(stream).await?;
        let first = text(&first);
        let mut words = first.trim_end_matches("\r\n").splitn(3, ' ');
        let mut word = || words.next().ok_or(io::ErrorKind::InvalidData);
        let (method, target, version) = (word()?, origin_form(word()?), word()?);
        let mut request = Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
            bytes: format!("{method} {target} {version}\r\n").into_bytes(),
        };
        loop {
            let line = line(stream).await?;
            request.bytes.extend_from_slice(&line);
            let line = text(&line);
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            request
                .headers
                .push((name.to_owned(), value.trim().to_owned()));
        }
        if request.header("transfer-encoding").is_some() {
            return Err(io::Error::other(
                "this SDK sends whole payloads, never chunks",
            ));
        }
        let length = request
            .header("content-length")
            .and_then(|length| length.parse().ok());
        request.body = vec![0; length.unwrap_or_default()];
        stream.read_exact(&mut request.body).await?;
        request.bytes.extend_from_slice(&request.body);
        Ok(request)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self
            .headers
            .iter()
            .filter(|header| header.0.eq_ignore_ascii_case(name));
        found.next().map(|header| header.1.as_str())
    }
}

/// The target without scheme and host, which a request to a proxy has.
fn origin_form(target: &str) -> &str {
    let Some(address) = target.strip_prefix("https://") else {
        return target;
    };
    address
        .find('/')
        .and_then(|start| address.get(start..))
        .unwrap_or("/")
}

/// A line with its end.
async fn line<R: AsyncRead + Unpin>(stream: &mut BufReader<R>) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    match stream.read_until(b'\n', &mut line).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(line),
    }
}

/// The bytes of a head as text: UTF-8, otherwise Latin-1.
fn text(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).map(str::to_owned);
    text.unwrap_or_else(|_| bytes.iter().copied().map(char::from).collect())
}
