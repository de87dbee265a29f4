//! Adapters that say more than anybody can hold.

use std::io::Write as _;
use std::thread;

use crate::actor::{Actor, At};
use crate::kind::{Kind, ends, kind, plays, starts, twists};
use crate::pace;

const UNASKED: &[&str] = &["unasked-reply:", "unknown-seq:"];

pub(crate) fn kinds() -> Vec<Kind> {
    vec![
        kind(
            "floods-at-start",
            "endless replies that nobody asked end the run at the first one",
            plays(flood),
        )
        .no_start(UNASKED),
        kind(
            "floods-in-a-case",
            "endless replies in a case end the run at the first one",
            twists(At::Culprit, |actor, _| flood(actor)),
        )
        .in_both()
        .fault(UNASKED),
        kind(
            "floods-after-a-reply",
            "endless repetitions of a reply end the run",
            twists(At::Culprit, |actor, question| {
                let reply = question.right();
                loop {
                    actor.say(&reply);
                }
            }),
        )
        .fault(&["repeated-seq:"]),
        kind(
            "floods-after-bye",
            "endless lines after bye break the end",
            ends(|actor| {
                flood(actor);
            }),
        )
        .bad_end(&["bye:", "unasked-reply:", "unknown-seq:"])
        .spends(3.0),
        kind(
            "endless-stderr",
            "an endless standard error disturbs nobody",
            starts(|_| {
                thread::spawn(|| shout());
            }),
        )
        .spends(1.0),
        kind(
            "endless-stderr-then-hang",
            "an endless standard error is no sign of life",
            twists(At::Culprit, |_, _| shout()),
        )
        .in_both()
        .culprit("timeout")
        .spends(1.0),
        kind(
            "much-stderr-then-crash",
            "of much standard error the last words are kept",
            twists(At::Culprit, |actor, _| {
                for _ in 0..64 {
                    actor.log([b"earlier\n".repeat(8192), b"\xff\xfe\x1b[2J\n".to_vec()].concat());
                }
                actor.log("the very last words\n");
                std::process::exit(1);
            }),
        )
        .culprit("crash")
        .mentions(&["the very last words"])
        .spends(0.5),
        kind(
            "stderr-without-lines",
            "a standard error without line ends is kept bounded too",
            twists(At::Culprit, |actor, question| {
                actor.log(vec![b'e'; 8 * 1024 * 1024]);
                actor.say(question.right());
            }),
        )
        .spends(0.5),
        kind(
            "large-replies",
            "replies of 1 MiB leave the memory of the gate flat",
            plays(|actor| {
                let ballast = "b".repeat(1024 * 1024);
                actor.play(At::EveryCase, |actor, question| {
                    let reply = question.right();
                    let (start, end) = reply.split_at(reply.len() - 1);
                    actor.say([start, ",\"hint\":\"", &ballast, "\"", end].concat());
                });
            }),
        )
        .limit("20")
        .spends(3.0),
    ]
}

fn flood(actor: &mut Actor) {
    let lines = "{\"seq\":\"nobody\",\"ok\":{}}\n".repeat(2000);
    loop {
        actor.write(lines.as_bytes());
    }
}

/// Writes to standard error for ever.
fn shout() -> ! {
    let noise = b"noise on standard error\n".repeat(2000);
    while std::io::stderr().write_all(&noise).is_ok() {}
    pace::hang()
}
