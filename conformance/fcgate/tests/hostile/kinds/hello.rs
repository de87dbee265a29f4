//! What goes wrong before the first case: the introduction and the honesty probe.

use std::time::Duration;

use serde_json::json;

use crate::actor::At;
use crate::kind::{Kind, introduces, kind, plays, starts, twists};
use crate::pace;

pub(crate) fn kinds() -> Vec<Kind> {
    [introductions(), silences(), probes(), restarts()]
        .into_iter()
        .flatten()
        .collect()
}

#[expect(clippy::too_many_lines, reason = "one entry for each kind")]
fn introductions() -> Vec<Kind> {
    let schema = &["schema:"][..];
    vec![
        kind(
            "version-99",
            "another protocol version ends the run",
            introduces(|hello| hello["p"] = 99.into()),
        )
        .no_start(&["version:"]),
        kind(
            "refuses-hello",
            "a refused introduction ends the run",
            twists(At::Hello, |actor, question| {
                actor.say(question.reply(r#""err":{"class":"input","message":"not today"}"#));
            }),
        )
        .no_start(&["schema:", "version:", "hello"])
        .mentions(&["not today"]),
        kind(
            "unsupported-hello",
            "an introduction cannot be unsupported",
            twists(At::Hello, |actor, question| {
                actor.say(question.reply(r#""unsupported":{"cap":"hello"}"#));
            }),
        )
        .no_start(schema),
        kind(
            "hello-twice",
            "two introductions end the run",
            twists(At::Hello, |actor, question| {
                actor.say([question.right(), question.right()].join("\n"));
            }),
        )
        .no_start(&["repeated-seq:"]),
        kind(
            "speaks-first",
            "a reply before any question ends the run",
            starts(|actor| {
                actor.say(r#"{"seq":"k1","ok":{}}"#);
            }),
        )
        .no_start(&["unasked-reply:", "unknown-seq:"]),
        kind(
            "banner",
            "a greeting on standard output is quoted, with help",
            starts(|actor| {
                actor.say("Starting my adapter 1.0 ...");
            }),
        )
        .no_start(&["not-json:"])
        .mentions(&["Starting my adapter 1.0 ..."])
        .mentions(&["stderr"]),
        kind(
            "parallel-minus-1",
            "less than no questions at once end the run",
            introduces(|hello| hello["parallel"] = json!(-1)),
        )
        .no_start(schema),
        kind(
            "parallel-text",
            "a number of questions is a number",
            introduces(|hello| hello["parallel"] = "4".into()),
        )
        .no_start(schema),
        kind(
            "parallel-4-billion",
            "a number of questions is no number of threads",
            introduces(|hello| hello["parallel"] = u32::MAX.into()),
        ),
        kind(
            "claims-nothing",
            "an adapter that claims nothing is incomplete",
            introduces(|hello| hello["caps"] = json!([])),
        )
        .incomplete(),
        kind(
            "claims-object",
            "an empty object of claims claims nothing",
            introduces(|hello| hello["caps"] = json!({})),
        )
        .incomplete(),
        kind(
            "only-a-version",
            "an introduction may lack name and claims",
            twists(At::Hello, |actor, question| {
                actor.say(question.reply(r#""ok":{"p":1}"#));
            }),
        )
        .incomplete()
        .mentions(&["unnamed"]),
        kind(
            "hostile-name",
            "a name is shown without its control bytes",
            introduces(|hello| {
                hello["sdk"]["name"] = "<img src=x onerror=1>\u{1b}[2J\n::error::owned".into();
            }),
        ),
        kind(
            "long-name",
            "a name of 64 KiB is cut",
            introduces(|hello| hello["sdk"]["name"] = "n".repeat(64 * 1024).into()),
        )
        .judged(0, |seen, _| match seen.said().len() {
            0..8192 => Ok(()),
            length => Err(format!("it says {length} bytes")),
        }),
    ]
}

fn silences() -> Vec<Kind> {
    vec![
        kind(
            "hangs-in-hello",
            "an introduction that does not come ends the run",
            twists(At::Hello, |_, _| pace::hang()),
        )
        .in_both()
        .no_start(&["hello-timeout:"])
        .spends(10.0),
        kind(
            "drips-hello",
            "an introduction that drips ends the run",
            twists(At::Hello, |actor, question| {
                for byte in question.right().bytes() {
                    actor.write(&[byte]);
                    pace::rest(Duration::from_millis(500));
                }
            }),
        )
        .no_start(&["hello-timeout:"])
        .spends(10.0),
        kind(
            "slow-hello",
            "an introduction has ten seconds, whatever the limit of a case",
            twists(At::Hello, |actor, question| {
                pace::rest(Duration::from_secs(2));
                actor.say(question.right());
            }),
        )
        .spends(2.0),
        kind(
            "exit-0-at-start",
            "an adapter that is gone at once ends the run",
            plays(|_| {}),
        )
        .in_both()
        .no_start(&["exited:"]),
        kind(
            "exit-0-in-hello",
            "an orderly end in the place of an introduction ends the run",
            twists(At::Hello, |_, _| std::process::exit(0)),
        )
        .no_start(&["exited:"]),
        kind(
            "last-words",
            "what stands on standard error is shown when there is no start",
            plays(|actor| {
                actor.log("no module named 'my_sdk'\n\u{1b}[31mred\u{1b}[0m\n");
                std::process::exit(1);
            }),
        )
        .no_start(&["exited:"])
        .mentions(&["no module named 'my_sdk'"]),
    ]
}

fn probes() -> Vec<Kind> {
    let dishonest = &["dishonest:"][..];
    vec![
        kind(
            "probe-ok",
            "who does what nobody knows is dishonest",
            twists(At::Probe, |actor, question| {
                actor.say(question.reply(r#""ok":{}"#));
            }),
        )
        .no_start(dishonest),
        kind(
            "probe-err",
            "who refuses what nobody knows is dishonest",
            twists(At::Probe, |actor, question| {
                actor.say(question.reply(r#""err":{"class":"input","message":"what?"}"#));
            }),
        )
        .no_start(dishonest),
        kind(
            "probe-hang",
            "who does not answer what nobody knows ends the run",
            twists(At::Probe, |_, _| pace::hang()),
        )
        .no_start(&["dishonest:", "hello-timeout:"])
        .spends(1.0),
        kind(
            "probe-exit",
            "who ends at what nobody knows ends the run",
            twists(At::Probe, |_, _| std::process::exit(0)),
        )
        .no_start(&["exited:"]),
    ]
}

fn restarts() -> Vec<Kind> {
    vec![
        kind(
            "claims-less-later",
            "who claims something else after a restart ends the run",
            plays(|actor| {
                if actor.is_first() {
                    actor.play(At::Culprit, |_, _| std::process::exit(1));
                } else {
                    actor.introduce(|hello| hello["caps"] = json!(["parse"]));
                }
            }),
        )
        .judged(5, crash_then_nothing),
        kind(
            "does-not-start-again",
            "who cannot be started again ends the run",
            plays(|actor| {
                if actor.is_first() {
                    actor.play(At::Culprit, |_, _| std::process::exit(1));
                }
            }),
        )
        .judged(5, crash_then_nothing),
    ]
}

/// The culprit crashed, those before it are whole, those after it did not run.
fn crash_then_nothing(seen: &crate::gate::Seen, clean: &crate::gate::Seen) -> Result<(), String> {
    crate::expectation::each(seen, clean, |id, case, right| {
        match id.cmp("parse.status.418") {
            std::cmp::Ordering::Less => case == right,
            std::cmp::Ordering::Equal => case["status"] == "crash",
            std::cmp::Ordering::Greater => case["status"] == "untestable",
        }
    })
}
