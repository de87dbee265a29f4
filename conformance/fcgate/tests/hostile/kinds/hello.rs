//! Errors before the first case: `hello`, the probe with an unknown command, and restarts.

use std::time::Duration;

use serde_json::json;

use crate::adapter::When;
use crate::kind::{Kind, changes_hello, does_everything, does_first, handles, kind};
use crate::timing;

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
            "a different protocol version ends the run",
            changes_hello(|hello| hello["p"] = 99.into()),
        )
        .entry("ap-024")
        .no_start(&["version:"]),
        kind(
            "refuses-hello",
            "a refused hello ends the run",
            handles(When::Hello, |adapter, request| {
                adapter
                    .write_line(request.reply(r#""err":{"class":"input","message":"not today"}"#));
            }),
        )
        .no_start(&["schema:", "version:", "hello"])
        .mentions(&["not today"]),
        kind(
            "unsupported-hello",
            "an unsupported hello ends the run",
            handles(When::Hello, |adapter, request| {
                adapter.write_line(request.reply(r#""unsupported":{"cap":"hello"}"#));
            }),
        )
        .no_start(schema),
        kind(
            "hello-twice",
            "two replies to hello end the run",
            handles(When::Hello, |adapter, request| {
                adapter.write_line([request.correct_reply(), request.correct_reply()].join("\n"));
            }),
        )
        .no_start(&["repeated-seq:"]),
        kind(
            "speaks-first",
            "a reply before any request ends the run",
            does_first(|adapter| {
                adapter.write_line(r#"{"seq":"k1","ok":{}}"#);
            }),
        )
        .entry("ap-014")
        .no_start(&["unasked-reply:", "unknown-seq:"]),
        kind(
            "banner",
            "a banner on stdout ends the run and is quoted with help",
            does_first(|adapter| {
                adapter.write_line("Starting my adapter 1.0 ...");
            }),
        )
        .no_start(&["not-json:"])
        .mentions(&["Starting my adapter 1.0 ..."])
        .mentions(&["stderr"]),
        kind(
            "parallel-minus-1",
            "a negative number of parallel requests ends the run",
            changes_hello(|hello| hello["parallel"] = json!(-1)),
        )
        .entry("ap-028")
        .no_start(schema),
        kind(
            "parallel-text",
            "a text as the number of parallel requests ends the run",
            changes_hello(|hello| hello["parallel"] = "4".into()),
        )
        .no_start(schema),
        kind(
            "parallel-4-billion",
            "a huge number of parallel requests starts no threads",
            changes_hello(|hello| hello["parallel"] = u32::MAX.into()),
        ),
        kind(
            "claims-nothing",
            "an adapter without capabilities is incomplete",
            changes_hello(|hello| hello["caps"] = json!([])),
        )
        .incomplete(),
        kind(
            "claims-object",
            "an empty object as capabilities means no capabilities",
            changes_hello(|hello| hello["caps"] = json!({})),
        )
        .entry("ap-025")
        .incomplete(),
        kind(
            "only-a-version",
            "hello without name and capabilities is accepted",
            handles(When::Hello, |adapter, request| {
                adapter.write_line(request.reply(r#""ok":{"p":1}"#));
            }),
        )
        .incomplete()
        .mentions(&["unnamed"]),
        kind(
            "hostile-name",
            "a name is shown without control characters",
            changes_hello(|hello| {
                hello["sdk"]["name"] = "<img src=x onerror=1>\u{1b}[2J\n::error::owned".into();
            }),
        )
        .entry("ap-029"),
        kind(
            "long-name",
            "a name of 64 KiB is truncated",
            changes_hello(|hello| hello["sdk"]["name"] = "n".repeat(64 * 1024).into()),
        )
        .compared_by(0, |observed, _| match observed.text().len() {
            0..8192 => Ok(()),
            length => Err(format!("the output has {length} bytes")),
        }),
    ]
}

fn silences() -> Vec<Kind> {
    vec![
        kind(
            "hangs-in-hello",
            "a missing reply to hello ends the run",
            handles(When::Hello, |_, _| timing::hang()),
        )
        .entry("ap-026")
        .in_both_containments()
        .no_start(&["hello-timeout:"])
        .extra_time(10.0),
        kind(
            "drips-hello",
            "a reply to hello byte by byte beyond the time limit ends the run",
            handles(When::Hello, |adapter, request| {
                for byte in request.correct_reply().bytes() {
                    adapter.write_bytes(&[byte]);
                    timing::wait(Duration::from_millis(500));
                }
            }),
        )
        .no_start(&["hello-timeout:"])
        .extra_time(10.0),
        kind(
            "slow-hello",
            "hello has ten seconds, also with a shorter limit for cases",
            handles(When::Hello, |adapter, request| {
                timing::wait(Duration::from_secs(2));
                adapter.write_line(request.correct_reply());
            }),
        )
        .extra_time(2.0),
        kind(
            "exit-0-at-start",
            "an adapter that exits at once ends the run",
            does_everything(|_| {}),
        )
        .entry("px-005")
        .in_both_containments()
        .no_start(&["exited:"]),
        kind(
            "exit-0-in-hello",
            "an exit with status 0 instead of hello ends the run",
            handles(When::Hello, |_, _| std::process::exit(0)),
        )
        .no_start(&["exited:"]),
        kind(
            "last-words",
            "stderr is shown if the adapter cannot start",
            does_everything(|adapter| {
                adapter.write_stderr("no module named 'my_sdk'\n\u{1b}[31mred\u{1b}[0m\n");
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
            "ok to an unknown command is dishonest",
            handles(When::Probe, |adapter, request| {
                adapter.write_line(request.reply(r#""ok":{}"#));
            }),
        )
        .entry("ap-030")
        .no_start(dishonest),
        kind(
            "probe-err",
            "a refusal of an unknown command is dishonest",
            handles(When::Probe, |adapter, request| {
                adapter.write_line(request.reply(r#""err":{"class":"input","message":"what?"}"#));
            }),
        )
        .no_start(dishonest),
        kind(
            "probe-hang",
            "no reply to an unknown command ends the run",
            handles(When::Probe, |_, _| timing::hang()),
        )
        .no_start(&["dishonest:", "hello-timeout:"])
        .extra_time(1.0),
        kind(
            "probe-exit",
            "an exit at an unknown command ends the run",
            handles(When::Probe, |_, _| std::process::exit(0)),
        )
        .no_start(&["exited:"]),
    ]
}

fn restarts() -> Vec<Kind> {
    vec![
        kind(
            "claims-less-later",
            "different capabilities after a restart end the run",
            does_everything(|adapter| {
                if adapter.is_first() {
                    adapter.serve_with(When::FaultyCase, |_, _| std::process::exit(1));
                } else {
                    adapter.serve_with_hello(|hello| hello["caps"] = json!(["parse"]));
                }
            }),
        )
        .compared_by(5, crash_then_nothing),
        kind(
            "does-not-start-again",
            "an adapter that cannot be restarted ends the run",
            does_everything(|adapter| {
                if adapter.is_first() {
                    adapter.serve_with(When::FaultyCase, |_, _| std::process::exit(1));
                }
            }),
        )
        .compared_by(5, crash_then_nothing),
    ]
}

/// The faulty case crashed, earlier cases are correct, later cases did not run.
fn crash_then_nothing(
    observed: &crate::gate::Observed,
    correct: &crate::gate::Observed,
) -> Result<(), String> {
    crate::expectation::each(observed, correct, |id, case, right| {
        match id.cmp("parse.status.418") {
            std::cmp::Ordering::Less => case == right,
            std::cmp::Ordering::Equal => case["status"] == "crash",
            std::cmp::Ordering::Greater => case["status"] == "untestable",
        }
    })
}
