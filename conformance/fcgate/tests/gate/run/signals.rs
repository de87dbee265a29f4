//! Signals that interrupt system calls, stop the gate or were set by its caller: the result is that of a quiet run.

use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::limited_run::{Attached, EVERY_WAY, LimitedRun, Observed};

/// The pause between two signals.
const PAUSE: Duration = Duration::from_millis(2);

/// Runs the gate and sends it these signals, again and again, until it exits. Returns how many were sent.
fn run_with(run: &LimitedRun, signals: &[Signal], attached: Attached) -> (Observed, usize) {
    let mut command = run.command("", attached, &[]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    let pid = Pid::from_child(&child);
    let (sender, ended) = mpsc::channel();
    let waiting = thread::spawn(move || {
        let output = child.wait_with_output().unwrap();
        sender.send(output).unwrap();
    });
    let mut count = 0;
    let output = loop {
        if let Ok(output) = ended.recv_timeout(PAUSE) {
            break output;
        }
        for signal in signals {
            // The process may have exited.
            count += usize::from(kill_process(pid, *signal).is_ok());
        }
    };
    waiting.join().unwrap();
    (run.observed(&output), count)
}

#[track_caller]
fn assert_as_without(signals: &[Signal]) {
    for attached in EVERY_WAY {
        let run = LimitedRun::new();
        let quiet = run.unlimited(attached);
        let (observed, count) = run_with(&run, signals, attached);
        assert_eq!(observed.code, Some(0), "{signals:?}: {}", observed.text);
        assert!(observed.report == quiet, "{signals:?}, {attached:?}");
        assert!(count > 10, "{signals:?}: {count} signals");
    }
}

/// SIGCHLD has a handler, so it interrupts system calls.
#[test]
fn signals_that_interrupt_system_calls_change_no_result() {
    assert_as_without(&[Signal::CHILD, Signal::WINCH]);
}

/// Some system calls are interrupted when a stopped process continues, also without a handler.
#[test]
fn a_run_that_is_stopped_and_continued_has_the_same_result() {
    assert_as_without(&[Signal::STOP, Signal::CONT]);
}

/// Some programs that start others ignore SIGCHLD. Without a handler, the exit of a child could not be waited for.
#[test]
fn a_caller_that_ignores_sigchld_changes_no_result() {
    for attached in EVERY_WAY {
        let run = LimitedRun::new();
        let quiet = run.unlimited(attached);
        let observed = run.run("trap '' CHLD", attached, &[]);
        assert_eq!(observed.code, Some(0), "{}", observed.text);
        assert!(observed.report == quiet, "{attached:?}");
    }
}
