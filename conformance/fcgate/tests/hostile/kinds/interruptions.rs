//! Signals to the gate while an adapter hangs, and a gate with a closed output.

use rustix::process::Signal;

use crate::adapter::{Adapter, When};
use crate::expectation::each;
use crate::kind::{GateSetting, Kind, does_everything, handles, kind};
use crate::timing;

pub(crate) fn kinds() -> Vec<Kind> {
    vec![
        kind(
            "interrupt",
            "SIGINT ends the run with a report of the finished cases",
            does_everything(reach_and_hang),
        )
        .entry("px-031")
        .in_both_containments()
        .setting(GateSetting::Interrupted(Signal::INT))
        .interrupted(),
        kind(
            "terminate",
            "SIGTERM ends the run with a report of the finished cases",
            does_everything(reach_and_hang),
        )
        .setting(GateSetting::Interrupted(Signal::TERM))
        .interrupted(),
        kind(
            "interrupt-in-hello",
            "SIGINT during hello ends the run",
            handles(When::Hello, |adapter, _| reached(adapter)),
        )
        .setting(GateSetting::Interrupted(Signal::INT))
        .incomplete(),
        kind(
            "interrupt-with-orphans",
            "SIGINT kills grandchildren too",
            does_everything(|adapter| {
                adapter.leave_an_orphan();
                adapter.leave_an_orphan_without_pipes();
                reach_and_hang(adapter);
            }),
        )
        .in_both_containments()
        .setting(GateSetting::Interrupted(Signal::INT))
        .interrupted(),
        kind(
            "killed",
            "the processes of a killed gate exit on their own",
            does_everything(|adapter| {
                adapter.leave_an_orphan();
                adapter.leave_an_orphan_without_pipes();
                reach_and_hang(adapter);
            }),
        )
        .in_both_containments()
        .setting(GateSetting::Interrupted(Signal::KILL))
        .killed(),
        kind(
            "deaf",
            "a gate with a closed stdout writes its reports and exits with 4",
            does_everything(Adapter::serve),
        )
        .entry("px-032")
        .setting(GateSetting::ClosedOutput)
        .compared_by(4, |observed, correct| {
            each(observed, correct, |_, case, right| case == right)
        })
        .mentions(&["standard output cannot be written"]),
    ]
}

fn reach_and_hang(adapter: &mut Adapter) {
    adapter.serve_with(When::FaultyCase, |adapter, _| reached(adapter));
}

fn reached(adapter: &mut Adapter) {
    std::fs::write(adapter.folder.join("reached"), "").unwrap();
    timing::hang();
}
