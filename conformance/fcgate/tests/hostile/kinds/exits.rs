//! Adapters that exit on their own.

use std::time::Duration;

use rustix::process::{
    Pid, Resource, Rlimit, Signal, getpid, getppid, kill_current_process_group, kill_process,
    setrlimit,
};

use crate::adapter::When;
use crate::expectation::each;
use crate::gate::Observed;
use crate::kind::{Kind, does_after_bye, does_everything, handles, kind};
use crate::timing;

#[expect(clippy::too_many_lines, reason = "one entry for each kind")]
pub(crate) fn kinds() -> Vec<Kind> {
    vec![
        kind(
            "exit-0-in-a-case",
            "an exit with status 0 during a case is a crash",
            handles(When::FaultyCase, |_, _| std::process::exit(0)),
        )
        .entry("px-006")
        .in_both_containments()
        .faulty_case("crash"),
        kind(
            "panic",
            "a panic is a crash, and its message is reported",
            handles(When::FaultyCase, |adapter, _| {
                adapter.write_stderr("a great mistake\n");
                std::process::exit(101);
            }),
        )
        .faulty_case("crash")
        .mentions(&["a great mistake"]),
        kind(
            "abort",
            "an abort is a crash, not a refusal",
            handles(When::FaultyCase, |_, _| std::process::abort()),
        )
        .entry("px-008")
        .faulty_case("crash"),
        kind(
            "segmentation-fault",
            "a segmentation fault is a crash",
            handles(When::FaultyCase, |_, _| signal(Signal::SEGV)),
        )
        .in_both_containments()
        .faulty_case("crash"),
        kind(
            "kills-itself",
            "an adapter that kills itself with SIGKILL is a crash",
            handles(When::FaultyCase, |_, _| signal(Signal::KILL)),
        )
        .in_both_containments()
        .faulty_case("crash"),
        kind(
            "kills-its-group",
            "an adapter that kills its process group is a crash and does not kill the gate",
            handles(When::FaultyCase, |_, _| {
                let _ = kill_current_process_group(Signal::KILL);
                timing::hang();
            }),
        )
        .in_both_containments()
        .faulty_case("crash"),
        kind(
            "out-of-memory",
            "an adapter that runs out of memory is a crash",
            handles(When::FaultyCase, |_, _| out_of_memory()),
        )
        .entry("px-022")
        .faulty_case("crash")
        .extra_time(1.0),
        kind(
            "exit-1-each",
            "an adapter that exits in every case is restarted at most ten times",
            handles(When::EveryCase, |_, _| std::process::exit(1)),
        )
        .entry("px-007")
        .in_both_containments()
        .compared_by(1, eleven("crash"))
        .extra_time(2.0),
        kind(
            "ten-crashes",
            "after ten crashes the eleventh process receives the remaining requests",
            does_everything(|adapter| {
                let crashes = (1..=10).map(|number| adapter.folder.join(format!("crash-{number}")));
                match crashes.into_iter().find(|path| !path.exists()) {
                    None => adapter.serve(),
                    Some(path) => adapter.serve_with(When::EveryCase, |_, _| {
                        std::fs::write(&path, "").unwrap();
                        std::process::exit(1);
                    }),
                }
            }),
        )
        .compared_by(1, |observed, correct| {
            let first: Vec<&str> = correct.cases().map(|(id, _)| id).take(10).collect();
            each(observed, correct, |id, case, right| {
                if first.contains(&id) {
                    case["status"] == "crash"
                } else {
                    case == right
                }
            })
        })
        .extra_time(2.0),
        kind(
            "signals-its-parent",
            "in a namespace an adapter cannot kill its supervisor",
            handles(When::FaultyCase, |adapter, request| {
                // In the namespace, process 1 is the supervisor. Other processes receive no signal.
                let parent = getppid().filter(|parent| parent.is_init());
                if let (Some(parent), true) = (parent, is_in_a_namespace()) {
                    for signal in [Signal::TERM, Signal::STOP, Signal::KILL] {
                        let _ = kill_process(parent, signal);
                    }
                }
                adapter.write_line(request.correct_reply());
            }),
        ),
        kind(
            "kills-its-supervisor",
            "without a namespace a killed supervisor is a crash, and no process is left",
            handles(When::FaultyCase, |adapter, _| {
                adapter.leave_a_child();
                adapter.leave_an_orphan_without_pipes();
                if let Some(parent) = supervisor() {
                    let _ = kill_process(parent, Signal::KILL);
                }
                timing::hang();
            }),
        )
        .without_namespace()
        .faulty_case("crash"),
        kind(
            "reply-and-exit",
            "a reply before an exit counts, and the next case is a crash",
            handles(When::FaultyCase, |adapter, request| {
                adapter.write_line(request.correct_reply());
                std::process::exit(0);
            }),
        )
        .entry("px-028")
        .in_both_containments()
        .cases(&["parse.status.421"], "crash"),
        kind(
            "reply-and-abort",
            "a reply before an abort counts, and the next case is a crash",
            handles(When::FaultyCase, |adapter, request| {
                adapter.write_line(request.correct_reply());
                std::process::abort();
            }),
        )
        .cases(&["parse.status.421"], "crash"),
        kind(
            "exit-3-after-bye",
            "an exit status other than 0 after bye is a fault",
            does_after_bye(|_| {
                std::process::exit(3);
            }),
        )
        .in_both_containments()
        .fault_at_end(&["bye:"]),
        kind(
            "abort-after-bye",
            "an abort after bye is a fault",
            does_after_bye(|_| {
                std::process::abort();
            }),
        )
        .fault_at_end(&["bye:"]),
        kind(
            "last-case-then-exit",
            "an adapter that exits before bye does not conform",
            handles(When::EveryCase, |adapter, request| {
                adapter.write_line(request.correct_reply());
                if request.value["in"]["status"] == 421 {
                    std::process::exit(1);
                }
            }),
        )
        .fault_at_end(&["bye:"]),
    ]
}

