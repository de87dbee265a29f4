//! Adapters that keep the protocol and do not do the work.

use serde_json::Value;

use crate::actor::{Actor, At};
use crate::expectation::each;
use crate::kind::{Kind, kind, plays, twists};

pub(crate) fn kinds() -> Vec<Kind> {
    vec![
        kind(
            "always-ok",
            "who says ok to everything fails everything",
            plays(|actor| {
                always(actor, r#""ok":{}"#);
            }),
        )
        .every("fail"),
        kind(
            "always-refuses",
            "who refuses everything fails everything that can be done",
            plays(|actor| {
                always(actor, r#""err":{"class":"input","message":"no"}"#);
            }),
        )
        .every("fail"),
        kind(
            "always-fails",
            "who fails at everything fails everything",
            plays(|actor| {
                always(actor, r#""err":{"class":"internal","message":"oh"}"#);
            }),
        )
        .only(&["parse.status.4*", "build.refusals.2021-04-06-fc-*"])
        .every("fail"),
        kind(
            "always-unsupported",
            "who claims and does not support fails everything",
            plays(|actor| {
                always(actor, r#""unsupported":{"cap":"parse"}"#);
            }),
        )
        .every("fail"),
        kind(
            "once-unsupported",
            "one answer of unsupported for a claim fails its case",
            twists(At::Culprit, |actor, question| {
                actor.say(question.reply(r#""unsupported":{"cap":"parse"}"#));
            }),
        )
        .culprit("fail"),
        kind(
            "previous-answer",
            "the answer to the question before is no answer",
            plays(previous_answer),
        )
        .judged(1, |seen, clean| {
            let (first, _) = clean.cases().next().ok_or("no case")?;
            each(seen, clean, |id, case, _| {
                (case["status"] == "pass") == (id == first)
            })
        }),
        kind(
            "canned",
            "answers that were kept from an earlier run fail",
            plays(canned),
        )
        .only(&["invoke.basic.2021-04-06-fc-*"])
        .rehearsals(1)
        .every("fail"),
        kind(
            "canned-lines",
            "lines that were kept from an earlier run end the run",
            plays(canned_lines),
        )
        .rehearsals(1)
        .no_start(&["unknown-seq:", "unasked-reply:"]),
    ]
}

/// The same answer to every case.
fn always(actor: &mut Actor, answer: &'static str) {
    actor.play(At::EveryCase, |actor, question| {
        actor.say(question.reply(answer));
    });
}

fn previous_answer(actor: &mut Actor) {
    let mut previous: Option<Value> = None;
    actor.play(At::EveryCase, |actor, question| {
        let right: Value = serde_json::from_str(&question.right()).unwrap();
        let answer = previous.replace(right["ok"].clone());
        actor.say(question.right_but(|reply| {
            if let Some(answer) = answer {
                reply["ok"] = answer;
            }
        }));
    });
}

/// Works in the first run, and tells the same in the second one.
fn canned(actor: &mut Actor) {
    let works = actor.is_first();
    actor.play(At::EveryCase, |actor, question| {
        let can = actor.folder.join(format!("can-{}", question.number));
        if works {
            let reply: Value = serde_json::from_str(&question.right()).unwrap();
            std::fs::write(can, reply["ok"].to_string()).unwrap();
            actor.say(reply.to_string());
        } else {
            let answer = std::fs::read_to_string(can).unwrap();
            actor.say(question.reply(&format!("\"ok\":{answer}")));
        }
    });
}

/// The same with whole lines.
fn canned_lines(actor: &mut Actor) {
    let works = actor.is_first();
    let mut count = 0;
    while let Some(question) = actor.hear() {
        count += 1;
        let can = actor.folder.join(format!("line-{count}"));
        if works {
            std::fs::write(&can, question.right()).unwrap();
        }
        actor.say(std::fs::read(can).unwrap());
    }
}
