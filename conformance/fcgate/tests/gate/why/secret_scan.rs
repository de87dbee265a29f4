//! No output of `fcgate why`, `sign` and `serve` shows a secret or a token: plain, reversed, or in base64, hex or percent.

use std::fmt::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fc_local::Options;
use fcgate_protocol::Credentials;
use fcgate_why as why;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::binary;
use crate::serve::client::{self, Request, TestServer};

const SECRET: &str = "MarkerSecret+Zq7/3x9Vk";
const TOKEN: &str = "MarkerToken+Zq7/3x9Vk";

/// The forms in which a value could be shown.
fn forms(value: &str) -> Vec<String> {
    let mut hex = String::new();
    for byte in value.bytes() {
        let _ = write!(hex, "{byte:02x}");
    }
    let mut forms = vec![
        value.to_owned(),
        value.chars().rev().collect(),
        utf8_percent_encode(value, NON_ALPHANUMERIC).to_string(),
        hex.to_uppercase(),
        hex,
    ];
    for skipped in 0..3 {
        // The groups of base64 depend on the bytes before the value.
        let bytes = &value.as_bytes()[skipped..];
        forms.push(STANDARD.encode(&bytes[..bytes.len() / 3 * 3]));
    }
    forms
}

#[track_caller]
fn scan(shown: &str, input: &str) {
    for form in [SECRET, TOKEN].into_iter().flat_map(forms) {
        if let Some(start) = shown.find(&form) {
            let context = shown.get(start.saturating_sub(300)..).unwrap_or(shown);
            panic!("{input}\nshows {form}: {context}");
        }
    }
    let starts = ["MarkerToken", "MarkerSecret"];
    if let Some(start) = starts.into_iter().find_map(|start| shown.find(start)) {
        let context = shown.get(start.saturating_sub(300)..).unwrap_or(shown);
        panic!("{input}\n{context}");
    }
}

/// A capture with tokens in places where clients send them, and damaged variants of it (`true`).
fn variants(capture: &str) -> Vec<(String, bool)> {
    let token_header = |name: &str| {
        let renamed = capture.replace("X-Fc-Log-Type", name);
        let renamed = renamed.replace("x-fc-log-type", &name.to_ascii_lowercase());
        renamed.replace("Tail", TOKEN)
    };
    let in_headers = [
        "X-Fc-Security-Token",
        "X-Acs-Security-Token",
        "Cookie",
        "X-Auth-Token",
        "Proxy-Authorization",
    ];
    let mut texts: Vec<String> = in_headers.into_iter().map(token_header).collect();
    let names = [
        "access_token",
        "x-fc-security-token",
        "sessionToken",
        "password",
    ];
    let query: Vec<String> = names.map(|name| format!("{name}={TOKEN}")).to_vec();
    texts.push(capture.replace("/invocations", &format!("/invocations?{}", query.join("&"))));
    texts.push(capture.replace("Tail", &format!("Bearer {TOKEN}")));
    texts.push(capture.replace(
        "http://",
        &format!("http://user:{}@", TOKEN.replace('/', "%2F")),
    ));
    texts.push(capture.replace("{\"a\":1}", &format!("{{\"password\": \"{TOKEN}\"}}")));
    let mut variants: Vec<(String, bool)> = Vec::new();
    for text in texts {
        let (first, rest) = text.split_once('\n').unwrap_or_default();
        let damaged = [
            text.replace("Token:", "Token")
                .replace("Token\":", "Token\""),
            rest.to_owned(),
            format!("{first}\n {rest}"),
            text.replace("POST", "PO ST"),
        ];
        variants.push((text, false));
        variants.extend(damaged.map(|text| (text, true)));
    }
    variants
}

#[test]
fn why_shows_no_secret_and_no_token_of_any_form_that_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gate/why/captures");
    let (mut read, mut refused) = (0, 0);
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let Ok(capture) = std::fs::read_to_string(&path) else {
            continue;
        };
        for (text, is_damaged) in variants(&capture) {
            let exchange = match why::read_exchange(text.as_bytes()) {
                Ok(exchange) => exchange,
                Err(error) => {
                    refused += 1;
                    scan(&format!("{error}{error:?}"), &text);
                    continue;
                }
            };
            read += 1;
            scan(&format!("{exchange:?}"), &text);
            // The explanation does not depend on the form, and its search is expensive.
            if is_damaged || !path.ends_with("chrome-rawheaders.txt") {
                continue;
            }
            let key = Credentials::new("LTAI5dummyAccessKeyId", SECRET);
            scan_explanation(&exchange, &key, &text);
        }
    }
    assert!(
        read > 500 && refused > 100,
        "{read} read, {refused} refused"
    );
}

fn scan_explanation(exchange: &why::Exchange, key: &Credentials, input: &str) {
    let shown = match why::explain(exchange, Some(key)) {
        Ok(explanation) => format!(
            "{}{}{explanation:?}",
            explanation.text(),
            explanation.json()
        ),
        Err(error) => format!("{error}{error:?}"),
    };
    scan(&shown, input);
}

/// A signature with percent escapes in a header, as a client sends it that takes the signature of a signed URL.
const ESCAPED_SIGNATURE: &str = "POST /2021-04-06/services/demo/functions/echo/invocations HTTP/1.1\n\
     Host: h\nDate: Sat, 28 Nov 2026 21:32:20 GMT\n\
     Authorization: FC testkeyid:Kv38nPuLRsgM2bvi3snFSBwLeMGTOKWSa7SKVPqOjU4%3D\n\n{}";

