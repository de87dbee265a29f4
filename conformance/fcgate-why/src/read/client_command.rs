//! Turns a command of httpie or wget into the request that it sends.

use super::described_request::{DescribedRequest, percent_encoded, sent_method, with_query};
use super::{Unreadable, shell_command};
use crate::captured::Exchange;
use fcgate_protocol::HeaderList;

/// Reads a command of httpie (`http`, `https`) or of wget.
pub(super) fn read(text: &[u8]) -> Option<Result<Exchange, Unreadable>> {
    if let Some(command) = shell_command::after_program(text, &["http", "https"]) {
        // A URL or a log may start with this word, too.
        let request = shell_command::words(command).map(|words| httpie(&words));
        return match request {
            Ok(request) => Some(Ok(request?.exchange())),
            Err(problem) => Some(Err(refused(
                "an httpie command",
                problem,
                "run it with `-v`",
            ))),
        };
    }
    let command = shell_command::after_program(text, &["wget"])?;
    let request = shell_command::words(command).and_then(|words| wget(&words));
    Some(match request {
        Ok(request) => Ok(request.exchange()),
        Err(problem) => Err(refused(
            "a wget command",
            problem,
            "run it with `--debug`, which prints the request",
        )),
    })
}

fn refused(command: &str, problem: &str, hint: &'static str) -> Unreadable {
    Unreadable::with_hint(format!("this is {command}, but {problem}"), hint)
}

/// The request of `http [METHOD] URL [ITEM ..]`; `None` if the words are no such command.
fn httpie(words: &[String]) -> Option<DescribedRequest> {
    const WITH_VALUE: [&str; 12] = [
        "--timeout",
        "--session",
        "--auth",
        "-a",
        "--proxy",
        "--output",
        "-o",
        "--print",
        "-p",
        "--max-redirects",
        "--verify",
        "--auth-type",
    ];
    let mut raw = None;
    let mut plain = Vec::new();
    let mut is_form = false;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--raw" => raw = words.next().cloned(),
            "--form" | "-f" => is_form = true,
            option if WITH_VALUE.contains(&option) => {
                words.next();
            }
            option if option.starts_with("--raw=") => {
                raw = option.strip_prefix("--raw=").map(str::to_owned);
            }
            option if option.starts_with('-') => {}
            word => plain.push(word),
        }
    }
    let is_method =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut plain = plain.into_iter().peekable();
    let method = plain.next_if(|word| is_method(word) && *word != "localhost");
    let url = plain
        .next()
        .filter(|url| url.contains(['/', ':', '.']) || *url == "localhost")?;
    let url = match url.strip_prefix(':') {
        Some(rest) if rest.starts_with('/') => format!("http://localhost{rest}"),
        Some(port) => format!("http://localhost:{port}"),
        None if url.contains("://") => url.to_owned(),
        None => format!("http://{url}"),
    };
    let mut items = Items::default();
    for item in plain {
        items.add(item);
    }
    let has_data = raw.is_some() || items.has_fields;
    let mut notes =
        vec!["the text is an httpie command: the request that it sends is explained".to_owned()];
    if method == Some("POST") && !has_data {
        notes.push("httpie also reads a body from its standard input".to_owned());
    }
    if !items.headers.contains("content-type") && has_data {
        let form = "application/x-www-form-urlencoded; charset=utf-8";
        items.headers.push(
            "Content-Type",
            if is_form { form } else { "application/json" },
        );
    }
    items.headers.retain(|(name, _)| {
        !items
            .removed
            .iter()
            .any(|removed| removed.eq_ignore_ascii_case(name))
    });
    Some(DescribedRequest {
        method: method.map_or_else(
            || {
                if has_data {
                    "POST".to_owned()
                } else {
                    "GET".to_owned()
                }
            },
            sent_method,
        ),
        url: with_query(url, &items.query.join("&")),
        headers: items.headers,
        body: raw.map(String::into_bytes),
        notes,
    })
}

/// The items of an httpie command.
#[derive(Default)]
struct Items {
    headers: HeaderList,
    removed: Vec<String>,
    query: Vec<String>,
    /// Whether httpie makes the body of fields.
    has_fields: bool,
}

