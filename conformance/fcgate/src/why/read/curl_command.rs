//! Turns a `curl` command line into the request that it sends.

use super::super::captured::{Body, CapturedRequest, Exchange};
use super::Unreadable;
use super::message::{authority, origin_form};
use super::string_literal;

const CAPTURE: &str = "run it again with `-v` and give that output";

/// Options with a value that does not change what is explained.
const WITH_VALUE: [&str; 30] = [
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
];

/// Words of the shell that end the command.
const SHELL_ENDS: [&str; 7] = ["|", ";", "&&", "||", ">", "2>&1", "&"];

/// Whether a text starts with a `curl` command for a POSIX shell.
pub(super) fn is_curl_command(text: &[u8]) -> bool {
    command(text).is_some()
}

/// The text after `curl`, also after the prompt of a shell.
fn command(text: &[u8]) -> Option<&[u8]> {
    let text = text.trim_ascii_start();
    let text = text
        .strip_prefix(b"$")
        .or_else(|| text.strip_prefix(b"%"))
        .unwrap_or(text);
    let rest = text.trim_ascii_start().strip_prefix(b"curl")?;
    let rest = rest.strip_prefix(b".exe").unwrap_or(rest);
    let is_windows = rest.windows(2).any(|two| two == b"^\"" || two == b"^\n");
    (rest.first().is_some_and(u8::is_ascii_whitespace) && !is_windows).then_some(rest)
}

pub(super) fn exchange(text: &[u8]) -> Result<Exchange, Unreadable> {
    let unreadable = |problem: &str| {
        Unreadable::with_hint(format!("this is a curl command, but {problem}"), CAPTURE)
    };
    let text = command(text).ok_or_else(|| unreadable("it is empty"))?;
    let text = plain_quotes(text);
    if has_expansion(&text) {
        return Err(unreadable(
            "it has shell variables, whose values it does not show",
        ));
    }
    let text = String::from_utf8_lossy(&text);
    let words = shlex::split(&text).ok_or_else(|| unreadable("a quote in it is not closed"))?;
    let mut command = Command::default();
    let mut words = words
        .into_iter()
        .take_while(|word| !SHELL_ENDS.contains(&word.as_str()));
    while let Some(word) = words.next() {
        command.add(&word, &mut words).map_err(unreadable)?;
    }
    command.request().ok_or_else(|| unreadable("it has no URL"))
}

/// The parts of a command that make the request.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one option of curl")]
struct Command {
    method: Option<String>,
    url: Option<String>,
    headers: Vec<String>,
    data: Vec<String>,
    is_json: bool,
    is_head: bool,
    /// The data is sent in the query.
    is_get: bool,
    /// The data comes from a file.
    has_file: bool,
}

