//! Reads text that was copied from the network panel of a browser, or from the console of Postman: sections with titles such as
//! `Request Headers`, and the URL and the method outside of them.

use super::described_request::DescribedRequest;
use super::lines::lines;
use super::{latin1, start_line};
use crate::captured::{CapturedResponse, Exchange};
use fcgate_protocol::HeaderList;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Other,
    RequestHeaders,
    RequestBody,
    ResponseHeaders,
    ResponseBody,
}

const TITLES: [(&str, Section); 12] = [
    ("request headers", Section::RequestHeaders),
    ("request body", Section::RequestBody),
    ("request payload", Section::RequestBody),
    ("form data", Section::Other),
    ("query string parameters", Section::Other),
    ("response headers", Section::ResponseHeaders),
    ("response body", Section::ResponseBody),
    ("response", Section::ResponseBody),
    ("general", Section::Other),
    ("network", Section::Other),
    ("preview", Section::Other),
    ("timing", Section::Other),
];

/// Words of the panel between the headers.
const NOISE: [&str; 6] = [
    "view source",
    "view parsed",
    "view url-encoded",
    "raw",
    "provisional headers are shown",
    "learn more",
];

pub(super) fn read(text: &[u8]) -> Option<Exchange> {
    let mut panel = Panel::default();
    let mut section = Section::Other;
    let mut all = lines(text).map(title_line).peekable();
    let mut has_title = false;
    while let Some(line) = all.next() {
        if let Some(next) = title(&line) {
            has_title |= next == Section::RequestHeaders;
            section = next;
            continue;
        }
        match section {
            Section::Other => panel.add_fact(&line, || {
                all.next_if(|next| !next.is_empty()).unwrap_or_default()
            }),
            Section::RequestHeaders | Section::ResponseHeaders => {
                let below = || {
                    all.next_if(|next| title(next).is_none())
                        .unwrap_or_default()
                };
                if let Some((name, value)) = header(&line, below) {
                    panel.add_header(section, name, value);
                }
            }
            Section::RequestBody => panel.body.push(line),
            Section::ResponseBody => panel.response_body.push(line),
        }
    }
    if !has_title {
        return None;
    }
    panel.exchange()
}

#[derive(Default)]
struct Panel {
    method: Option<String>,
    url: Option<String>,
    status: u16,
    headers: HeaderList,
    response_headers: HeaderList,
    body: Vec<String>,
    response_body: Vec<String>,
}

impl Panel {
    /// Adds a line outside of the sections: `Request URL: ..`, `POST https://..`, `403`.
    fn add_fact(&mut self, line: &str, below: impl FnOnce() -> String) {
        let lower = line.to_ascii_lowercase();
        let after = |name: &str| {
            lower
                .starts_with(name)
                .then(|| line.get(name.len()..).unwrap_or_default().trim().to_owned())
        };
        let mut below = Some(below);
        let mut value = |value: String| {
            if value.is_empty() {
                below.take().map(|below| below()).unwrap_or_default()
            } else {
                value
            }
        };
        if let Some(url) = after("request url:") {
            self.url = Some(value(url));
        } else if let Some(method) = after("request method:") {
            self.method = Some(value(method));
        } else if let Some(status) = after("status code:").or_else(|| after("status:")) {
            self.set_status(&value(status));
        } else if let Some(found) = start_line::find(line.as_bytes()) {
            let mut words = line
                .get(found.offset..)
                .unwrap_or_default()
                .split_ascii_whitespace();
            self.method = self
                .method
                .take()
                .or_else(|| words.next().map(str::to_owned));
            self.url = self.url.take().or_else(|| words.next().map(str::to_owned));
        } else if self.status == 0 && line.len() >= 3 {
            self.set_status(line);
        }
    }

    fn set_status(&mut self, text: &str) {
        let digits = text
            .split(|one: char| !one.is_ascii_digit())
            .find(|part| part.len() == 3);
        self.status = digits
            .and_then(|digits| digits.parse().ok())
            .unwrap_or(self.status);
    }

