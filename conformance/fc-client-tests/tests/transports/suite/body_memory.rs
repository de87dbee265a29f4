//! The memory of a body.

use bytes::Bytes;
use fc_transport::TransportErrorKind::Protocol;
use fcgate_http::origin::{Origin, Script, Step};

use super::Backend;
use crate::backends::Subject;
use crate::child;
use crate::exchange::{PATH, generous_limits, request};

const MIB: usize = 1 << 20;

/// The peak memory of this process in bytes, if the system reports it.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: usize = line.split_ascii_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}

/// Runs in a child process, because other tests use memory at the same time.
#[test]
fn a_body_with_a_content_coding_uses_memory_for_its_length_only() {
    if let Some(origin) = child::origin() {
        let subject = Backend::new(generous_limits());
        let call = || subject.send(request(&format!("{origin}{PATH}"), Bytes::new()));
        // The first response is small, so that memory that is allocated once is not counted.
        assert_eq!(call().unwrap().body().len(), 1);
        let before = peak();
        let response = call().unwrap();
        assert_eq!(response.body().len(), 10 * MIB);
        if let (Some(before), Some(now)) = (before, peak()) {
            let more = (now - before) / MIB;
            assert!(more < 10 + 12, "{more} MiB for a body of 10");
        }
        return;
    }
    let head = |length| {
        format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {length}\r\n\r\n")
    };
    let large = [head(10 * MIB).into_bytes(), vec![0; 10 * MIB]].concat();
    // The client may use one connection or two.
    let small = Step::send(head(1) + "1");
    let kept = [
        Step::ReadRequest,
        small,
        Step::ReadRequest,
        Step::Send(large.clone().into()),
    ];
    let script = Script::every(kept).then([Step::ReadRequest, Step::Send(large.into())]);
    let origin = Origin::start(script).unwrap();
    let test = "a_body_with_a_content_coding_uses_memory_for_its_length_only";
    child::run(module_path!(), test, &origin.url(""), |_| ());
}

#[test]
fn an_endless_body_uses_memory_for_its_limit_only() {
    if let Some(origin) = child::origin() {
        let subject = Backend::new(generous_limits().body(MIB as u64));
        let call = || subject.send(request(&format!("{origin}{PATH}"), Bytes::new()));
        assert_eq!(call().unwrap().body().len(), 1);
        let before = peak();
        assert_eq!(call().unwrap_err().kind(), Protocol);
        if let (Some(before), Some(now)) = (before, peak()) {
            let more = (now - before) / MIB;
            assert!(more < 1 + 12, "{more} MiB for a limit of 1");
        }
        return;
    }
    let head = "HTTP/1.1 200 OK\r\n";
    let small = format!("{head}Content-Length: 1\r\n\r\n1");
    let chunk = format!("10000\r\n{}\r\n", "b".repeat(0x10000));
    let endless = [
        Step::ReadRequest,
        Step::send(format!("{head}Transfer-Encoding: chunked\r\n\r\n")),
        Step::flood(chunk),
    ];
    let kept = [vec![Step::ReadRequest, Step::send(small)], endless.to_vec()].concat();
    let origin = Origin::start(Script::every(kept).then(endless)).unwrap();
    let test = "an_endless_body_uses_memory_for_its_limit_only";
    child::run(module_path!(), test, &origin.url(""), |_| ());
}
