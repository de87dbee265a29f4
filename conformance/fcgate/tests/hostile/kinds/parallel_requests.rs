//! Adapters that accept parallel requests.

use std::sync::mpsc::Receiver;
use std::time::Duration;

use crate::adapter::{Adapter, Request};
use crate::expectation::each;
use crate::gate::Observed;
use crate::kind::{Kind, does_everything, kind};
use crate::timing;

/// How long an adapter waits for one more request before it replies to those that it has.
const GATHER: Duration = Duration::from_millis(20);

pub(crate) fn kinds() -> Vec<Kind> {
    let parallel_requests = vec![
        kind(
            "out-of-order",
            "replies in a different order are accepted",
            does_everything(|adapter| {
                let requests = adapter.read_in_background();
                while let Some(batch) = gather(&requests) {
                    for request in batch.iter().rev() {
                        adapter.write_line(right(request));
                    }
                }
            }),
        )
        .extra_time(1.0),
        kind(
            "one-of-four-hangs",
            "of several open requests only the one without a reply is a timeout",
            does_everything(|adapter| {
                each_at_once(adapter, |_, _| {});
            }),
        )
        .faulty_case("timeout")
        .extra_time(2.0),
        kind(
            "all-of-four-stall",
            "after a stall the open requests are sent again one by one, and only one is a timeout",
            does_everything(|adapter| {
                each_at_once(adapter, |_, _| timing::hang());
            }),
        )
        .in_both_containments()
        .faulty_case("timeout")
        .extra_time(2.0),
        kind(
            "one-of-four-crashes",
            "of several open requests only the one that crashes is a crash",
            does_everything(|adapter| {
                each_at_once(adapter, |_, _| {
                    timing::wait(GATHER);
                    std::process::exit(1);
                });
            }),
        )
        .faulty_case("crash")
        .extra_time(0.5),
        kind(
            "each-of-four-crashes",
            "an adapter that exits in every case is restarted at most ten times also with parallel requests",
            does_everything(|adapter| {
                each_at_once(adapter, |_, _| {});
            }),
        )
        .compared_by(1, no_pass)
        .extra_time(2.0),
        kind(
            "foreign-seq-of-four",
            "an unknown seq ends the run also with parallel requests",
            does_everything(|adapter| {
                each_at_once(adapter, |adapter, _| adapter.write_line(r#"{"seq":"zz","ok":{}}"#));
            }),
        )
        .compared_by(5, whole_or_untestable)
        .mentions(&["unknown-seq:"]),
        kind(
            "crossed-seqs",
            "results with swapped seqs fail their cases",
            does_everything(crossed),
        )
        .compared_by(1, |observed, correct| {
            each(observed, correct, |_, case, right| {
                case == right || case["status"] == "fail"
            })?;
            match observed.with_status("fail").len() {
                0..2 => Err("the crossed answers pass".to_owned()),
                _ => Ok(()),
            }
        })
        .extra_time(1.0),
    ];
    let four = |kind: Kind| kind.flags(&["--jobs", "4"]);
    parallel_requests.into_iter().map(four).collect()
}

/// The correct reply; `hello` announces four parallel requests.
fn right(request: &Request) -> String {
    if request.command() == "hello" {
        request.correct_reply_with(|reply| reply["ok"]["parallel"] = 4.into())
    } else {
        request.correct_reply()
    }
}

/// Replies to every request except the faulty case at once.
fn each_at_once(adapter: &mut Adapter, faulty_case: fn(&mut Adapter, &Request)) {
    let crashes = adapter.kind == "each-of-four-crashes";
    while let Some(request) = adapter.next_request() {
        if crashes && request.number > 0 {
            std::process::exit(1);
        }
        if request.is_faulty_case() {
            faulty_case(adapter, &request);
        } else {
            adapter.write_line(right(&request));
        }
    }
}

/// Up to four requests that are open at the same time; `None` at the end of the input.
fn gather(requests: &Receiver<Request>) -> Option<Vec<Request>> {
    let mut batch = vec![requests.recv().ok()?];
    while batch.len() < 4 {
        match requests.recv_timeout(GATHER) {
            Ok(request) => batch.push(request),
            Err(_) => break,
        }
    }
    Some(batch)
}

fn crossed(adapter: &mut Adapter) {
    let requests = adapter.read_in_background();
    while let Some(batch) = gather(&requests) {
        for (place, request) in batch.iter().enumerate() {
            let other = &batch[(place + 1) % batch.len()];
            adapter.write_line(right(other).replace(other.seq(), request.seq()));
        }
    }
}

fn no_pass(observed: &Observed, correct: &Observed) -> Result<(), String> {
    each(observed, correct, |_, case, _| {
        case["status"] == "crash" || case["status"] == "untestable"
    })?;
    match observed.with_status("crash").len() {
        1..=11 => Ok(()),
        count => Err(format!("{count} cases crashed")),
    }
}

fn whole_or_untestable(observed: &Observed, correct: &Observed) -> Result<(), String> {
    each(observed, correct, |id, case, right| {
        (case == right && id != "parse.status.418") || case["status"] == "untestable"
    })
}
