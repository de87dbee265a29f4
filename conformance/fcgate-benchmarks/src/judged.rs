//! Sets of cases, and the reports of their runs.

use std::cell::LazyCell;
use std::rc::Rc;

use fc_conformance::diagnosis::Attribution;
use fc_conformance::report::Report;
use fc_conformance::verdict::Rules;
use fcgate_cases::Claims;
use fcgate_cases::corpus::{Case, Corpus, Operation};
use fcgate_mutants::{Mutated, named};
use fcgate_protocol::Implementation;
use fcgate_reference::Reference;
use fcgate_runner::{InProcess, Plan, run};

/// A mistake that breaks some cases of signing, so that reports have failures and passes.
const MISTAKE: &str = "FCG0107";

/// The numbers of copies of the corpus from 1,600 to 16,000 cases.
pub(crate) const COPIES: [usize; 5] = [1, 2, 4, 7, 10];

/// Whether a case needs no socket.
pub(crate) fn is_pure(case: &Case) -> bool {
    use Operation::{Build, Parse, Sign};
    matches!(case.stimulus.operation(), Sign | Build | Parse)
}

/// The embedded cases that `keep` accepts, several times, each copy with ids of its own.
pub(crate) fn corpus(copies: usize, keep: impl Fn(&Case) -> bool) -> Corpus {
    let mut corpus = Corpus::embedded().unwrap();
    for group in &mut corpus.groups {
        group.cases.retain(&keep);
    }
    let groups = std::mem::take(&mut corpus.groups);
    for copy in 0..copies {
        corpus
            .groups
            .extend(groups.iter().cloned().map(|mut group| {
                let id = |id: &str| match id.split_once('.') {
                    // The report sorts cases into areas by the first part of the id.
                    Some((area, rest)) if copy > 0 => format!("{area}.copy-{copy}-{rest}"),
                    _ => id.to_owned(),
                };
                group.name = id(&group.name);
                for case in &mut group.cases {
                    case.id = id(&case.id);
                    case.aliases.clear();
                }
                group
            }));
    }
    corpus
}

/// A set of cases with the report of an implementation that has a mistake.
pub(crate) struct Judged {
    pub(crate) corpus: Corpus,
    pub(crate) report: Report,
}

/// A report that is made when a row first needs it.
pub(crate) type Later = Rc<LazyCell<Judged, Box<dyn FnOnce() -> Judged>>>;

/// The report of several copies of the pure cases.
pub(crate) fn later(copies: usize) -> Later {
    Rc::new(LazyCell::new(Box::new(move || {
        judge(corpus(copies, is_pure))
    })))
}

fn judge(corpus: Corpus) -> Judged {
    let reference = Reference;
    let mutated = Mutated::new(&reference, named(MISTAKE).unwrap());
    let subject = InProcess::new(&mutated);
    let hello = mutated.hello();
    let claims = Claims::of(&hello);
    let results = run(&corpus, &subject, &claims, &Plan::new(), &|_| true).results;
    let (nothing, rules) = (Attribution::new(), Rules::new());
    let report = Report::new(&corpus, &hello, &claims, 0, results, &nothing, rules);
    Judged { corpus, report }
}
