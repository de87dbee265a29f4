//! Requests to the control interface that no test would send.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use fc_local::{Options, Server};

use super::support::{Control, Signed, exchange};

fn server() -> (Server, Control) {
    let mut options = Options::new();
    options.control = Some(SocketAddr::from(([127, 0, 0, 1], 0)));
    let server = Server::start(([127, 0, 0, 1], 0).into(), options, |_| ()).unwrap();
    let control = Control::of(&server.control_url().unwrap());
    (server, control)
}

#[test]
fn a_web_page_can_neither_read_nor_change_anything() {
    let (server, control) = server();
    let json = "Content-Type: application/json\r\n";
    for (headers, status, code) in [
        ("Origin: http://evil.example\r\n", 403, "FromWebPage"),
        ("Origin: null\r\n", 403, "FromWebPage"),
        ("Sec-Fetch-Site: cross-site\r\n", 403, "FromWebPage"),
        ("Content-Type: text/plain\r\n", 415, "WrongContentType"),
        ("", 415, "WrongContentType"),
    ] {
        let answer = control.send_with("PUT", "/functions/f", headers, r#"{"behaviour": "echo"}"#);
        assert_eq!(answer.status, status, "{headers}: {answer:?}");
        assert_eq!(answer.json()["error"]["code"], code);
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
    let preflight = control.send_with(
        "OPTIONS",
        "/functions/f",
        "Origin: http://evil.example\r\n",
        "",
    );
    assert_eq!(preflight.status, 403);
    let rebound = "GET /calls HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    let answer = exchange(control.0, rebound.as_bytes());
    assert_eq!(
        (answer.status, &answer.json()["error"]["code"]),
        (403, &"WrongHost".into())
    );
    assert_eq!(
        Signed::call("f", b"").send(server.address()).status,
        404,
        "nothing was set"
    );
    let answer = control.send_with("PUT", "/functions/f", json, r#"{"behaviour": "echo"}"#);
    assert_eq!(answer.status, 200);
}

/// Method, target and body; status, code and a part of what was expected.
const WRONG: [(&str, &str, &str, u16, &str, &str); 25] = [
    ("GET", "/nothing", "", 404, "UnknownPath", "one of GET /"),
    (
        "GET",
        "/functions/f/answers/x",
        "",
        404,
        "UnknownPath",
        "one of GET /",
    ),
    ("POST", "/calls", "", 405, "WrongMethod", "GET, DELETE"),
    (
        "GET",
        "/calls?limit=0",
        "",
        400,
        "InvalidParameter",
        "1 to 10000",
    ),
    (
        "GET",
        "/calls?limit=10001",
        "",
        400,
        "InvalidParameter",
        "1 to 10000",
    ),
    (
        "GET",
        "/calls?since=-1",
        "",
        400,
        "InvalidParameter",
        "a number",
    ),
    (
        "GET",
        "/calls?since=1&since=2",
        "",
        400,
        "InvalidParameter",
        "once",
    ),
    (
        "GET",
        "/calls?function=a+b",
        "",
        400,
        "InvalidParameter",
        "FUNCTION",
    ),
    (
        "GET",
        "/calls?funktion=f",
        "",
        400,
        "InvalidParameter",
        "function, since, limit",
    ),
    (
        "GET",
        "/wait?timeout_ms=600001",
        "",
        400,
        "InvalidParameter",
        "0 to 600000",
    ),
    (
        "POST",
        "/reset?all=1",
        "",
        400,
        "InvalidParameter",
        "no parameters",
    ),
    (
        "PUT",
        "/functions/a%20b",
        "{}",
        400,
        "InvalidParameter",
        "FUNCTION",
    ),
    (
        "PUT",
        "/functions/f",
        "",
        400,
        "InvalidDocument",
        "behaviour or script",
    ),
    (
        "PUT",
        "/functions/f",
        "[",
        400,
        "InvalidDocument",
        "behaviour or script",
    ),
    (
        "PUT",
        "/functions/f",
        "{}",
        400,
        "InvalidDocument",
        "either",
    ),
    (
        "PUT",
        "/functions/f",
        r#"{"behaviour": "echo", "x": 1}"#,
        400,
        "InvalidDocument",
        "behaviour",
    ),
    (
        "PUT",
        "/functions/f",
        r#"{"behaviour": "ecko"}"#,
        400,
        "InvalidDocument",
        "built-in",
    ),
    (
        "PUT",
        "/functions/f",
        r#"{"behaviour": "echo", "time_limit": 0}"#,
        400,
        "InvalidDocument",
        "time_limit",
    ),
    (
        "PUT",
        "/functions/f",
        r#"{"behaviour": "echo", "memory": 1}"#,
        400,
        "InvalidDocument",
        "memory",
    ),
    (
        "PUT",
        "/functions/f",
        r#"{"behaviour": "echo", "concurrency": 0}"#,
        400,
        "InvalidDocument",
        "concurrency",
    ),
    (
        "PUT",
        "/functions/f",
        r#"{"behaviour": "echo", "retries": 9}"#,
        400,
        "InvalidDocument",
        "retries",
    ),
    (
        "PUT",
        "/functions/f",
        r#"{"script": {"answers": []}}"#,
        400,
        "InvalidDocument",
        "script",
    ),
    (
        "PUT",
        "/functions/f/answers",
        r#"[{"body": 1}]"#,
        400,
        "InvalidDocument",
        "answers",
    ),
    (
        "PUT",
        "/functions/f/answers",
        r#"[{"status": 200, "code": "A"}]"#,
        400,
        "InvalidDocument",
        "answers",
    ),
    (
        "PUT",
        "/functions/f/answers",
        r#"{"answers": [], "after_last": "refuse"}"#,
        400,
        "InvalidDocument",
        "answers",
    ),
];

#[test]
fn wrong_requests_are_answered_with_what_was_expected() {
    let (_server, control) = server();
    for (method, target, body, status, code, expected) in WRONG {
        let answer = control.send(method, target, body);
        assert_eq!(
            answer.status, status,
            "{method} {target} {body}: {answer:?}"
        );
        let error = &answer.json()["error"];
        assert_eq!(error["code"], code, "{error}");
        assert!(
            error["expected"].as_str().unwrap().contains(expected),
            "{error}"
        );
        assert_ne!(error["next"], "", "{error}");
    }
    let answer = control.send("PUT", "/functions/f/answers", "[\n{\"bodi\": 1}]");
    let found = answer.json()["error"]["found"].as_str().unwrap().to_owned();
    assert!(
        found.contains("line 2: answer 1: unknown field `bodi`"),
        "{found}"
    );
}

#[test]
fn deep_json_is_refused_or_kept_as_text() {
    let (server, control) = server();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (target, body) in [
        ("/functions/f", deep.clone()),
        ("/functions/f", format!("{{\"behaviour\": {deep}}}")),
        ("/functions/f/answers", deep.clone()),
        ("/functions/f/answers", format!("[{{\"headers\": {deep}}}]")),
    ] {
        let answer = control.send("PUT", target, &body);
        assert_eq!(answer.status, 400, "{answer:?}");
    }
    // A result is not read, so that its depth does not matter; a refusal would be right too.
    let answer = control.send(
        "PUT",
        "/functions/f/answers",
        &format!("[{{\"json\": {deep}}}]"),
    );
    assert!([200, 400].contains(&answer.status), "{answer:?}");
    if answer.status == 200 {
        assert_eq!(Signed::call("f", b"").send(server.address()).body, deep);
    }
}

#[test]
fn a_huge_body_is_refused_before_it_is_read() {
    let (_server, control) = server();
    let head = "PUT /functions/f HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
    let answer = exchange(
        control.0,
        format!("{head}Content-Length: 16777217\r\n\r\n").as_bytes(),
    );
    assert_eq!(
        (answer.status, &answer.json()["error"]["code"]),
        (413, &"TooLarge".into())
    );
    let chunk = "x".repeat(1 << 20);
    let chunk = format!("{:x}\r\n{chunk}\r\n", chunk.len());
    let body = chunk.repeat(17);
    let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n{body}0\r\n\r\n");
    assert_eq!(exchange(control.0, chunked.as_bytes()).status, 413);
    let long = format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(20_000));
    assert_eq!(exchange(control.0, long.as_bytes()).status, 431);
    assert_eq!(exchange(control.0, b"nonsense\r\n\r\n").status, 400);
    assert_eq!(control.send("GET", "/", "").status, 200, "it still answers");
}

#[test]
fn connections_beyond_the_limit_are_refused_and_the_end_closes_all() {
    let (server, control) = server();
    let connect = || TcpStream::connect(control.0).unwrap();
    let mut open: Vec<TcpStream> = Vec::new();
    for _ in 0..64 {
        let mut stream = connect();
        // An answer shows that the connection was accepted.
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .unwrap();
        assert_eq!(stream.read(&mut [0; 12]).unwrap(), 12);
        open.push(stream);
    }
    let mut refused = String::new();
    let _ = connect().read_to_string(&mut refused);
    assert!(refused.contains("TooManyConnections"), "{refused}");
    drop(server);
    for mut stream in open {
        let mut rest = Vec::new();
        // The connection ends, or is reset.
        let _ = stream.read_to_end(&mut rest);
    }
    assert!(TcpStream::connect(control.0).is_err(), "the port is closed");
}
