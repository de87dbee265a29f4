//! Lines without an end.

use std::time::Duration;

use crate::adapter::{Adapter, When};
use crate::kind::{Kind, does_everything, handles, kind};
use crate::timing;

pub(crate) fn kinds() -> Vec<Kind> {
    vec![
        kind(
            "half-then-exit-0",
            "half a line and an exit with status 0 is a truncated line",
            does_everything(|adapter| {
                half(adapter, || std::process::exit(0));
            }),
        )
        .entry("ap-023")
        .in_both_containments()
        .fault(&["truncated-line:"]),
        kind(
            "half-then-exit-1",
            "half a line and an exit with status 1 is a crash",
            does_everything(|adapter| {
                half(adapter, || std::process::exit(1));
            }),
        )
        .faulty_case("crash"),
        kind(
            "half-then-hang",
            "half a line and nothing more is a timeout",
            does_everything(|adapter| {
                half(adapter, || timing::hang());
            }),
        )
        .faulty_case("timeout")
        .extra_time(1.0),
        kind(
            "drip",
            "a reply byte by byte beyond the time limit is a timeout",
            handles(When::FaultyCase, |adapter, request| {
                for byte in request.correct_reply().bytes() {
                    adapter.write_bytes(&[byte]);
                    timing::wait(Duration::from_millis(200));
                }
            }),
        )
        .entry("px-018")
        .faulty_case("timeout")
        .extra_time(1.0),
    ]
}

fn half(adapter: &mut Adapter, end: fn() -> !) {
    adapter.serve_with(When::FaultyCase, |adapter, request| {
        let line = request.correct_reply();
        adapter.write_bytes(&line.as_bytes()[..line.len() / 2]);
        end();
    });
}
