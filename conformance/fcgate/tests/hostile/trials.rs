//! Every kind as a test.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::RwLock;

use libtest_mimic::{Arguments, Failed, Trial};

use crate::catalogue;
use crate::descendant;
use crate::expectation::{correct, problems, slowness};
use crate::gate;
use crate::kind::{Contain, Kind};
use crate::kinds;

/// Most kinds wait most of the time. More tests at once would only measure the load.
const AT_ONCE: usize = 6;

pub(crate) fn run() -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(AT_ONCE);
    let mut trials = Vec::new();
    let mut kinds = kinds::all();
    // The longest ones run first, so that no long one runs alone at the end.
    kinds.sort_by_key(|kind| Reverse(kind.expected.extra_time));
    let kinds: &'static [Kind] = Vec::leak(kinds);
    let names: BTreeSet<&str> = kinds.iter().map(|kind| kind.name).collect();
    assert_eq!(names.len(), kinds.len(), "two kinds have the same name");
    assert!(
        names
            .iter()
            .all(|name| descendant::behavior(name).is_none())
    );
    catalogue::check(kinds);
    for kind in kinds {
        for (place, contain) in kind.contain.iter().enumerate() {
            let compare = move || compare(kind, *contain);
            let title = kind.title(*contain);
            trials.push(match kind.entry {
                // The id is the whole name of one test; the title is shown in front of it.
                Some(id) if place == 0 => Trial::test(id, compare).with_kind(title),
                _ => Trial::test(title, compare),
            });
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn compare(kind: &Kind, contain: Contain) -> Result<(), Failed> {
    static QUIET: RwLock<()> = RwLock::new(());
    let correct = correct(kind, contain);
    let mut observed = {
        let _with_others = QUIET.read();
        gate::run(kind, contain)
    };
    let mut found = problems(kind, &observed, correct);
    if found.is_empty() && slowness(kind, &observed, correct).is_some() {
        // A run that was slow next to others must be fast alone.
        let _alone = QUIET.write();
        observed = gate::run(kind, contain);
        found = problems(kind, &observed, correct);
        found.extend(slowness(kind, &observed, correct));
    }
    if found.is_empty() {
        return Ok(());
    }
    let text: String = observed.text().chars().take(2000).collect();
    Err(format!("{}\noutput of the gate:\n{text}", found.join("\n")).into())
}
