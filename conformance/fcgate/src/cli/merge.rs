//! `fcgate merge`: the reports of all shards as the report of one run.

use fc_conformance::property;
use fc_conformance::report;
use fc_conformance::report::{MergeError, Part, text};
use fc_conformance::verdict::Verdict;
use fcgate_cases::corpus::Files;
use fcgate_cases::self_check;

use super::arguments::MergeOptions;
use super::output::{self, Output};
use super::{Failure, given, print};

pub(super) fn merge(files: &Files, options: &MergeOptions) -> Result<Verdict, Failure> {
    let output = Output::of_merge(options);
    output::color(options.color);
    output.check()?;
    let corpus = self_check::sound_corpus(files).map_err(|error| Failure::harness(&error))?;
    let shards = given::reports(&options.shards)?
        .iter()
        .map(|(name, text)| Part::read(text, name).map_err(|error| incomplete(&error)))
        .collect::<Result<Vec<_>, _>>()?;
    let corpus = if shards.iter().any(Part::has_properties) {
        property::with_families(corpus)
    } else {
        corpus
    };
    let mut merged = report::merge(&shards, &corpus).map_err(|error| incomplete(&error))?;
    let written = output.write(&merged, &corpus, None);
    if let Err(failure) = &written {
        merged.worsen(failure.verdict);
    }
    print(&text(&merged, &corpus, output.verbosity));
    output::annotate(&merged, &corpus);
    written.map(|()| merged.verdict)
}

fn incomplete(error: &MergeError) -> Failure {
    Failure {
        verdict: Verdict::Incomplete,
        message: error.to_string(),
    }
}
