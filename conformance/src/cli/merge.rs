//! `fcgate merge`: the reports of all shards as the report of one run.

use std::fs;
use std::path::Path;

use crate::corpus::Files;
use crate::property;
use crate::report::{self, MergeError, Part, text};
use crate::self_check;
use crate::verdict::Verdict;

use super::arguments::MergeOptions;
use super::output::{self, Output};
use super::{Failure, print};

pub(super) fn merge(files: &Files, options: &MergeOptions) -> Result<Verdict, Failure> {
    let output = Output::of_merge(options);
    output::color(options.color);
    output.check()?;
    let corpus = self_check::sound_corpus(files).map_err(|error| Failure::harness(&error))?;
    let shards = options
        .shards
        .iter()
        .map(|path| read(path))
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

fn read(path: &Path) -> Result<Part, Failure> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("{name} cannot be read: {error}")))?;
    Part::read(&text, &name).map_err(|error| incomplete(&error))
}

fn incomplete(error: &MergeError) -> Failure {
    Failure {
        verdict: Verdict::Incomplete,
        message: error.to_string(),
    }
}
