//! Adapters that announce several questions at once.

use std::sync::mpsc::Receiver;
use std::time::Duration;

use crate::actor::{Actor, Question};
use crate::expectation::each;
use crate::gate::Seen;
use crate::kind::{Kind, kind, plays};
use crate::pace;

/// How long an adapter waits for one more question before it answers what it has.
const GATHER: Duration = Duration::from_millis(20);

pub(crate) fn kinds() -> Vec<Kind> {
    let several = vec![
        kind(
            "out-of-order",
            "replies in another order are allowed",
            plays(|actor| {
                let questions = actor.listen();
                while let Some(batch) = gather(&questions) {
                    for question in batch.iter().rev() {
                        actor.say(right(question));
                    }
                }
            }),
        )
        .spends(1.0),
        kind(
            "one-of-four-hangs",
            "of several questions only the one without an answer is named",
            plays(|actor| {
                each_at_once(actor, |_, _| {});
            }),
        )
        .culprit("timeout")
        .spends(2.0),
        kind(
            "all-of-four-stall",
            "suspects are put again, alone, and only the culprit is named",
            plays(|actor| {
                each_at_once(actor, |_, _| pace::hang());
            }),
        )
        .in_both()
        .culprit("timeout")
        .spends(2.0),
        kind(
            "one-of-four-crashes",
            "of several open questions only the one that crashes is named",
            plays(|actor| {
                each_at_once(actor, |_, _| {
                    pace::rest(GATHER);
                    std::process::exit(1);
                });
            }),
        )
        .culprit("crash")
        .spends(0.5),
        kind(
            "each-of-four-crashes",
            "who ends at every case is started ten times again with several too",
            plays(|actor| {
                each_at_once(actor, |_, _| {});
            }),
        )
        .judged(1, no_pass)
        .spends(2.0),
        kind(
            "foreign-seq-of-four",
            "a seq that nobody asked ends the run with several questions too",
            plays(|actor| {
                each_at_once(actor, |actor, _| actor.say(r#"{"seq":"zz","ok":{}}"#));
            }),
        )
        .judged(5, whole_or_untestable)
        .mentions(&["unknown-seq:"]),
        kind(
            "crossed-seqs",
            "answers under each other's seq fail their cases",
            plays(crossed),
        )
        .judged(1, |seen, clean| {
            each(seen, clean, |_, case, right| {
                case == right || case["status"] == "fail"
            })?;
            match seen.with_status("fail").len() {
                0..6 => Err("the crossed answers pass".to_owned()),
                _ => Ok(()),
            }
        })
        .spends(1.0),
    ];
    let four = |kind: Kind| kind.flags(&["--jobs", "4"]);
    several.into_iter().map(four).collect()
}

/// The right answer, with room for four in `hello`.
fn right(question: &Question) -> String {
    if question.command() == "hello" {
        question.right_but(|reply| reply["ok"]["parallel"] = 4.into())
    } else {
        question.right()
    }
}

/// Answers every question but the culprit, at once.
fn each_at_once(actor: &mut Actor, culprit: fn(&mut Actor, &Question)) {
    let crashes = actor.kind == "each-of-four-crashes";
    while let Some(question) = actor.hear() {
        if crashes && question.number > 0 {
            std::process::exit(1);
        }
        if question.is_culprit() {
            culprit(actor, &question);
        } else {
            actor.say(right(&question));
        }
    }
}

/// Up to four questions that are open together; nothing at the end.
fn gather(questions: &Receiver<Question>) -> Option<Vec<Question>> {
    let mut batch = vec![questions.recv().ok()?];
    while batch.len() < 4 {
        match questions.recv_timeout(GATHER) {
            Ok(question) => batch.push(question),
            Err(_) => break,
        }
    }
    Some(batch)
}

fn crossed(actor: &mut Actor) {
    let questions = actor.listen();
    while let Some(batch) = gather(&questions) {
        for (place, question) in batch.iter().enumerate() {
            let other = &batch[(place + 1) % batch.len()];
            actor.say(right(other).replace(other.seq(), question.seq()));
        }
    }
}

fn no_pass(seen: &Seen, clean: &Seen) -> Result<(), String> {
    each(seen, clean, |_, case, _| {
        case["status"] == "crash" || case["status"] == "untestable"
    })?;
    match seen.with_status("crash").len() {
        1..=11 => Ok(()),
        count => Err(format!("{count} cases crashed")),
    }
}

fn whole_or_untestable(seen: &Seen, clean: &Seen) -> Result<(), String> {
    each(seen, clean, |id, case, right| {
        (case == right && id != "parse.status.418") || case["status"] == "untestable"
    })
}
