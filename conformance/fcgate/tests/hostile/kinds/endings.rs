//! Adapters that end on their own.

use std::time::Duration;

use rustix::process::{
    Pid, Resource, Rlimit, Signal, getpid, getppid, kill_current_process_group, kill_process,
    setrlimit,
};

use crate::actor::At;
use crate::expectation::each;
use crate::gate::Seen;
use crate::kind::{Kind, ends, kind, plays, twists};
use crate::pace;

#[expect(clippy::too_many_lines, reason = "one entry for each kind")]
pub(crate) fn kinds() -> Vec<Kind> {
    vec![
        kind(
            "exit-0-in-a-case",
            "an orderly end in the middle of a case is a crash",
            twists(At::Culprit, |_, _| std::process::exit(0)),
        )
        .in_both()
        .culprit("crash"),
        kind(
            "panic",
            "a panic is a crash, and its words are kept",
            twists(At::Culprit, |actor, _| {
                actor.log("a great mistake\n");
                std::process::exit(101);
            }),
        )
        .culprit("crash")
        .mentions(&["a great mistake"]),
        kind(
            "abort",
            "an abort is a crash, never a refusal",
            twists(At::Culprit, |_, _| std::process::abort()),
        )
        .culprit("crash"),
        kind(
            "segmentation-fault",
            "a segmentation fault is a crash",
            twists(At::Culprit, |_, _| signal(Signal::SEGV)),
        )
        .in_both()
        .culprit("crash"),
        kind(
            "kills-itself",
            "an end by SIGKILL is a crash",
            twists(At::Culprit, |_, _| signal(Signal::KILL)),
        )
        .in_both()
        .culprit("crash"),
        kind(
            "kills-its-group",
            "an end of the whole group is a crash, and not the end of the gate",
            twists(At::Culprit, |_, _| {
                let _ = kill_current_process_group(Signal::KILL);
                pace::hang();
            }),
        )
        .in_both()
        .culprit("crash"),
        kind(
            "out-of-memory",
            "an end for want of memory is a crash",
            twists(At::Culprit, |_, _| out_of_memory()),
        )
        .culprit("crash")
        .spends(1.0),
        kind(
            "exit-1-each",
            "who ends at every case is started ten times again, and no more",
            twists(At::EveryCase, |_, _| std::process::exit(1)),
        )
        .in_both()
        .judged(1, eleven("crash"))
        .spends(2.0),
        kind(
            "ten-crashes",
            "after ten crashes the eleventh process is asked the rest",
            plays(|actor| {
                let crashes = (1..=10).map(|number| actor.folder.join(format!("crash-{number}")));
                match crashes.into_iter().find(|path| !path.exists()) {
                    None => actor.serve(),
                    Some(path) => actor.play(At::EveryCase, |_, _| {
                        std::fs::write(&path, "").unwrap();
                        std::process::exit(1);
                    }),
                }
            }),
        )
        .judged(1, |seen, clean| {
            let first: Vec<&str> = clean.cases().map(|(id, _)| id).take(10).collect();
            each(seen, clean, |id, case, right| {
                if first.contains(&id) {
                    case["status"] == "crash"
                } else {
                    case == right
                }
            })
        })
        .spends(2.0),
        kind(
            "signals-its-parent",
            "in a namespace an adapter cannot end who started it",
            twists(At::Culprit, |actor, question| {
                // There process 1 is the supervisor; anybody else is left alone.
                let parent = getppid().filter(|parent| parent.is_init());
                if let (Some(parent), true) = (parent, is_in_a_namespace()) {
                    for signal in [Signal::TERM, Signal::STOP, Signal::KILL] {
                        let _ = kill_process(parent, signal);
                    }
                }
                actor.say(question.right());
            }),
        ),
        kind(
            "kills-its-supervisor",
            "without a namespace the end of the supervisor is a crash, and leaves nothing",
            twists(At::Culprit, |actor, _| {
                actor.leave_a_child();
                actor.leave_a_quiet_orphan();
                if let Some(parent) = supervisor() {
                    let _ = kill_process(parent, Signal::KILL);
                }
                pace::hang();
            }),
        )
        .without_namespace()
        .culprit("crash"),
        kind(
            "reply-and-exit",
            "a reply that is still in the pipe counts, and the next case has a crash",
            twists(At::Culprit, |actor, question| {
                actor.say(question.right());
                std::process::exit(0);
            }),
        )
        .in_both()
        .these(&["parse.status.421"], "crash"),
        kind(
            "reply-and-abort",
            "a reply before an abort counts, and the next case has a crash",
            twists(At::Culprit, |actor, question| {
                actor.say(question.right());
                std::process::abort();
            }),
        )
        .these(&["parse.status.421"], "crash"),
        kind(
            "exit-3-after-bye",
            "an end with another code than 0 breaks the end",
            ends(|_| {
                std::process::exit(3);
            }),
        )
        .in_both()
        .bad_end(&["bye:"]),
        kind(
            "abort-after-bye",
            "an abort at the end breaks the end",
            ends(|_| {
                std::process::abort();
            }),
        )
        .bad_end(&["bye:"]),
        kind(
            "last-case-then-exit",
            "who is gone before bye is not conforming",
            twists(At::EveryCase, |actor, question| {
                actor.say(question.right());
                if question.value["in"]["status"] == 499 {
                    std::process::exit(1);
                }
            }),
        )
        .bad_end(&["bye:"]),
    ]
}

fn signal(signal: Signal) {
    // The first SIGSEGV is for the handler of the runtime, which gives way to the second one.
    loop {
        let _ = kill_process(getpid(), signal);
        pace::rest(Duration::from_millis(10));
    }
}

/// Whether this process has another number in a namespace than outside of it.
fn is_in_a_namespace() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let numbers = status.lines().find_map(|line| line.strip_prefix("NSpid:"));
    numbers.is_some_and(|numbers| numbers.split_whitespace().count() > 1)
}

/// The parent, if it is a supervisor of the gate and nobody else.
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
pub(super) fn eleven(status: &'static str) -> fn(&Seen, &Seen) -> Result<(), String> {
    match status {
        "crash" => |seen, clean| first_eleven(seen, clean, "crash"),
        _ => |seen, clean| first_eleven(seen, clean, "timeout"),
    }
}

fn first_eleven(seen: &Seen, clean: &Seen, status: &str) -> Result<(), String> {
    let first: Vec<&str> = clean.cases().map(|(id, _)| id).take(11).collect();
    each(seen, clean, |id, case, _| {
        case["status"]
            == if first.contains(&id) {
                status
            } else {
                "untestable"
            }
    })
}
