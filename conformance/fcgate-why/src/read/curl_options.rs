//! The options of `curl` that make its request.

use super::described_request::{DescribedRequest, percent_encoded, with_query};
use crate::captured::Exchange;
use fcgate_protocol::HeaderList;

/// Options with a value that does not change what is explained.
const WITH_VALUE: [&str; 42] = [
    "-o",
    "--output",
    "-w",
    "--write-out",
    "-m",
    "--max-time",
    "--connect-timeout",
    "--cacert",
    "--cert",
    "-E",
    "--key",
    "--retry",
    "--retry-delay",
    "--retry-max-time",
    "--resolve",
    "--connect-to",
    "-D",
    "--dump-header",
    "-c",
    "--cookie-jar",
    "--interface",
    "--limit-rate",
    "--proxy-user",
    "-U",
    "-x",
    "--proxy",
    "--max-redirs",
    "--trace",
    "--trace-ascii",
    "--stderr",
    "--capath",
    "--cert-type",
    "--ciphers",
    "--dns-servers",
    "--keepalive-time",
    "--max-filesize",
    "--noproxy",
    "--pass",
    "--proxy-header",
    "--socks5",
    "--socks5-hostname",
    "--unix-socket",
];

/// The parts of a command that make the request.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one option of curl")]
pub(super) struct Options {
    method: Option<String>,
    /// The words that are no option and no value of one.
    urls: Vec<String>,
    headers: Vec<String>,
    data: Vec<String>,
    /// The pairs of `--url-query`.
    query: Vec<String>,
    is_json: bool,
    is_head: bool,
    /// The data is sent in the query.
    is_get: bool,
    /// The data comes from a file.
    has_file: bool,
    /// Dot segments stay in the path.
    keeps_path: bool,
    /// Brackets in the URL stay.
    keeps_brackets: bool,
}

impl Options {
    /// Adds one word. The error says why the request is not known.
    pub(super) fn add(
        &mut self,
        word: &str,
        words: &mut impl Iterator<Item = String>,
    ) -> Result<(), &'static str> {
        let (name, mut glued) = option(word);
        let mut value = || glued.take().or_else(|| words.next()).unwrap_or_default();
        match name {
            "-X" | "--request" => self.method = Some(value()),
            "--url" => self.urls.insert(0, value()),
            "-H" | "--header" => {
                let header = value();
                if header.starts_with('@') {
                    return Err("it reads headers from a file");
                }
                self.headers.push(header);
            }
            "-A" | "--user-agent" => self.headers.push(format!("User-Agent: {}", value())),
            "-e" | "--referer" => self.headers.push(format!("Referer: {}", value())),
            "-b" | "--cookie" => self.headers.push(format!("Cookie: {}", value())),
            "-d" | "--data" | "--data-ascii" | "--data-binary" | "--json" => {
                let data = value();
                self.has_file |= data.starts_with('@');
                self.is_json |= name == "--json";
                self.data.push(data);
            }
            "--data-raw" => self.data.push(value()),
            "--data-urlencode" => {
                let data = encoded(&value()).ok_or("it encodes data from a file")?;
                self.data.push(data);
            }
            "--url-query" => {
                let pair = value();
                let pair = pair
                    .strip_prefix('+')
                    .map(str::to_owned)
                    .or_else(|| encoded(&pair));
                self.query
                    .push(pair.ok_or("it reads the query from a file")?);
            }
            "-T" | "--upload-file" => {
                self.has_file = true;
                self.method.get_or_insert_with(|| "PUT".to_owned());
                self.data.push(value());
            }
            "-I" | "--head" => self.is_head = true,
            "-G" | "--get" => self.is_get = true,
            "-g" | "--globoff" => self.keeps_brackets = true,
            "--path-as-is" => self.keeps_path = true,
            "-F" | "--form" | "--form-string" => {
                return Err("curl makes up the boundary of its form");
            }
            "-u" | "--user" | "--oauth2-bearer" | "--aws-sigv4" | "-K" | "--config"
            | "--digest" | "--ntlm" => return Err("curl makes its Authorization header"),
            "-:" | "--next" => return Err("it sends several requests"),
            _ if WITH_VALUE.contains(&name) => {
                value();
            }
            _ if name.starts_with('-') => {}
            _ => self.urls.push(name.to_owned()),
        }
        Ok(())
    }

    /// The request; `Ok(None)` without a URL.
    pub(super) fn request(self) -> Option<Result<Exchange, &'static str>> {
        let is_absolute = |url: &&String| url.contains("://");
        let url = match self.urls.iter().filter(is_absolute).count() {
            0 => format!("http://{}", self.urls.iter().find(|url| !url.is_empty())?),
            1 => self.urls.iter().find(is_absolute)?.clone(),
            _ => return Some(Err("it sends several requests")),
        };
        Some(self.request_to(&url))
    }

    fn request_to(self, url: &str) -> Result<Exchange, &'static str> {
        let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
        let path = after_scheme.find('/').unwrap_or(after_scheme.len());
        let (authority, target) = after_scheme.split_at(path);
        if !self.keeps_brackets && target.contains(['[', '{']) {
            return Err("curl expands the brackets in its URL, because it has no --globoff");
        }
        let target = if self.keeps_path {
            target.to_owned()
        } else {
            without_dot_segments(target)
        };
        let mut url = format!("https://{authority}{target}");
        let has_data = !self.data.is_empty() && !self.is_get;
        let data = self.data.join(if self.is_json { "" } else { "&" });
        url = with_query(url, &self.query.join("&"));
        if self.is_get {
            url = with_query(url, &data);
        }
        let method = self.method.unwrap_or_else(|| {
            let method = match (self.is_head, has_data) {
                (true, _) => "HEAD",
                (_, true) => "POST",
                _ => "GET",
            };
            method.to_owned()
        });
        let (mut headers, removed) = headers(&self.headers);
        let mut add = |name: &str, value: &str| {
            let is_removed = removed
                .iter()
                .any(|removed| removed.eq_ignore_ascii_case(name));
            if !headers.contains(name) && !is_removed {
                headers.push(name, value);
            }
        };
        add(
            "Accept",
            if self.is_json {
                "application/json"
            } else {
                "*/*"
            },
        );
        if has_data {
            add(
                "Content-Type",
                if self.is_json {
                    "application/json"
                } else {
                    "application/x-www-form-urlencoded"
                },
            );
        }
        let body = if self.has_file {
            None
        } else if has_data {
            Some(data.into_bytes())
        } else {
            Some(Vec::new())
        };
        let request = DescribedRequest {
            method,
            url,
            headers,
            body,
            notes: vec![
                "the text is a curl command: the request that it sends is explained".to_owned(),
            ],
        };
        let mut exchange = request.exchange();
        if removed.iter().any(|name| name.eq_ignore_ascii_case("host")) {
            exchange.request.headers.remove("host");
        }
        Ok(exchange)
    }
}