    fn add_header(&mut self, section: Section, name: String, value: String) {
        if section == Section::ResponseHeaders {
            self.response_headers.push(name, value);
            return;
        }
        match name.as_str() {
            ":method" => self.method = Some(value),
            ":path" => self.url = self.url.take().or(Some(value)),
            ":authority" if !self.headers.contains("host") => self.headers.insert(0, "Host", value),
            name if name.starts_with(':') => {}
            _ => self.headers.push(name, value),
        }
    }

    fn exchange(self) -> Option<Exchange> {
        let body = self.body.join("\n");
        let body = body.trim();
        let request = DescribedRequest {
            method: self.method?,
            url: self.url?,
            headers: self.headers,
            body: (!body.is_empty()).then(|| body.as_bytes().to_vec()),
            notes: Vec::new(),
        };
        let mut exchange = request.exchange();
        if self.status >= 100 {
            exchange.response = Some(CapturedResponse {
                headers: self.response_headers,
                body: self.response_body.join("\n").into_bytes(),
                ..CapturedResponse::new(self.status)
            });
        }
        Some(exchange)
    }
}

/// A line without its indentation and the triangle of an open section.
fn title_line(line: &[u8]) -> String {
    let text = String::from_utf8_lossy(line);
    let text = text.trim_matches(|one: char| one.is_whitespace() || "▼▶▾▸▿▹".contains(one));
    if text.is_ascii() {
        text.to_owned()
    } else {
        latin1(text.as_bytes())
    }
}

fn title(line: &str) -> Option<Section> {
    let lower = line.trim_end_matches(':').to_ascii_lowercase();
    // Browsers show a count or a size after some titles.
    let lower = lower.split(" (").next().unwrap_or_default();
    TITLES
        .iter()
        .find(|(title, _)| *title == lower)
        .map(|(_, section)| *section)
}

/// A header: `Name: value`, `Name: "value"`, or the value on the line below the name.
fn header(line: &str, below: impl FnOnce() -> String) -> Option<(String, String)> {
    if NOISE.contains(&line.to_ascii_lowercase().as_str()) {
        return None;
    }
    let colon = line.get(1..)?.find(':')? + 1;
    let (name, value) = line.split_at_checked(colon)?;
    let is_name =
        http::HeaderName::from_bytes(name.strip_prefix(':').unwrap_or(name).as_bytes()).is_ok();
    let value = value.strip_prefix(':').filter(|_| is_name)?.trim();
    let value = if value.is_empty() {
        below()
    } else {
        value.to_owned()
    };
    let inner = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'));
    Some((name.to_owned(), inner.unwrap_or(&value).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::Body;

    #[test]
    fn panels_and_consoles_are_read() {
        let chrome = "General\nRequest URL: https://h/a?b\nRequest Method: POST\nStatus Code: 403 Forbidden\n\
            Response Headers\nDate: d\nRequest Headers\nProvisional headers are shown\nX-A: b\nHost: h\nRequest Payload\n{}\n";
        let below = "Request URL:\nhttps://h/a?b\nRequest Method:\nPOST\nStatus Code:\n403\nrequest headers\n:authority:\nh\n:path:\n/a?b\nx-a:\nb\nrequest body\n{}";
        let postman = "▼POST https://h/a?b\n403\n12 ms\n▼Request Headers\n  X-A: \"b\"\n  Host: \"h\"\n▼Request Body\n{}\n▼Response Headers\n  Date: \"d\"\n";
        for text in [chrome, below, postman, &postman.replace('\n', "\r\n")] {
            let exchange = read(text.as_bytes()).unwrap_or_else(|| panic!("{text}"));
            let request = exchange.request;
            assert_eq!(
                (request.method.as_str(), request.target.as_str()),
                ("POST", "/a?b"),
                "{text}"
            );
            assert_eq!(request.value("x-a"), Some("b"), "{text}");
            assert_eq!(request.value("host"), Some("h"), "{text}");
            assert_eq!(request.body, Body::Whole(b"{}".to_vec()), "{text}");
            assert_eq!(
                exchange.response.map(|response| response.status),
                Some(403),
                "{text}"
            );
        }
        assert!(read(b"POST / HTTP/1.1\nHost: h\n\nRequest Body\n").is_none());
    }
}
