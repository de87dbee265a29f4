//! Every kind as a test.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::RwLock;

use libtest_mimic::{Arguments, Failed, Trial};

use crate::descendant;
use crate::expectation::{clean, complaints, slowness};
use crate::gate;
use crate::kind::{Contain, Kind};
use crate::kinds;

/// Most kinds wait most of the time; more at once would only measure the load.
const AT_ONCE: usize = 6;

pub(crate) fn run() -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(AT_ONCE);
    let mut trials = Vec::new();
    let mut kinds = kinds::all();
    // The longest ones run first, so that no long one runs alone at the end.
    kinds.sort_by_key(|kind| Reverse(kind.expected.spends));
    let kinds: &'static [Kind] = Vec::leak(kinds);
    let names: BTreeSet<&str> = kinds.iter().map(|kind| kind.name).collect();
    assert_eq!(names.len(), kinds.len(), "two kinds have one name");
    assert!(names.iter().all(|name| descendant::act(name).is_none()));
    for kind in kinds {
        for contain in kind.contain {
            let judge = move || judge(kind, *contain);
            trials.push(Trial::test(kind.title(*contain), judge));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn judge(kind: &Kind, contain: Contain) -> Result<(), Failed> {
    static QUIET: RwLock<()> = RwLock::new(());
    let clean = clean(kind, contain);
    let mut seen = {
        let _with_others = QUIET.read();
        gate::run(kind, contain)
    };
    let mut found = complaints(kind, &seen, clean);
    if found.is_empty() && slowness(kind, &seen, clean).is_some() {
        // What was only slow beside others has to be fast alone.
        let _alone = QUIET.write();
        seen = gate::run(kind, contain);
        found = complaints(kind, &seen, clean);
        found.extend(slowness(kind, &seen, clean));
    }
    if found.is_empty() {
        return Ok(());
    }
    let said: String = seen.said().chars().take(2000).collect();
    Err(format!("{}\nthe gate said:\n{said}", found.join("\n")).into())
}