/// The headers that are sent, and the names of those that are removed with `Name:`.
fn headers(options: &[String]) -> (HeaderList, Vec<&str>) {
    let mut headers = HeaderList::new();
    let mut removed = Vec::new();
    for header in options {
        match (header.split_once(':'), header.strip_suffix(';')) {
            (Some((name, value)), _) if value.trim().is_empty() => removed.push(name),
            // curl sends the value without the spaces before it.
            (Some((name, value)), _) => headers.push(name, value.trim_start()),
            (None, Some(name)) => headers.push(name, ""),
            (None, None) => {}
        }
    }
    (headers, removed)
}

/// The data of `--data-urlencode`: `content`, `=content` or `name=content`. `None` for a file.
fn encoded(data: &str) -> Option<String> {
    match data.split_once('=') {
        Some(("", content)) => Some(percent_encoded(content)),
        Some((name, content)) if !name.contains('@') => {
            Some(format!("{name}={}", percent_encoded(content)))
        }
        None if !data.contains('@') => Some(percent_encoded(data)),
        _ => None,
    }
}

/// The target without `.` and `..` in its path (RFC 3986, 5.2.4).
fn without_dot_segments(target: &str) -> String {
    let (path, query) = target
        .find('?')
        .map_or((target, ""), |at| target.split_at(at));
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            segment => kept.push(segment),
        }
        if is_last && matches!(segment, "." | "..") {
            kept.push("");
        }
    }
    let path = kept.iter().map(|segment| format!("/{segment}"));
    format!("{}{query}", path.collect::<String>())
}

/// The name of an option, and the value that is written together with it: `-XPOST`, `--request=POST`.
fn option(word: &str) -> (&str, Option<String>) {
    if word.starts_with("--") {
        return match word.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (word, None),
        };
    }
    if word.starts_with('-') && word.len() > 2 && word.is_char_boundary(2) {
        let (name, value) = word.split_at(2);
        if matches!(
            name,
            "-X" | "-H" | "-d" | "-A" | "-e" | "-b" | "-T" | "-o" | "-m" | "-u" | "-x" | "-w"
        ) {
            return (name, Some(value.to_owned()));
        }
        // Flags can be joined, and the last one may take a value: `-sSX POST`.
        if let Some(last) = word.chars().next_back() {
            return match last {
                'X' => ("-X", None),
                'H' => ("-H", None),
                'd' => ("-d", None),
                'o' => ("-o", None),
                'I' => ("-I", None),
                'G' => ("-G", None),
                _ => (name, None),
            };
        }
    }
    (word, None)
}
