//! Adapters that follow the protocol and return wrong results.

use serde_json::Value;

use crate::adapter::{Adapter, When};
use crate::expectation::each;
use crate::kind::{Kind, does_everything, handles, kind};

pub(crate) fn kinds() -> Vec<Kind> {
    vec![
        kind(
            "always-ok",
            "an empty ok to every request fails every case",
            does_everything(|adapter| {
                always(adapter, r#""ok":{}"#);
            }),
        )
        .entry("ap-031")
        .every_case("fail"),
        kind(
            "always-refuses",
            "a refusal of every request fails every case that expects a result",
            does_everything(|adapter| {
                always(adapter, r#""err":{"class":"input","message":"no"}"#);
            }),
        )
        .entry("ap-032")
        .every_case("fail"),
        kind(
            "always-fails",
            "an internal error for every request fails every case",
            does_everything(|adapter| {
                always(adapter, r#""err":{"class":"internal","message":"oh"}"#);
            }),
        )
        .only(&["parse.status.4*", "build.refusals.2021-04-06-fc-*"])
        .every_case("fail"),
        kind(
            "always-unsupported",
            "unsupported for a declared capability fails every case",
            does_everything(|adapter| {
                always(adapter, r#""unsupported":{"cap":"parse"}"#);
            }),
        )
        .entry("ap-033")
        .every_case("fail"),
        kind(
            "once-unsupported",
            "one unsupported reply for a declared capability fails its case",
            handles(When::FaultyCase, |adapter, request| {
                adapter.write_line(request.reply(r#""unsupported":{"cap":"parse"}"#));
            }),
        )
        .faulty_case("fail"),
        kind(
            "previous-answer",
            "the result of the previous request fails the case",
            does_everything(previous_answer),
        )
        .compared_by(1, |observed, correct| {
            let (first, _) = correct.cases().next().ok_or("no case")?;
            each(observed, correct, |id, case, _| {
                (case["status"] == "pass") == (id == first)
            })
        }),
        kind(
            "canned",
            "results of an earlier run fail",
            does_everything(canned),
        )
        .entry("ap-034")
        .only(&["invoke.basic.2021-04-06-fc-*"])
        .previous_runs(1)
        .every_case("fail"),
        kind(
            "canned-lines",
            "reply lines of an earlier run end the run",
            does_everything(canned_lines),
        )
        .previous_runs(1)
        .no_start(&["unknown-seq:", "unasked-reply:"]),
    ]
}

/// Sends the same reply to every case.
fn always(adapter: &mut Adapter, answer: &'static str) {
    adapter.serve_with(When::EveryCase, |adapter, request| {
        adapter.write_line(request.reply(answer));
    });
}

fn previous_answer(adapter: &mut Adapter) {
    let mut previous: Option<Value> = None;
    adapter.serve_with(When::EveryCase, |adapter, request| {
        let right: Value = serde_json::from_str(&request.correct_reply()).unwrap();
        let answer = previous.replace(right["ok"].clone());
        adapter.write_line(request.correct_reply_with(|reply| {
            if let Some(answer) = answer {
                reply["ok"] = answer;
            }
        }));
    });
}

/// Saves the results of the first run and returns them in the second run.
fn canned(adapter: &mut Adapter) {
    let works = adapter.is_first();
    adapter.serve_with(When::EveryCase, |adapter, request| {
        let can = adapter.folder.join(format!("can-{}", request.number));
        if works {
            let reply: Value = serde_json::from_str(&request.correct_reply()).unwrap();
            std::fs::write(can, reply["ok"].to_string()).unwrap();
            adapter.write_line(reply.to_string());
        } else {
            let answer = std::fs::read_to_string(can).unwrap();
            adapter.write_line(request.reply(&format!("\"ok\":{answer}")));
        }
    });
}

/// Saves the reply lines of the first run and writes them in the second run.
fn canned_lines(adapter: &mut Adapter) {
    let works = adapter.is_first();
    let mut count = 0;
    while let Some(request) = adapter.next_request() {
        count += 1;
        let can = adapter.folder.join(format!("line-{count}"));
        if works {
            std::fs::write(&can, request.correct_reply()).unwrap();
        }
        adapter.write_line(std::fs::read(can).unwrap());
    }
}
