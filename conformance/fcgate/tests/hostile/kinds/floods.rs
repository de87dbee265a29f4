//! Adapters that write too much.

use std::io::Write as _;
use std::thread;

use crate::adapter::{Adapter, When};
use crate::kind::{Kind, does_after_bye, does_everything, does_first, handles, kind};
use crate::timing;

const UNASKED: &[&str] = &["unasked-reply:", "unknown-seq:"];

pub(crate) fn kinds() -> Vec<Kind> {
    let mut kinds = endless_output();
    kinds.extend(much_memory());
    kinds
}

fn endless_output() -> Vec<Kind> {
    vec![
        kind(
            "floods-at-start",
            "unrequested replies before hello end the run at the first one",
            does_everything(flood),
        )
        .no_start(UNASKED),
        kind(
            "floods-in-a-case",
            "unrequested replies during a case end the run at the first one",
            handles(When::FaultyCase, |adapter, _| flood(adapter)),
        )
        .entry("px-016")
        .in_both_containments()
        .fault(UNASKED),
        kind(
            "floods-after-a-reply",
            "repeated replies to one request end the run",
            handles(When::FaultyCase, |adapter, request| {
                let reply = request.correct_reply();
                loop {
                    adapter.write_line(&reply);
                }
            }),
        )
        .fault(&["repeated-seq:"]),
        kind(
            "floods-after-bye",
            "endless lines after bye are a fault",
            does_after_bye(|adapter| {
                flood(adapter);
            }),
        )
        .fault_at_end(&["bye:", "unasked-reply:", "unknown-seq:"])
        .extra_time(3.0),
        kind(
            "endless-stderr",
            "endless output on stderr changes no result",
            does_first(|_| {
                thread::spawn(|| write_stderr_forever());
            }),
        )
        .entry("px-017")
        .extra_time(1.0),
        kind(
            "endless-stderr-then-hang",
            "endless output on stderr does not prevent a timeout",
            handles(When::FaultyCase, |_, _| write_stderr_forever()),
        )
        .in_both_containments()
        .faulty_case("timeout")
        .extra_time(1.0),
        kind(
            "much-stderr-then-crash",
            "the end of a long stderr is reported",
            handles(When::FaultyCase, |adapter, _| {
                for _ in 0..64 {
                    adapter.write_stderr(
                        [b"earlier\n".repeat(8192), b"\xff\xfe\x1b[2J\n".to_vec()].concat(),
                    );
                }
                adapter.write_stderr("the end of stderr\n");
                std::process::exit(1);
            }),
        )
        .faulty_case("crash")
        .mentions(&["the end of stderr"])
        .extra_time(0.5),
        kind(
            "stderr-without-lines",
            "stderr without line ends uses bounded memory",
            handles(When::FaultyCase, |adapter, request| {
                adapter.write_stderr(vec![b'e'; 8 * 1024 * 1024]);
                adapter.write_line(request.correct_reply());
            }),
        )
        .extra_time(0.5),
    ]
}

fn much_memory() -> Vec<Kind> {
    vec![
        kind(
            "leaks-memory",
            "an adapter that leaks 1 MiB in each case changes neither a result nor the memory of the gate",
            does_everything(|adapter| {
                adapter.serve_with(When::EveryCase, |adapter, request| {
                    Vec::leak(vec![0_u8; 1024 * 1024]);
                    adapter.write_line(request.correct_reply());
                });
            }),
        )
        .entry("px-030")
        .only(&["sign.*", "parse.*", "build.*"]),
        kind(
            "large-replies",
            "replies of 1 MiB do not increase the memory of the gate",
            does_everything(|adapter| {
                let ballast = "b".repeat(1024 * 1024);
                adapter.serve_with(When::EveryCase, |adapter, request| {
                    let reply = request.correct_reply();
                    let (start, end) = reply.split_at(reply.len() - 1);
                    adapter.write_line([start, ",\"hint\":\"", &ballast, "\"", end].concat());
                });
            }),
        )
        .limit("20")
        .extra_time(3.0),
    ]
}

fn flood(adapter: &mut Adapter) {
    let lines = "{\"seq\":\"unknown\",\"ok\":{}}\n".repeat(2000);
    loop {
        adapter.write_bytes(lines.as_bytes());
    }
}

/// Writes to stderr until it is closed.
fn write_stderr_forever() -> ! {
    let noise = b"noise on standard error\n".repeat(2000);
    while std::io::stderr().write_all(&noise).is_ok() {}
    timing::hang()
}