impl Items {
    /// `Name:value` is a header, `name==value` a pair of the query, `name=value` and `name:=json` a field.
    fn add(&mut self, item: &str) {
        let Some(at) = item.find([':', '=', '@', ';']) else {
            return;
        };
        let (name, rest) = item.split_at(at);
        if let Some(value) = rest.strip_prefix("==") {
            self.query.push(format!(
                "{}={}",
                percent_encoded(name),
                percent_encoded(value)
            ));
        } else if rest.starts_with(":=") || rest.starts_with('=') || rest.starts_with('@') {
            self.has_fields = true;
        } else if rest == ":" {
            self.removed.push(name.to_owned());
        } else if let Some(value) = rest.strip_prefix(':') {
            self.headers.push(name, value.trim());
        } else if rest == ";" {
            self.headers.push(name, "");
        }
    }
}

/// The request of `wget [OPTION ..] URL`.
fn wget(words: &[String]) -> Result<DescribedRequest, &'static str> {
    const WITH_VALUE: [&str; 6] = [
        "-O",
        "--output-document",
        "--timeout",
        "-T",
        "--tries",
        "-t",
    ];
    let mut method = None;
    let mut url = None;
    let mut headers = HeaderList::new();
    let mut body = None;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let (name, glued) = word
            .split_once('=')
            .filter(|_| word.starts_with("--"))
            .map_or((word.as_str(), None), |(name, value)| {
                (name, Some(value.to_owned()))
            });
        let mut value = || {
            glued
                .clone()
                .or_else(|| words.next().cloned())
                .unwrap_or_default()
        };
        match name {
            "--method" => method = Some(value()),
            "--header" => {
                if let Some((name, value)) = value().split_once(':') {
                    headers.push(name, value.trim_start());
                }
            }
            "--post-data" | "--body-data" => body = Some(value()),
            "--post-file" | "--body-file" => return Err("it reads the body from a file"),
            "--user" | "--password" | "--http-user" | "--http-password" => {
                return Err("wget makes its Authorization header");
            }
            name if WITH_VALUE.contains(&name) => {
                value();
            }
            name if name.starts_with('-') => {}
            word => {
                url = url.or(Some(word.to_owned()));
            }
        }
    }
    let url = url.ok_or("it has no URL")?;
    if body.is_some() && !headers.contains("content-type") {
        headers.push("Content-Type", "application/x-www-form-urlencoded");
    }
    let method = method.unwrap_or_else(|| {
        if body.is_some() {
            "POST".to_owned()
        } else {
            "GET".to_owned()
        }
    });
    Ok(DescribedRequest {
        method,
        url: if url.contains("://") {
            url
        } else {
            format!("http://{url}")
        },
        headers,
        body: Some(body.unwrap_or_default().into_bytes()),
        notes: vec![
            "the text is a wget command: the request that it sends is explained".to_owned(),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::Body;

    #[test]
    fn the_items_of_httpie_become_headers_and_query() {
        let text = "$ http -v POST https://h/a b==c X-A:b Accept: --raw '{}'";
        let request = read(text.as_bytes()).unwrap().unwrap().request;
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            ("POST", "/a?b=c")
        );
        assert_eq!(request.value("x-a"), Some("b"));
        assert_eq!(request.value("content-type"), Some("application/json"));
        assert_eq!(request.body, Body::Whole(b"{}".to_vec()));
        let fields = read(b"http h/a name=value").unwrap().unwrap().request;
        assert_eq!(
            (fields.method.as_str(), fields.body),
            ("POST", Body::Unknown)
        );
        assert!(read(b"http HTTP/1.1 is old").is_none() || read(b"http is old").is_none());
    }

    #[test]
    fn a_command_of_wget_is_read() {
        let text = "wget --method POST --header 'X-A: b' --body-data='{}' --output-document - 'https://h/a'";
        let request = read(text.as_bytes()).unwrap().unwrap().request;
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            ("POST", "/a")
        );
        assert_eq!(request.body, Body::Whole(b"{}".to_vec()));
        let error = read(b"wget --post-file=a https://h/").unwrap().unwrap_err();
        assert!(error.to_string().contains("this is a wget command, but"));
    }
}
