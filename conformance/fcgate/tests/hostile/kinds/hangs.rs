//! Adapters that hang.

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use rustix::process::{Signal, getpid, kill_process};

use super::exits::eleven;
use crate::adapter::{Adapter, When};
use crate::kind::{Kind, does_after_bye, does_everything, handles, kind};
use crate::timing;

/// The request of this case is longer than the buffer of a pipe.
const LARGE: &str = "parse.service-errors.large-body";

#[expect(clippy::too_many_lines, reason = "one entry for each kind")]
pub(crate) fn kinds() -> Vec<Kind> {
    vec![
        kind(
            "hang",
            "one case without a reply is a timeout, and the others are correct",
            handles(When::FaultyCase, |_, _| timing::hang()),
        )
        .entry("px-009")
        .in_both_containments()
        .faulty_case("timeout")
        .extra_time(1.0),
        kind(
            "hang-among-all",
            "one case without a reply costs only its time limit in a run of many cases",
            handles(When::FaultyCase, |_, _| timing::hang()),
        )
        .only(&["sign.*", "parse.*", "build.*"])
        .faulty_case("timeout")
        .extra_time(2.0),
        kind(
            "hang-each",
            "an adapter that never replies is restarted at most ten times",
            handles(When::EveryCase, |_, _| timing::hang()),
        )
        .compared_by(1, eleven("timeout"))
        .extra_time(12.0),
        kind(
            "slow",
            "a slow reply within the time limit is accepted",
            handles(When::FaultyCase, |adapter, request| {
                timing::wait(Duration::from_millis(600));
                adapter.write_line(request.correct_reply());
            }),
        )
        .extra_time(0.6),
        kind(
            "stops-itself",
            "a stopped process is a timeout",
            handles(When::FaultyCase, |_, _| {
                let _ = kill_process(getpid(), Signal::STOP);
            }),
        )
        .entry("px-011")
        .in_both_containments()
        .faulty_case("timeout")
        .extra_time(1.0),
        kind(
            "ignores-signals",
            "an adapter that ignores SIGTERM is killed",
            does_everything(|adapter| {
                ignore_signals();
                adapter.serve_with(When::FaultyCase, |_, _| timing::hang());
            }),
        )
        .entry("px-010")
        .in_both_containments()
        .faulty_case("timeout")
        .extra_time(1.0),
        kind(
            "spins",
            "an adapter in a busy loop is a timeout",
            handles(When::FaultyCase, |_, _| {
                loop {
                    std::hint::spin_loop();
                }
            }),
        )
        .in_both_containments()
        .faulty_case("timeout")
        .extra_time(1.0),
        kind(
            "never-reads",
            "an adapter that never reads is a timeout and does not block the gate",
            does_everything(|adapter| {
                // hello and the probe; the next request does not fit into the pipe.
                for _ in 0..2 {
                    let request = adapter.next_request().unwrap();
                    adapter.write_line(request.correct_reply());
                }
                timing::hang();
            }),
        )
        .entry("px-012")
        .only(&[LARGE])
        .flags(&["--level", "should"])
        .cases(&[LARGE], "timeout")
        .extra_time(1.0),
        kind(
            "closes-output",
            "a running adapter that closes its stdout ends the run",
            handles(When::FaultyCase, |adapter, _| {
                adapter.exec_as("stays", |pipes| {
                    pipes.stdout(Stdio::null());
                });
            }),
        )
        .entry("px-014")
        .in_both_containments()
        .limit("4")
        .fault(&["eof:"])
        .extra_time(3.0),
        kind(
            "closes-input",
            "a closed stdin is a timeout of the next case",
            handles(When::FaultyCase, |adapter, request| {
                adapter.write_line(request.correct_reply());
                adapter.exec_as("stays", |pipes| {
                    pipes.stdin(Stdio::null());
                });
            }),
        )
        .cases(&["parse.status.421"], "timeout")
        .extra_time(1.0),
        kind(
            "closes-stderr",
            "a closed stderr is accepted",
            does_everything(|adapter| {
                adapter.exec_as("serves", |pipes| {
                    pipes.stderr(Stdio::null());
                });
            }),
        ),
        kind(
            "hangs-in-bye",
            "an adapter that hangs after bye is a fault",
            does_after_bye(|_| {
                timing::hang();
            }),
        )
        .in_both_containments()
        .fault_at_end(&["bye:"])
        .extra_time(3.0),
        kind(
            "ignores-bye",
            "an adapter that ignores bye and signals is a fault",
            does_everything(|adapter| {
                ignore_signals();
                adapter.serve();
                timing::hang();
            }),
        )
        .fault_at_end(&["bye:"])
        .extra_time(3.0),
        kind(
            "slow-bye",
            "an adapter that exits two seconds after bye is accepted",
            does_after_bye(|_| {
                timing::wait(Duration::from_secs(2));
            }),
        )
        .extra_time(2.0),
        kind(
            "closes-output-at-bye",
            "an adapter that closes its stdout after bye and hangs is a fault",
            does_everything(closes_all),
        )
        .fault_at_end(&["bye:", "eof:"])
        .extra_time(3.0),
    ]
}

/// Catches every catchable signal and ignores it.
fn ignore_signals() {
    let nothing = Arc::new(AtomicBool::new(false));
    for signal in [
        signal_hook::consts::SIGTERM,
        signal_hook::consts::SIGINT,
        signal_hook::consts::SIGHUP,
        signal_hook::consts::SIGQUIT,
        signal_hook::consts::SIGPIPE,
    ] {
        signal_hook::flag::register(signal, Arc::clone(&nothing)).unwrap();
    }
}

fn closes_all(adapter: &mut Adapter) {
    adapter.serve();
    adapter.exec_as("stays", |pipes| {
        pipes
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
    });
}
