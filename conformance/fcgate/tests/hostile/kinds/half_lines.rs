//! Lines that never come to their end.

use std::time::Duration;

use crate::actor::{Actor, At};
use crate::kind::{Kind, kind, plays, twists};
use crate::pace;

pub(crate) fn kinds() -> Vec<Kind> {
    vec![
        kind(
            "half-then-exit-0",
            "half a line and an orderly end is a truncated line",
            plays(|actor| {
                half(actor, || std::process::exit(0));
            }),
        )
        .in_both()
        .fault(&["truncated-line:"]),
        kind(
            "half-then-exit-1",
            "half a line and another end is a crash",
            plays(|actor| {
                half(actor, || std::process::exit(1));
            }),
        )
        .culprit("crash"),
        kind(
            "half-then-hang",
            "half a line and nothing more is a time-out",
            plays(|actor| {
                half(actor, || pace::hang());
            }),
        )
        .culprit("timeout")
        .spends(1.0),
        kind(
            "drip",
            "the limit is for the case, not for a read",
            twists(At::Culprit, |actor, question| {
                for byte in question.right().bytes() {
                    actor.write(&[byte]);
                    pace::rest(Duration::from_millis(200));
                }
            }),
        )
        .culprit("timeout")
        .spends(1.0),
    ]
}

fn half(actor: &mut Actor, end: fn() -> !) {
    actor.play(At::Culprit, |actor, question| {
        let line = question.right();
        actor.write(&line.as_bytes()[..line.len() / 2]);
        end();
    });
}
