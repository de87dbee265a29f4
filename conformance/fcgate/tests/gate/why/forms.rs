//! The forms in which programs print a request.

use std::path::{Path, PathBuf};
use std::time::Duration;

use cpu_time::ThreadTime;
use fcgate_protocol::Credentials;
use fcgate_why::{self as why, Body, SignatureStatus};

/// Each capture with the status of its signature and the name of the mistake.
const CAPTURES: [(&str, SignatureStatus, Option<&str>); 61] = {
    const LEFT_OUT: Option<&str> = Some("content-type-left-out");
    use SignatureStatus::{Invalid, Valid};
    [
        ("apache-wire.txt", Invalid, LEFT_OUT),
        ("chrome-copy-curl.txt", Invalid, LEFT_OUT),
        ("chrome-rawheaders.txt", Invalid, LEFT_OUT),
        ("curlv-logprefix.txt", Invalid, LEFT_OUT),
        ("go-dump-logged.txt", Invalid, LEFT_OUT),
        ("go-dump-q.txt", Invalid, LEFT_OUT),
        ("guzzle-debug.txt", Invalid, LEFT_OUT),
        ("guzzle-real.txt", Invalid, LEFT_OUT),
        ("httpie-v.txt", Invalid, LEFT_OUT),
        ("mitm-text.txt", Invalid, LEFT_OUT),
        ("node-debug.txt", Invalid, LEFT_OUT),
        ("okhttp.txt", Invalid, LEFT_OUT),
        ("postman-console.txt", Invalid, LEFT_OUT),
        ("py-real.txt", Invalid, LEFT_OUT),
        ("python-httpclient.txt", Invalid, LEFT_OUT),
        ("ruby-debug.txt", Invalid, LEFT_OUT),
        ("trace.txt", Invalid, LEFT_OUT),
        ("tracetime.txt", Invalid, LEFT_OUT),
        ("wireshark-follow.txt", Invalid, LEFT_OUT),
        ("axios-error-config.txt", Invalid, LEFT_OUT),
        ("bruno-timeline.txt", Invalid, LEFT_OUT),
        ("charles-session.txt", Invalid, LEFT_OUT),
        ("chrome-copy-curl-cmd-older.txt", Invalid, LEFT_OUT),
        ("chrome-copy-curl-cmd.txt", Invalid, LEFT_OUT),
        ("chrome-copy-fetch.txt", Invalid, LEFT_OUT),
        ("chrome-panel.txt", Invalid, LEFT_OUT),
        ("docker-log.txt", Invalid, LEFT_OUT),
        ("dotnet.txt", Invalid, LEFT_OUT),
        ("fiddler-raw.txt", Invalid, LEFT_OUT),
        ("go-header-map.txt", Invalid, LEFT_OUT),
        ("go-request.txt", Invalid, LEFT_OUT),
        ("go-sdk-debug.txt", Invalid, LEFT_OUT),
        ("hexdump-c.txt", Invalid, LEFT_OUT),
        ("httpie-command.txt", Invalid, LEFT_OUT),
        ("insomnia-timeline.txt", Invalid, LEFT_OUT),
        ("java-header-map.txt", Invalid, LEFT_OUT),
        ("java-url-connection.txt", Invalid, LEFT_OUT),
        ("node-fetch.txt", Invalid, LEFT_OUT),
        ("node-http2-headers.txt", Invalid, LEFT_OUT),
        ("node-options.txt", Invalid, LEFT_OUT),
        ("php-print-r.txt", Invalid, LEFT_OUT),
        ("php-var-dump.txt", Invalid, LEFT_OUT),
        ("postman-console-newer.txt", Invalid, LEFT_OUT),
        ("powershell.txt", Invalid, LEFT_OUT),
        ("python-pprint.txt", Invalid, LEFT_OUT),
        ("python-prepared-request.txt", Invalid, LEFT_OUT),
        ("python-requests-call.txt", Invalid, LEFT_OUT),
        ("ruby-hash.txt", Invalid, LEFT_OUT),
        ("rust-request.txt", Invalid, LEFT_OUT),
        ("tcpdump-x.txt", Invalid, LEFT_OUT),
        ("wget-command.txt", Invalid, LEFT_OUT),
        ("wireshark-follow-hex.txt", Invalid, LEFT_OUT),
        ("xxd.txt", Invalid, LEFT_OUT),
        ("curl-command-line.http", Valid, None),
        ("curl-connect.http", Valid, None),
        ("curl-redirect.http", Invalid, Some("another-method-sent")),
        ("curl-trace-ascii.http", Valid, None),
        ("curl-trace-time.http", Valid, None),
        ("h2-pseudo.http", Valid, None),
        ("har-redirect.http", Invalid, Some("another-method-sent")),
        ("jwt-query-signed.http", Valid, None),
    ]
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gate/why/captures")
}