fn signal(signal: Signal) {
    // The handler of the runtime catches the first SIGSEGV; the second one kills the process.
    loop {
        let _ = kill_process(getpid(), signal);
        timing::wait(Duration::from_millis(10));
    }
}

/// Whether this process is in a PID namespace.
fn is_in_a_namespace() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let numbers = status.lines().find_map(|line| line.strip_prefix("NSpid:"));
    numbers.is_some_and(|numbers| numbers.split_whitespace().count() > 1)
}

/// The parent, if it is the supervisor of the gate.
fn supervisor() -> Option<Pid> {
    let parent = getppid()?;
    let command = std::fs::read(format!("/proc/{}/cmdline", parent.as_raw_nonzero())).ok()?;
    let mut words = command.split(|byte| *byte == 0);
    words.any(|word| word == b"supervise").then_some(parent)
}

fn out_of_memory() {
    let limit = Some(256 * 1024 * 1024);
    let all = Rlimit {
        current: limit,
        maximum: limit,
    };
    let _ = setrlimit(Resource::As, all);
    // More than that; the runtime aborts.
    let held = vec![1_u8; 512 * 1024 * 1024];
    std::process::exit(i32::from(held[0]));
}

/// The first eleven cases have this status, the others did not run.
pub(super) fn eleven(status: &'static str) -> fn(&Observed, &Observed) -> Result<(), String> {
    match status {
        "crash" => |observed, correct| first_eleven(observed, correct, "crash"),
        _ => |observed, correct| first_eleven(observed, correct, "timeout"),
    }
}

fn first_eleven(observed: &Observed, correct: &Observed, status: &str) -> Result<(), String> {
    let first: Vec<&str> = correct.cases().map(|(id, _)| id).take(11).collect();
    each(observed, correct, |id, case, _| {
        case["status"]
            == if first.contains(&id) {
                status
            } else {
                "untestable"
            }
    })
}
