//! `fcgate serve` started by a program: the ready line, the ready file, and the end with the parent.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::client::{Request, exchange};

/// Starts the server with an open standard input, which ends it when it is dropped.
fn start(arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fcgate"));
    command
        .args(["serve", "--until-stdin-closes"])
        .args(arguments);
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    pipes.stderr(Stdio::piped()).spawn().unwrap()
}

fn address(url: &Value) -> SocketAddr {
    let address = url.as_str().unwrap().strip_prefix("http://").unwrap();
    address.parse().unwrap()
}

#[test]
fn the_first_line_has_everything_and_the_end_of_stdin_stops_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ready.json");
    let mut child = start(&[
        "--ready-json",
        "--ready-file",
        file.to_str().unwrap(),
        "--control",
    ]);
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    assert_eq!(
        std::fs::read_to_string(&file).unwrap(),
        line,
        "the same line"
    );
    let ready: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(ready["pid"], child.id());
    assert_eq!(ready["ca_certificate"], Value::Null);
    let answer = Request::of("echo").now().send(address(&ready["url"]));
    assert_eq!(answer.status(), 200);
    let control = address(&ready["control_url"]);
    let request = format!("GET /calls HTTP/1.1\r\nHost: {control}\r\nConnection: close\r\n\r\n");
    let calls = exchange(control, request.as_bytes());
    assert!(
        calls.text().contains("\"function\":\"echo\""),
        "{}",
        calls.text()
    );

    drop(child.stdin.take());
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "", "nothing else is on standard output");
    let mut log = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut log)
        .unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{log}");
    assert!(log.contains("verdict: conforming (exit 0)"), "{log}");
    assert!(!Path::new(&file).exists(), "the ready file is removed");
}

#[test]
fn a_reader_that_stops_after_the_first_line_changes_nothing() {
    let mut child = start(&["--ready-json"]);
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    drop(stdout);
    let ready: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(ready["control_url"], Value::Null);
    let answer = Request::of("echo").now().send(address(&ready["url"]));
    assert_eq!(answer.status(), 200);
    let output = child.wait_with_output().unwrap();
    let log = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{log}");
}

#[test]
fn a_ready_file_that_cannot_be_written_and_an_open_control_address_are_refused() {
    for (arguments, expected) in [
        (
            ["--ready-file", "/nowhere/at/all.json"],
            "cannot write the ready file",
        ),
        (["--control", "0.0.0.0:0"], "expected a loopback address"),
    ] {
        let output = start(&arguments).wait_with_output().unwrap();
        let log = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success());
        assert!(log.contains(expected), "{log}");
    }
}
