//! `fcgate serve` with HTTP servers of functions that it starts.

use std::net::TcpStream;
use std::process::Command;

use super::binary::{Serving, code};
use super::client::Request;
use crate::skipped;

/// A server that answers with its port and writes a line.
const SERVER: &str = r#"python3 -u -c "
import http.server, os, sys
port = os.environ['FC_SERVER_PORT']
class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        print('called', self.path)
        self.rfile.read(int(self.headers['content-length']))
        self.send_response(200)
        self.send_header('Content-Length', str(len(port)))
        self.end_headers()
        self.wfile.write(port.encode())
    def log_message(self, *_):
        pass
http.server.HTTPServer(('127.0.0.1', int(port)), Handler).serve_forever()
""#;

#[test]
fn a_started_server_answers_calls_and_ends_with_the_program() {
    if Command::new("python3").arg("--version").output().is_err() {
        return skipped::report("a_started_server", "python3 is missing");
    }
    let functions = ["--function", "f=http://127.0.0.1:0", "--function", "g=echo"];
    let serving = Serving::start(&[&functions[..], &["-q", "--start", SERVER]].concat());
    let answer = Request::of("f").now().send(serving.address);
    assert_eq!(answer.status(), 200, "{}", answer.text());
    let port: u16 = answer.body().parse().unwrap();
    assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
    let (exit, _, _) = serving.interrupt();
    assert_eq!(exit, 0);
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
}

#[test]
fn a_function_whose_server_cannot_be_started_or_called_is_a_usage_error() {
    let two = [
        "--function",
        "f=http://127.0.0.1:0",
        "--function",
        "g=http://127.0.0.1:0",
    ];
    for (arguments, expected) in [
        (
            &["--start", "true"][..],
            "--start: expected a function at http://127.0.0.1:PORT that the command serves, found none",
        ),
        (
            &["--function", "f=http://192.0.2.1:9000"],
            "--function: expected a function on this machine (127.0.0.1, [::1] or localhost), found http://192.0.2.1:9000",
        ),
        (
            &["--function", "f=exec:no-such-program a"],
            "'no-such-program' is not in PATH (searched in PATH: ",
        ),
        (
            &["--function", "f=http://127.0.0.1:0"],
            "the function f: expected the port of the HTTP server in http://127.0.0.1:0",
        ),
        (
            &[
                "--function",
                "f=http://127.0.0.1:0",
                "--start",
                "f=sh -c 'echo no config >&2; exit 3'",
            ],
            "exited with status 3 before it listened",
        ),
        (
            &[&two[..], &["--start", "true"]].concat(),
            "--start: expected NAME=COMMAND, because several functions are forwarded (f, g)",
        ),
        (
            &[&two[..], &["--start", "f=true", "--start", "f=true"]].concat(),
            "--start: the function f has two commands; remove one",
        ),
    ] {
        let (exit, error) = code(arguments);
        assert_eq!(exit, 2, "{error}");
        assert!(error.contains(expected), "{expected}\n{error}");
    }
}
