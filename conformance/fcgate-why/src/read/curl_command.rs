//! Turns a `curl` command line into the request that it sends.

use super::curl_options::Options;
use super::{Unreadable, shell_command, windows_command};
use crate::captured::Exchange;

const CAPTURE: &str = "run it again with `-v` and give that output";

/// Reads a `curl` command for a POSIX shell or for the Windows prompt.
pub(super) fn read(text: &[u8]) -> Option<Result<Exchange, Unreadable>> {
    let text = shell_command::after_program(text, &["curl"])?;
    Some(exchange(text).map_err(|problem| {
        Unreadable::with_hint(format!("this is a curl command, but {problem}"), CAPTURE)
    }))
}

fn exchange(text: &[u8]) -> Result<Exchange, &'static str> {
    let words = if windows_command::is_windows(text) {
        windows_command::words(text)?
    } else {
        shell_command::words(text)?
    };
    let mut options = Options::default();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        options.add(&word, &mut words)?;
    }
    options.request().ok_or("it has no URL")?
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::Body;

    #[test]
    fn the_request_of_a_command_has_the_headers_that_curl_adds() {
        let text = "$ curl -sSX PUT https://h:1/a?b \\\n  -H 'X-A: b' -H 'X-E;' -H 'Accept:' --data-raw $'{\"a\":\"\\u0021\"}' 2>&1 | jq .";
        let read = read(text.as_bytes()).unwrap().unwrap().request;
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
            "curl https://h/ --next https://h/b",
            "curl https://h/[1-3]",
            "curl https://h/ -H @headers.txt",
            "curl -u a:b https://h/",
        ] {
            let error = read(text.as_bytes()).unwrap().unwrap_err().to_string();
            assert!(
                error.contains("this is a curl command, but"),
                "{text}: {error}"
            );
        }
    }

    #[test]
    fn options_that_change_the_target_or_the_body_are_applied() {
        for (text, method, target, body) in [
            (
                "curl -G https://h/a -d b=c --data-urlencode 'd=e f'",
                "GET",
                "/a?b=c&d=e%20f",
                "",
            ),
            (
                "curl https://h/a?b --url-query 'c=d/e' -d x -d y",
                "POST",
                "/a?b&c=d%2Fe",
                "x&y",
            ),
            ("curl https://h/a/./b/../c?d=..", "GET", "/a/c?d=..", ""),
            (
                "curl --path-as-is -I https://h/a/../c",
                "HEAD",
                "/a/../c",
                "",
            ),
            ("curl --json '{}' h/a", "POST", "/a", "{}"),
        ] {
            let request = read(text.as_bytes()).unwrap().unwrap().request;
            assert_eq!(
                (request.method.as_str(), request.target.as_str()),
                (method, target),
                "{text}"
            );
            assert_eq!(
                request.body,
                Body::Whole(body.as_bytes().to_vec()),
                "{text}"
            );
            assert_eq!(request.value("host"), Some("h"), "{text}");
        }
    }

    #[test]
    fn a_command_for_the_windows_prompt_is_read() {
        let text =
            "curl.exe ^\"https://h/a?b=c^&d^\" ^\r\n  -H ^\"X-A: b^\" ^\r\n  --data-raw ^\"^{^}^\"";
        let request = read(text.as_bytes()).unwrap().unwrap().request;
        assert_eq!(request.target, "/a?b=c&d");
        assert_eq!(request.value("x-a"), Some("b"));
        assert_eq!(request.body, Body::Whole(b"{}".to_vec()));
    }
}