fn read(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap()
}

/// Whether a capture is of the request that every program printed.
fn is_text(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end == "txt")
}

fn key(name: &str) -> Credentials {
    if is_text(name) {
        Credentials::new("LTAI5dummyAccessKeyId", "dummySecretForLoopbackOnly")
    } else {
        Credentials::new("testkeyid", "testkeysecret0123456789")
    }
}

#[test]
fn every_form_is_explained_like_the_raw_request() {
    let raw = why::read_exchange(&read("chrome-rawheaders.txt")).unwrap();
    for (name, signature, cause) in CAPTURES {
        let exchange =
            why::read_exchange(&read(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let request = &exchange.request;
        if is_text(name) {
            assert_eq!(request.method, raw.request.method, "{name}");
            assert_eq!(request.target, raw.request.target, "{name}");
            for header in [
                "host",
                "date",
                "authorization",
                "content-type",
                "x-fc-log-type",
            ] {
                assert_eq!(
                    request.value(header),
                    raw.request.value(header),
                    "{name}: {header}"
                );
            }
            let body = [Body::Unknown, Body::Whole(br#"{"a":1}"#.to_vec())];
            assert!(body.contains(&request.body), "{name}: {:?}", request.body);
        }
        let explanation = why::explain(&exchange, Some(&key(name))).unwrap();
        assert_eq!(explanation.signature, signature, "{name}");
        let first = explanation.causes.first().and_then(|first| first.mutant);
        assert_eq!(first, cause, "{name}");
    }
    assert_eq!(
        std::fs::read_dir(folder()).unwrap().count(),
        CAPTURES.len() + 1
    );
}

#[test]
fn the_response_in_a_capture_is_read_in_every_form_that_shows_it() {
    let mut missing = Vec::new();
    for (name, _, _) in CAPTURES {
        let response = why::read_exchange(&read(name)).unwrap().response;
        match response {
            Some(response) => assert_eq!(response.status, 403, "{name}"),
            None => missing.push(name),
        }
    }
    let without_response = [
        "apache-wire.txt",
        "chrome-copy-curl.txt",
        "chrome-rawheaders.txt",
        "go-dump-logged.txt",
        "go-dump-q.txt",
        "node-debug.txt",
        "axios-error-config.txt",
        "chrome-copy-curl-cmd-older.txt",
        "chrome-copy-curl-cmd.txt",
        "chrome-copy-fetch.txt",
        "dotnet.txt",
        "go-header-map.txt",
        "go-request.txt",
        "hexdump-c.txt",
        "httpie-command.txt",
        "java-header-map.txt",
        "node-fetch.txt",
        "node-http2-headers.txt",
        "node-options.txt",
        "php-print-r.txt",
        "php-var-dump.txt",
        "powershell.txt",
        "python-pprint.txt",
        "python-prepared-request.txt",
        "python-requests-call.txt",
        "ruby-hash.txt",
        "rust-request.txt",
        "wget-command.txt",
        "xxd.txt",
        "curl-command-line.http",
        "curl-trace-time.http",
        "h2-pseudo.http",
        "jwt-query-signed.http",
    ];
    assert_eq!(missing, without_response);
}

#[test]
fn the_request_that_a_client_logs_as_json_is_read() {
    let text = br#"{"method":"POST","url":"https://h/a","headers":{"Date":"d"}}"#;
    let exchange = why::read_exchange(text).unwrap();
    assert_eq!(exchange.request.value("host"), Some("h"));
    assert_eq!(exchange.request.value("date"), Some("d"));
    assert_eq!(exchange.request.body, Body::Unknown);
    assert_eq!(exchange.notes.len(), 1);
}

#[test]
fn a_web_token_in_the_query_is_not_shown() {
    let name = "jwt-query-signed.http";
    let exchange = why::read_exchange(&read(name)).unwrap();
    assert!(exchange.request.target.contains("eyJ"));
    let explanation = why::explain(&exchange, Some(&key(name))).unwrap();
    let shown = format!("{}{}", explanation.text(), explanation.json());
    assert!(!shown.contains("eyJ"), "{shown}");
    assert!(shown.contains("[token]"), "{shown}");
}

#[test]
fn an_unreadable_text_is_refused_without_showing_it() {
    let token = "CAISmarkerToken";
    for (text, form) in [
        (
            format!("{{ host: 'h', 'x-fc-security-token': '{token}' }}"),
            "a printed list of headers",
        ),
        (
            format!("curl -F a=b https://h -H ^\"X-Fc-Security-Token: {token}^\""),
            "this is a curl command, but curl makes up",
        ),
        (
            format!("POST / HTTP/1.1\nX-Fc-Security-Token {token}\n\n"),
            "header line 1",
        ),
        (
            format!("POST / HTTP/1.1\nHost: h\nX-Fc-Security-Token: a\n {token}\n\n"),
            "header line 3",
        ),
        (
            format!("POST / HTTP/1.1\nX Token: {token}\n\n"),
            "header line 1",
        ),
        (
            format!("Authorization: FC a:{token}\nDate: d\n"),
            "no request line before it",
        ),
        (
            format!("x-fc-security-token {token}"),
            "no request line was found",
        ),
        (
            format!("HTTP/1.1 403 Forbidden\nX-Acs-Security-Token: {token}\n"),
            "a response without its request",
        ),
        (
            format!("{{\"X-Fc-Security-Token\": \"{token}\"}}"),
            "a printed list of headers",
        ),
        (
            format!("{{\"token\": \"{token}\"}}"),
            "neither an HTTP archive",
        ),
        (format!("{{\"token\": {token}"), "starts like JSON"),
        (
            format!("curl -H 'X-Fc-Security-Token: {token}"),
            "a quote in it is not closed",
        ),
        (
            format!("curl https://h -H \"X-Fc-Security-Token: {token}$A\""),
            "shell variables",
        ),
        (
            format!("Invoke-WebRequest $url -Headers @{{ 'X-Fc-Security-Token' = '{token}' }}"),
            "a PowerShell command with variables",
        ),
        (
            format!("requests.post(url, headers={{'X-Fc-Security-Token': '{token}'}})"),
            "a call in Python code with variables",
        ),
        (
            format!("fetch(url, {{ headers: {{ 'X-Fc-Security-Token': '{token}' }} }})"),
            "a call in JavaScript with variables",
        ),
        (
            format!("wget --post-file=a https://h --header 'X-Fc-Security-Token: {token}'"),
            "this is a wget command, but it reads the body from a file",
        ),
        (
            format!("http https://h \"X-Fc-Security-Token:$TOKEN\" a={token}"),
            "this is an httpie command, but it has shell variables",
        ),
        (
            format!("0x0000:  4500 017a {token}"),
            "a hexadecimal dump of packets",
        ),
        (
            format!("1.2.3.4 - - [d] \"POST /?x-fc-security-token={token} HTTP/1.1\" 403 5"),
            "a log with one line for each request",
        ),
        (
            "> CONNECT h:443 HTTP/1.1\n> Host: h:443\n> \n< HTTP/1.1 200 OK\n".to_owned(),
            "the only request is CONNECT",
        ),
    ] {
        let error = why::read_exchange(text.as_bytes()).unwrap_err().to_string();
        assert!(!error.contains(token), "{error}");
        assert!(error.contains(form), "{text}: {error}");
        assert!(
            error.contains("forms that are read: raw HTTP/1.1"),
            "{error}"
        );
    }
}

#[test]
fn wrapping_around_a_capture_is_removed() {
    let raw = "POST /a HTTP/1.1\r\nHost: h\r\nX-Fc-A: b\r\n\r\n";
    let utf16: Vec<u8> = raw.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wrapped = |prefix: &str, end: &str| {
        let lines: Vec<String> = raw
            .trim_end()
            .lines()
            .map(|line| format!("{prefix}{line}{end}"))
            .collect();
        format!("{}\n{prefix}{end}\n", lines.join("\n"))
    };
    let with_prefix = |prefix: &str| wrapped(prefix, "");
    for text in [
        [b"\xff\xfe", &utf16[..]].concat(),
        format!("I sent\n```http\n{raw}```\nand got 403").into_bytes(),
        with_prefix("    ").into_bytes(),
        with_prefix("2026-11-28T12:00:00.123Z stdout F ").into_bytes(),
        with_prefix("[DEBUG] [thread-1] wire: ").into_bytes(),
        with_prefix("    > ").into_bytes(),
        format!("12:00:00.1 IP a.1 > b.80: Flags [P.], length 60\nE..<..@.@.................P....5u.l.....{raw}").into_bytes(),
        wrapped("    ", "\\r\\n").into_bytes(),
        format!("\u{1b}[34m{raw}\u{1b}[0m").into_bytes(),
    ] {
        let shown = String::from_utf8_lossy(&text).into_owned();
        let request = why::read_exchange(&text).unwrap_or_else(|error| panic!("{shown}: {error}")).request;
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/a"), "{shown}");
        assert_eq!(request.value("host"), Some("h"), "{shown}");
        assert_eq!(request.value("x-fc-a"), Some("b"), "{shown}");
    }
}

#[test]
fn a_large_text_is_read_in_linear_time() {
    // A mebibyte; code without optimization gets a quarter of it.
    const SIZE: usize = if cfg!(debug_assertions) {
        1 << 18
    } else {
        1 << 20
    };
    for part in [
        "POST / HTTP/1.1\n",
        "> GET / HTTP/1.1\n> \n< HTTP/1.1 100 Continue\n",
        "POST https://h/\n",
        "1 POST / HTTP/1.1\n1 a: b\n",
        "=> Send header, 1 bytes (0x1)\n0000: POST / HTTP/1.1\n",
        ":method: POST\n",
        "--> POST https://h/\n--> END POST\n",
        "<- \"POST / HTTP/1.1\\r\\n\"\n",
        "send: b'POST / HTTP/1.1\\r\\n'\n",
        "_header: 'POST / HTTP/1.1\\r\\n' + ",
        " >> \"POST / HTTP/1.1[\\r][\\n]\"\n",
        "\"POST / HTTP/1.1\\r\\n",
        "curl 'https://h/' $'a' ",
        "curl ^\"https://h/^\" ^\n",
        "fetch('https://h/', { a: [ ",
        "fetch(a, ",
        "requests.post('https://h/', headers={'a': 'b'})\n",
        "Invoke-WebRequest -Headers @{ 'a' = 'b' ",
        "[ { ( ",
        "{'a': {'b': [",
        "{a=b, ",
        "map[a:[b] ",
        "[a] => b\n",
        "{POST / HTTP/1.1: null}{a: b}",
        "00000000: 504f 5354 202f  POST /\n",
        "0x0000:  4500 0028 0001 4000\n",
        "Request Headers\na:\nb\n",
        "Method: POST, RequestUri: 'h\n",
        "{\"log\":\"> GET / HTTP/1.1\"}\n",
        "POST / HTTP/1.1\na: b\n\nHTTP/1.1 200 OK\n\n",
        "POST / HTTP/1.1\nContent-Length: 0\n\n",
        "http h a:b ",
        "wget ",
        "\r",
        "\u{a0}",
        "POST ",
        "> ",
        "1",
        "`",
        "\\r\\n",
        "\x1b[",
        "\n",
    ] {
        let text = part.repeat(SIZE / part.len());
        let start = ThreadTime::now();
        let _ = why::read_exchange(text.as_bytes());
        let spent = start.elapsed();
        // A quadratic reader needs minutes.
        assert!(spent < Duration::from_secs(5), "{part:?}: {spent:?}");
    }
}
