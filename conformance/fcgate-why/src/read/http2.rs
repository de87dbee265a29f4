//! Reads lists of HTTP/2 headers: `:method: POST`, `:path: /a`, also with the value on the line after the name.

use super::lines::{lines, without_prefix};
use super::transcript::Transcript;

const PSEUDO_HEADERS: [&[u8]; 4] = [b":method:", b":path:", b":authority:", b":scheme:"];

pub(super) fn read(text: &[u8]) -> Option<Transcript> {
    let text = without_prefix(text, |line| {
        let names = PSEUDO_HEADERS.iter();
        let mut found =
            names.filter_map(|name| line.windows(name.len()).position(|bytes| bytes == *name));
        found.next()
    })?;
    let all: Vec<&[u8]> = lines(&text).map(<[u8]>::trim_ascii_end).collect();
    let has_values_below = all
        .first()
        .is_some_and(|line| PSEUDO_HEADERS.contains(line));
    let mut head = Head::default();
    let mut all = all.into_iter();
    while let Some(line) = all.next() {
        if line.is_empty() {
            break;
        }
        let value_below = has_values_below && line.ends_with(b":");
        let joined = value_below.then(|| [line, b" ", all.next().unwrap_or_default()].concat());
        head.add(joined.as_deref().unwrap_or(line));
    }
    let mut transcript = Transcript::default();
    transcript.sent_line(&[&head.method?, &b" "[..], &head.path?, b" HTTP/2"].concat());
    if let Some(authority) = head.authority.filter(|_| !head.has_host) {
        transcript.sent_line(&[b"Host: ", &authority[..]].concat());
    }
    transcript.sent(&head.headers);
    transcript.sent(b"\r\n");
    transcript.sent(&all.collect::<Vec<_>>().join(&b'\n'));
    transcript.with_request()
}

#[derive(Default)]
struct Head {
    method: Option<Vec<u8>>,
    path: Option<Vec<u8>>,
    authority: Option<Vec<u8>>,
    has_host: bool,
    headers: Vec<u8>,
}

impl Head {
    fn add(&mut self, line: &[u8]) {
        let value = |name: &[u8]| {
            let value = line.strip_prefix(name)?;
            Some(
                value
                    .trim_ascii()
                    .strip_suffix(b"]")
                    .unwrap_or(value.trim_ascii())
                    .to_vec(),
            )
        };
        if let Some(method) = value(b":method:") {
            self.method = Some(method);
        } else if let Some(path) = value(b":path:") {
            self.path = Some(path);
        } else if let Some(authority) = value(b":authority:") {
            self.authority = Some(authority);
        } else if !line.starts_with(b":") {
            let lower = line.to_ascii_lowercase();
            self.has_host |= lower.starts_with(b"host:");
            self.headers.extend_from_slice(line);
            self.headers.extend_from_slice(b"\r\n");
        }
    }
}
