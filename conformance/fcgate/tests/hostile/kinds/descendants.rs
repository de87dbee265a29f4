//! Adapters that start processes and do not end them.

use std::process::Stdio;

use crate::adapter::{Adapter, When};
use crate::descendant::{start, without_pipes};
use crate::kind::{Kind, does_after_bye, does_everything, does_first, handles, kind};
use crate::timing;

#[expect(clippy::too_many_lines, reason = "one entry for each kind")]
pub(crate) fn kinds() -> Vec<Kind> {
    let descendants = vec![
        kind(
            "leaves-a-child",
            "a child that does not exit is killed at the end of the run",
            does_first(|adapter| {
                adapter.leave_a_child();
            }),
        ),
        kind(
            "leaves-an-orphan",
            "a detached grandchild that keeps all pipes open is killed at the end of the run",
            does_first(|adapter| {
                adapter.leave_an_orphan();
            }),
        ),
        kind(
            "leaves-a-quiet-orphan",
            "a detached grandchild without pipes is killed at the end of the run",
            does_first(|adapter| {
                adapter.leave_an_orphan_without_pipes();
            }),
        ),
        kind(
            "leaves-a-nameless-orphan",
            "a detached grandchild without pipes and environment is killed at the end of the run",
            does_first(|adapter| adapter.leave_an_orphan_without_environment()),
        ),
        kind(
            "nameless-orphan-and-hang",
            "a detached grandchild without pipes and environment is killed after a timeout",
            handles(When::FaultyCase, |adapter, _| {
                adapter.leave_an_orphan_without_environment();
                timing::hang();
            }),
        )
        .faulty_case("timeout")
        .extra_time(1.0),
        kind(
            "leaves-an-orphan-at-bye",
            "a grandchild that is started after bye is killed at the end of the run",
            does_after_bye(|adapter| {
                adapter.leave_an_orphan();
                adapter.leave_an_orphan_without_pipes();
            }),
        ),
        kind(
            "leaves-a-swarm",
            "64 processes in and outside of the process group are killed at the end of the run",
            does_first(|adapter| {
                adapter.leave_a_swarm();
            }),
        )
        .extra_time(4.0),
        kind(
            "swarm-and-noise",
            "64 processes are killed before the gate reports a broken protocol",
            handles(When::FaultyCase, |adapter, _| {
                adapter.leave_a_swarm();
                adapter.write_line("noise");
            }),
        )
        .limit("20")
        .fault(&["not-json:"])
        .extra_time(4.0),
        kind(
            "fork-bomb",
            "processes that multiply are killed after a timeout",
            handles(When::FaultyCase, |adapter, _| {
                start(without_pipes(&mut adapter.command("doubles")));
                timing::hang();
            }),
        )
        .entry("px-021")
        // The next adapter starts while the processors are still busy with the killed processes.
        .limit("5")
        .faulty_case("timeout")
        .extra_time(12.0),
        kind(
            "relay",
            "processes that restart each other outside of the process group are killed at the end of the run",
            does_first(|adapter| {
                start(without_pipes(&mut adapter.command("renewed")));
            }),
        )
        .extra_time(1.0),
        kind(
            "orphan-and-exit",
            "an exit while a grandchild keeps the pipes open is a crash",
            handles(When::FaultyCase, |adapter, _| {
                adapter.leave_an_orphan();
                std::process::exit(0);
            }),
        )
        .entry("px-019")
        .faulty_case("crash")
        .extra_time(1.0),
        kind(
            "orphan-reply-and-exit",
            "a reply before an exit counts while a grandchild keeps the pipe open",
            handles(When::FaultyCase, |adapter, request| {
                adapter.leave_an_orphan();
                adapter.write_line(request.correct_reply());
                std::process::exit(1);
            }),
        )
        .cases(&["parse.status.421"], "crash")
        .extra_time(1.0),
        kind(
            "orphan-and-half-a-line",
            "the gate does not wait for the rest of a line after the adapter exited",
            handles(When::FaultyCase, |adapter, _| {
                adapter.leave_an_orphan();
                adapter.write_bytes(b"{\"seq\":");
                std::process::exit(1);
            }),
        )
        .faulty_case("crash")
        .extra_time(1.0),
        kind(
            "orphan-and-hang",
            "a grandchild is killed after a timeout",
            handles(When::FaultyCase, |adapter, _| {
                adapter.leave_an_orphan();
                timing::hang();
            }),
        )
        .faulty_case("timeout")
        .extra_time(1.0),
        kind(
            "loud-orphan",
            "a grandchild that keeps writing is killed with its parent",
            handles(When::FaultyCase, |adapter, _| {
                start(without_pipes(&mut adapter.command("loud")).stdout(Stdio::inherit()));
                timing::hang();
            }),
        )
        .fault(&["unasked-reply:", "unknown-seq:"])
        .extra_time(1.0),
        kind(
            "spinning-children",
            "children in a busy loop are killed at the end of the run",
            does_first(|adapter| {
                for _ in 0..4 {
                    start(&mut adapter.command("spinning"));
                }
            }),
        )
        .extra_time(2.0),
        kind(
            "late-voice",
            "a reply after the timeout is ignored",
            handles(When::FaultyCase, |adapter, request| {
                std::fs::write(adapter.folder.join("late-line"), request.correct_reply()).unwrap();
                start(&mut adapter.command("late-line"));
                timing::hang();
            }),
        )
        .entry("px-029")
        .faulty_case("timeout")
        .extra_time(1.0),
        kind(
            "kills-its-parent",
            "ten detached grandchildren are killed with an adapter that killed its supervisor",
            handles(When::FaultyCase, |adapter, _| {
                for _ in 0..5 {
                    adapter.leave_an_orphan_without_pipes();
                    adapter.leave_an_orphan_without_environment();
                }
                // In a namespace, the parent is process 1, which only processes outside can kill.
                let parent = rustix::process::getppid().unwrap();
                let _ = rustix::process::kill_process(parent, rustix::process::Signal::KILL);
                std::process::exit(1);
            }),
        )
        .faulty_case("crash")
        .extra_time(4.0),
        kind(
            "daemon",
            "an adapter that moves its work to a detached grandchild cannot start",
            does_everything(daemon),
        )
        .no_start(&["exited:"])
        .extra_time(1.0),
    ];
    descendants
        .into_iter()
        .map(Kind::in_both_containments)
        .collect()
}

fn daemon(adapter: &mut Adapter) {
    adapter
        .command("leaves-the-session-and-serves")
        .status()
        .unwrap();
}
