//! `fcgate list`: lists the cases.

use std::fmt::Write as _;

use serde::Serialize;

use fc_conformance::verdict::Verdict;
use fcgate_cases::corpus::{Case, Corpus, Files, Level, Operation};

use super::console::print;
use super::failure::Failure;
use super::format_option::{Format, FormatOption};

/// A case in the list.
#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    title: &'a str,
    level: Level,
    op: Operation,
    requirements: &'a [String],
    needs: &'a [String],
    revision: Option<&'a str>,
}

impl<'a> Entry<'a> {
    fn of(case: &'a Case) -> Self {
        Self {
            id: &case.id,
            title: &case.title,
            level: case.level,
            op: case.stimulus.operation(),
            requirements: &case.requirements,
            needs: &case.needs,
            revision: case.revision.as_deref(),
        }
    }
}

pub(super) fn list(files: &Files, options: FormatOption) -> Result<Verdict, Failure> {
    let corpus = Corpus::load(files).map_err(|error| Failure::harness(&error))?;
    let cases = corpus.cases();
    match options.format {
        Format::Text => print(&text(&cases))?,
        Format::Json => {
            let entries: Vec<Entry<'_>> = cases.into_iter().map(Entry::of).collect();
            print(
                &(serde_json::to_string_pretty(&entries)
                    .map_err(|error| Failure::harness(&error))?
                    + "\n"),
            )?;
        }
    }
    Ok(Verdict::Conforming)
}

fn text(cases: &[&Case]) -> String {
    let width = cases.iter().map(|case| case.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for case in cases {
        let _ = writeln!(
            out,
            "{:<width$}  {:<7}  {}",
            case.id,
            case.level.to_string(),
            case.title
        );
    }
    let _ = writeln!(out, "{} cases", cases.len());
    out
}