/// The requests from the field, each with tokens in headers.
fn requests_from_the_field() -> Vec<(String, why::Exchange)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gate/why/requests");
    let mut texts = vec![ESCAPED_SIGNATURE.to_owned()];
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|end| end == "http") {
            texts.push(std::fs::read_to_string(&path).unwrap());
        }
    }
    let headers = [
        "X-Fc-Security-Token",
        "X-Acs-Security-Token",
        "Cookie",
        "X-Auth-Token",
    ];
    let headers = headers.map(|name| format!("\n{name}: {TOKEN}")).concat();
    let with_tokens = texts.into_iter().map(|text| {
        let (first, rest) = text.split_once('\n').unwrap();
        [first, &headers, "\n", rest].concat()
    });
    let read = with_tokens.filter_map(|text| {
        let exchange = why::read_exchange(text.as_bytes()).ok()?;
        Some((text, exchange))
    });
    let read: Vec<_> = read.collect();
    assert!(read.len() > 30, "{} read", read.len());
    read
}

#[test]
fn why_shows_no_secret_and_no_token_of_a_request_from_the_field() {
    for (text, exchange) in requests_from_the_field() {
        scan(&format!("{exchange:?}"), &text);
        let key = Credentials::new("testkeyid", SECRET);
        scan_explanation(&exchange, &key, &text);
    }
}

#[test]
fn serve_shows_and_records_no_token_of_a_request_from_the_field() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = Options::new();
    options.record = Some(folder.path().to_owned());
    let server = TestServer::with(options);
    // `serve` explains with the code of `why`, whose output for each request is scanned above; the search is expensive.
    for (text, exchange) in requests_from_the_field().into_iter().step_by(3) {
        let mut request = exchange.request;
        request.headers.remove("Content-Length");
        let joint = if request.target.contains('?') {
            '&'
        } else {
            '?'
        };
        let target = format!("{}{joint}access_token={TOKEN}", request.target);
        let answer = client::raw(
            server.address(),
            &request.method,
            &target,
            &request.headers,
            b"{}",
        );
        scan(&answer.text(), &text);
    }
    let mut recorded = 0;
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        scan(
            &std::fs::read_to_string(&path).unwrap(),
            "a recorded request",
        );
        recorded += 1;
    }
    assert!(recorded > 10, "{recorded} recorded");
    scan(&server.log(), "log");
    scan(
        &fcgate::writers::json(&server.end().report).unwrap(),
        "report",
    );
}

#[test]
fn sign_shows_no_secret_and_no_token() {
    let trigger = format!("https://h.cn-hangzhou.fcapp.run/a?access_token={TOKEN}");
    let api =
        format!("https://h/2021-04-06/services/s/functions/f/invocations?sessionToken={TOKEN}");
    let user = format!("https://user:{}@h/a", TOKEN.replace('/', "%2F"));
    let bare = format!("https://h/a?{TOKEN}");
    for url in [&trigger, &api, &user, &bare] {
        for form in [
            "--scheme=fc",
            "--scheme=acs3",
            "--presigned|--expires=60",
            "--kind=http-trigger",
        ] {
            for header in [
                format!("Cookie: a={TOKEN}; b={TOKEN}"),
                format!("X-Auth-Token: {TOKEN}"),
                format!("X-Fc-Security-Token: {TOKEN}"),
                format!("x-acs-bearer-token: {TOKEN}"),
                format!("Authorization: {TOKEN}"),
                format!("X-Fc-A {TOKEN}"),
            ] {
                for format in ["text", "json"] {
                    let mut arguments = vec![
                        "sign", "--url", url, "--format", format, "--header", &header,
                    ];
                    arguments.extend(form.split('|'));
                    let mut process = binary::fcgate(&arguments);
                    process.env("FCGATE_ACCESS_KEY_ID", "FCTESTACCESSKEYID01");
                    process.env("FCGATE_ACCESS_KEY_SECRET", SECRET);
                    process.env("FCGATE_SECURITY_TOKEN", TOKEN);
                    let output = process.output().unwrap();
                    let shown = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
                    scan(&shown, &format!("{arguments:?}"));
                }
            }
        }
    }
}

#[test]
fn serve_shows_no_secret_and_no_token() {
    let server = TestServer::new();
    for (name, value) in [
        ("X-Fc-Security-Token", TOKEN.to_owned()),
        ("x-acs-bearer-token", TOKEN.to_owned()),
        ("x-acs-security-token", TOKEN.to_owned()),
        ("Cookie", format!("a={TOKEN}; b={TOKEN}")),
        ("X-Fc-Access-Token", TOKEN.to_owned()),
        ("X-Fc-A", format!("Bearer {TOKEN}")),
        ("Proxy-Authorization", format!("Basic {TOKEN}")),
    ] {
        server.send(&Request::of("echo").header(name, &value));
        server.send(&Request::of("ehco").header(name, &value));
    }
    for query in ["access_token", "x-fc-security-token", "password"] {
        for path in [
            "/2021-04-06/services/s/functions/echo/invocations",
            "/a",
            "/2021-04-06/x",
        ] {
            server.send(&Request::to(&format!("{path}?{query}={TOKEN}")));
        }
    }
    scan(&server.log(), "log");
    scan(
        &fcgate::writers::json(&server.end().report).unwrap(),
        "report",
    );
}
