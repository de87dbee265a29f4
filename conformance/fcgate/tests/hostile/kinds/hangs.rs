//! Adapters that do not go on.

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use rustix::process::{Signal, getpid, kill_process};

use super::endings::eleven;
use crate::actor::{Actor, At};
use crate::kind::{Kind, ends, kind, plays, twists};
use crate::pace;

/// Its question is longer than a pipe holds.
const LARGE: &str = "parse.service-errors.large-body";

#[expect(clippy::too_many_lines, reason = "one entry for each kind")]
pub(crate) fn kinds() -> Vec<Kind> {
    vec![
        kind(
            "hang",
            "one case without an answer is a time-out, and the others are whole",
            twists(At::Culprit, |_, _| pace::hang()),
        )
        .in_both()
        .culprit("timeout")
        .spends(1.0),
        kind(
            "hang-among-all",
            "one case without an answer costs its limit in a whole run too",
            twists(At::Culprit, |_, _| pace::hang()),
        )
        .only(&["sign.*", "parse.*", "build.*"])
        .culprit("timeout")
        .spends(2.0),
        kind(
            "hang-each",
            "who never answers is started ten times again, and no more",
            twists(At::EveryCase, |_, _| pace::hang()),
        )
        .judged(1, eleven("timeout"))
        .spends(12.0),
        kind(
            "slow",
            "who answers within the limit is right",
            twists(At::Culprit, |actor, question| {
                pace::rest(Duration::from_millis(600));
                actor.say(question.right());
            }),
        )
        .spends(0.6),
        kind(
            "stops-itself",
            "a stopped process is a time-out",
            twists(At::Culprit, |_, _| {
                let _ = kill_process(getpid(), Signal::STOP);
            }),
        )
        .in_both()
        .culprit("timeout")
        .spends(1.0),
        kind(
            "ignores-signals",
            "who ignores SIGTERM is ended all the same",
            plays(|actor| {
                ignore_signals();
                actor.play(At::Culprit, |_, _| pace::hang());
            }),
        )
        .in_both()
        .culprit("timeout")
        .spends(1.0),
        kind(
            "spins",
            "who spins is a time-out",
            twists(At::Culprit, |_, _| {
                loop {
                    std::hint::spin_loop();
                }
            }),
        )
        .in_both()
        .culprit("timeout")
        .spends(1.0),
        kind(
            "never-reads",
            "who never reads is a time-out, and blocks nobody",
            plays(|actor| {
                // hello and the probe; the next question does not fit into the pipe.
                for _ in 0..2 {
                    let question = actor.hear().unwrap();
                    actor.say(question.right());
                }
                pace::hang();
            }),
        )
        .only(&[LARGE])
        .flags(&["--level", "should"])
        .these(&[LARGE], "timeout")
        .spends(1.0),
        kind(
            "closes-output",
            "a closed standard output of a living process ends the run",
            twists(At::Culprit, |actor, _| {
                actor.become_other("stays", |pipes| {
                    pipes.stdout(Stdio::null());
                });
            }),
        )
        .in_both()
        .limit("4")
        .fault(&["eof:"])
        .spends(1.0),
        kind(
            "closes-input",
            "a closed standard input is a time-out of the next case",
            twists(At::Culprit, |actor, question| {
                actor.say(question.right());
                actor.become_other("stays", |pipes| {
                    pipes.stdin(Stdio::null());
                });
            }),
        )
        .these(&["parse.status.421"], "timeout")
        .spends(1.0),
        kind(
            "closes-stderr",
            "a closed standard error is nobody's business",
            plays(|actor| {
                actor.become_other("serves", |pipes| {
                    pipes.stderr(Stdio::null());
                });
            }),
        ),
        kind(
            "hangs-in-bye",
            "who does not end at bye breaks the end",
            ends(|_| {
                pace::hang();
            }),
        )
        .in_both()
        .bad_end(&["bye:"])
        .spends(3.0),
        kind(
            "ignores-bye",
            "who ends neither at bye nor by a signal breaks the end",
            plays(|actor| {
                ignore_signals();
                actor.serve();
                pace::hang();
            }),
        )
        .bad_end(&["bye:"])
        .spends(3.0),
        kind(
            "slow-bye",
            "who ends two seconds after bye is right",
            ends(|_| {
                pace::rest(Duration::from_secs(2));
            }),
        )
        .spends(2.0),
        kind(
            "closes-output-at-bye",
            "who closes its output at bye and hangs breaks the end",
            plays(closes_all),
        )
        .bad_end(&["bye:", "eof:"])
        .spends(3.0),
    ]
}

/// Every signal that can be caught is, and nothing follows.
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

fn closes_all(actor: &mut Actor) {
    actor.serve();
    actor.become_other("stays", |pipes| {
        pipes
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
    });
}