impl Command {
    fn add(
        &mut self,
        word: &str,
        words: &mut impl Iterator<Item = String>,
    ) -> Result<(), &'static str> {
        let (name, mut glued) = option(word);
        let mut value = || glued.take().or_else(|| words.next()).unwrap_or_default();
        match name {
            "-X" | "--request" => self.method = Some(value()),
            "--url" => self.url = Some(value()),
            "-H" | "--header" => self.headers.push(value()),
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
            "-T" | "--upload-file" => {
                self.has_file = true;
                self.method.get_or_insert_with(|| "PUT".to_owned());
                self.data.push(value());
            }
            "-I" | "--head" => self.is_head = true,
            "-G" | "--get" => self.is_get = true,
            "-F" | "--form" | "--form-string" => {
                return Err("curl makes up the boundary of its form");
            }
            "--data-urlencode" => return Err("curl encodes its data"),
            "-u" | "--user" | "--oauth2-bearer" | "--aws-sigv4" | "-K" | "--config"
            | "--digest" | "--ntlm" => return Err("curl makes its Authorization header"),
            _ if WITH_VALUE.contains(&name) => {
                value();
            }
            _ if name.starts_with('-') => {}
            _ => self.url = self.url.take().or(Some(name.to_owned())),
        }
        Ok(())
    }

    fn request(self) -> Option<Exchange> {
        let url = self.url.filter(|url| !url.is_empty())?;
        let mut url = if url.contains("://") {
            url
        } else {
            format!("http://{url}")
        };
        let has_data = !self.data.is_empty() && !self.is_get;
        let separator = if self.is_json { "" } else { "&" };
        let data = self.data.join(separator);
        if self.is_get && !self.data.is_empty() {
            let mark = if url.contains('?') { '&' } else { '?' };
            url = format!("{url}{mark}{data}");
        }
        let method = self.method.unwrap_or_else(|| {
            let method = match (self.is_head, has_data) {
                (true, _) => "HEAD",
                (_, true) => "POST",
                _ => "GET",
            };
            method.to_owned()
        });
        let mut request = CapturedRequest::new(method, origin_form(&url));
        let mut removed = Vec::new();
        for header in &self.headers {
            match (header.split_once(':'), header.strip_suffix(';')) {
                (Some((name, value)), _) if value.trim().is_empty() => removed.push(name),
                // curl sends the value without the spaces before it.
                (Some((name, value)), _) => request.headers.push(name, value.trim_start()),
                (None, Some(name)) => request.headers.push(name, ""),
                (None, None) => {}
            }
        }
        let media_type = match (has_data, self.is_json) {
            (true, true) => Some("application/json"),
            (true, false) => Some("application/x-www-form-urlencoded"),
            _ => None,
        };
        let is_named = |request: &CapturedRequest, name: &str| {
            request.value(name).is_some()
                || removed
                    .iter()
                    .any(|removed| removed.eq_ignore_ascii_case(name))
        };
        if !is_named(&request, "host")
            && let Some(host) = authority(&url)
        {
            request.headers.insert(0, "Host", host);
        }
        if let Some(media_type) = media_type
            && !is_named(&request, "content-type")
        {
            request.headers.push("Content-Type", media_type);
        }
        let mut notes =
            vec!["the text is a curl command: the request that it sends is explained".to_owned()];
        request.body = if self.has_file {
            notes.push("the command reads the body from a file, so the digest header is assumed to be correct".to_owned());
            Body::Unknown
        } else {
            Body::Whole(if has_data {
                data.into_bytes()
            } else {
                Vec::new()
            })
        };
        Some(Exchange {
            notes,
            ..Exchange::new(request)
        })
    }
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
                _ => (name, None),
            };
        }
    }
    (word, None)
}

/// Replaces `$'..'`, which browsers write, by quotes of POSIX.
fn plain_quotes(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, after)) = rest.split_first() {
        let is_word_start = out.last().is_none_or(u8::is_ascii_whitespace);
        let literal = (first == b'$' && is_word_start && after.starts_with(b"'"))
            .then(|| string_literal::decoded(after))
            .flatten();
        if let Some((bytes, after)) = literal {
            out.push(b'\'');
            for byte in bytes {
                match byte {
                    b'\'' => out.extend_from_slice(br"'\''"),
                    byte => out.push(byte),
                }
            }
            out.push(b'\'');
            rest = after;
        } else {
            out.push(first);
            rest = after;
        }
    }
    out
}

/// Whether the shell replaces a part of the command: `$NAME`, `$(..)` or backquotes outside of single quotes.
fn has_expansion(text: &[u8]) -> bool {
    let mut quote = None;
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, quote) {
            (b'\'' | b'"', None) => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            (_, Some(b'\'')) => {}
            (b'\\', _) => {
                bytes.next();
            }
            (b'`', _) => return true,
            (b'$', _) => {
                let next = bytes.peek().copied().unwrap_or_default();
                if next.is_ascii_alphabetic() || matches!(next, b'_' | b'{' | b'(') {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::exchange;
    use crate::why::Body;

    #[test]
    fn the_request_of_a_command_has_the_headers_that_curl_adds() {
        let text = "$ curl -sSX PUT https://h:1/a?b \\\n  -H 'X-A: b' -H 'X-E;' -H 'Accept:' --data-raw $'{\"a\":\"\\u0021\"}' 2>&1 | jq .";
        let read = exchange(text.as_bytes()).unwrap().request;
        assert_eq!(
            (read.method.as_str(), read.target.as_str()),
            ("PUT", "/a?b")
        );
        let headers: Vec<_> = read
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        assert_eq!(
            headers,
            [
                "Host: h:1",
                "X-A: b",
                "X-E: ",
                "Content-Type: application/x-www-form-urlencoded"
            ]
        );
        assert_eq!(read.body, Body::Whole(b"{\"a\":\"!\"}".to_vec()));
    }

    #[test]
    fn a_command_whose_request_is_not_known_is_refused() {
        for text in [
            "curl https://h/ -H \"Date: $(date)\"",
            "curl https://h/ -H \"Authorization: $AUTH\"",
            "curl https://h/ -H 'open",
            "curl -F a=b https://h/",
            "curl -v",
        ] {
            let error = exchange(text.as_bytes()).unwrap_err().to_string();
            assert!(
                error.contains("this is a curl command, but"),
                "{text}: {error}"
            );
        }
    }
}
