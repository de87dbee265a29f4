//! What happens to the gate itself while an adapter hangs.

use rustix::process::Signal;

use crate::actor::{Actor, At};
use crate::kind::{Kind, Setting, kind, plays, twists};
use crate::pace;

pub(crate) fn kinds() -> Vec<Kind> {
    vec![
        kind(
            "interrupt",
            "SIGINT ends the run with what is known",
            plays(reach_and_hang),
        )
        .in_both()
        .setting(Setting::Interrupted(Signal::INT))
        .stopped(),
        kind(
            "terminate",
            "SIGTERM ends the run with what is known",
            plays(reach_and_hang),
        )
        .setting(Setting::Interrupted(Signal::TERM))
        .stopped(),
        kind(
            "interrupt-in-hello",
            "SIGINT ends the run before its first case",
            twists(At::Hello, |actor, _| reached(actor)),
        )
        .setting(Setting::Interrupted(Signal::INT))
        .incomplete(),
        kind(
            "interrupt-with-orphans",
            "SIGINT leaves no grandchild either",
            plays(|actor| {
                actor.leave_an_orphan();
                actor.leave_a_quiet_orphan();
                reach_and_hang(actor);
            }),
        )
        .in_both()
        .setting(Setting::Interrupted(Signal::INT))
        .stopped(),
        kind(
            "killed",
            "what a killed gate leaves ends by itself",
            plays(|actor| {
                actor.leave_an_orphan();
                actor.leave_a_quiet_orphan();
                reach_and_hang(actor);
            }),
        )
        .in_both()
        .setting(Setting::Interrupted(Signal::KILL))
        .killed(),
        kind(
            "deaf",
            "a gate whose output nobody reads ends quietly",
            plays(Actor::serve),
        )
        .setting(Setting::Deaf),
    ]
}

fn reach_and_hang(actor: &mut Actor) {
    actor.play(At::Culprit, |actor, _| reached(actor));
}

fn reached(actor: &mut Actor) {
    std::fs::write(actor.folder.join("reached"), "").unwrap();
    pace::hang();
}
