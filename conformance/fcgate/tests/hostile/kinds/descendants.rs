//! Adapters that start processes of their own and leave them behind.

use std::process::Stdio;

use crate::actor::{Actor, At};
use crate::descendant::{quiet, start};
use crate::kind::{Kind, ends, kind, plays, starts, twists};
use crate::pace;

#[expect(clippy::too_many_lines, reason = "one entry for each kind")]
pub(crate) fn kinds() -> Vec<Kind> {
    let descendants = vec![
        kind(
            "leaves-a-child",
            "a child that stays is ended with the run",
            starts(|actor| {
                actor.leave_a_child();
            }),
        ),
        kind(
            "leaves-an-orphan",
            "a detached grandchild that holds all pipes is ended with the run",
            starts(|actor| {
                actor.leave_an_orphan();
            }),
        ),
        kind(
            "leaves-a-quiet-orphan",
            "a detached grandchild without pipes is ended with the run",
            starts(|actor| {
                actor.leave_a_quiet_orphan();
            }),
        ),
        kind(
            "leaves-a-nameless-orphan",
            "a detached grandchild with neither pipes nor variables is ended with the run",
            starts(|actor| actor.leave_a_nameless_orphan()),
        ),
        kind(
            "nameless-orphan-and-hang",
            "a detached grandchild with neither pipes nor variables does not outlive a time-out",
            twists(At::Culprit, |actor, _| {
                actor.leave_a_nameless_orphan();
                pace::hang();
            }),
        )
        .culprit("timeout")
        .spends(1.0),
        kind(
            "leaves-an-orphan-at-bye",
            "a grandchild that is born after bye is ended with the run",
            ends(|actor| {
                actor.leave_an_orphan();
                actor.leave_a_quiet_orphan();
            }),
        ),
        kind(
            "leaves-a-swarm",
            "64 processes in and out of the group are ended with the run",
            starts(|actor| {
                actor.leave_a_swarm();
            }),
        )
        .spends(4.0),
        kind(
            "swarm-and-noise",
            "64 processes are gone when the gate tells of a broken protocol",
            twists(At::Culprit, |actor, _| {
                actor.leave_a_swarm();
                actor.say("noise");
            }),
        )
        .limit("20")
        .fault(&["not-json:"])
        .spends(4.0),
        kind(
            "relay",
            "a family that renews itself out of the group is ended with the run",
            starts(|actor| {
                start(quiet(&mut actor.again("renewed")));
            }),
        )
        .spends(1.0),
        kind(
            "orphan-and-exit",
            "who ends while a grandchild holds its pipes has a crash",
            twists(At::Culprit, |actor, _| {
                actor.leave_an_orphan();
                std::process::exit(0);
            }),
        )
        .culprit("crash")
        .spends(1.0),
        kind(
            "orphan-reply-and-exit",
            "a reply counts when a grandchild holds the pipe",
            twists(At::Culprit, |actor, question| {
                actor.leave_an_orphan();
                actor.say(question.right());
                std::process::exit(1);
            }),
        )
        .these(&["parse.status.421"], "crash")
        .spends(1.0),
        kind(
            "orphan-and-half-a-line",
            "half a line in a pipe that stays open is not waited for",
            twists(At::Culprit, |actor, _| {
                actor.leave_an_orphan();
                actor.write(b"{\"seq\":");
                std::process::exit(1);
            }),
        )
        .culprit("crash")
        .spends(1.0),
        kind(
            "orphan-and-hang",
            "a grandchild does not outlive a time-out",
            twists(At::Culprit, |actor, _| {
                actor.leave_an_orphan();
                pace::hang();
            }),
        )
        .culprit("timeout")
        .spends(1.0),
        kind(
            "loud-orphan",
            "a grandchild that goes on talking does not outlive its parent",
            twists(At::Culprit, |actor, _| {
                start(quiet(&mut actor.again("loud")).stdout(Stdio::inherit()));
                pace::hang();
            }),
        )
        .fault(&["unasked-reply:", "unknown-seq:"])
        .spends(1.0),
        kind(
            "spinning-children",
            "children that spin are ended with the run",
            starts(|actor| {
                for _ in 0..4 {
                    start(&mut actor.again("spinning"));
                }
            }),
        )
        .spends(2.0),
        kind(
            "late-voice",
            "a reply that comes after the time-out is nobody's",
            twists(At::Culprit, |actor, question| {
                std::fs::write(actor.folder.join("late-line"), question.right()).unwrap();
                start(&mut actor.again("late-line"));
                pace::hang();
            }),
        )
        .culprit("timeout")
        .spends(1.0),
        kind(
            "daemon",
            "who leaves its work to a detached grandchild has no start",
            plays(daemon),
        )
        .no_start(&["exited:"])
        .spends(1.0),
    ];
    descendants.into_iter().map(Kind::in_both).collect()
}

fn daemon(actor: &mut Actor) {
    actor
        .again("leaves-the-session-and-serves")
        .status()
        .unwrap();
}
