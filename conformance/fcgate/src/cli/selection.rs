//! Selects cases by globs over their ids.

use globset::{Glob, GlobSet, GlobSetBuilder};

use fcgate_cases::corpus::{Case, Corpus};
use fcgate_text::suggestion::most_similar;
use fcgate_text::visible;

use super::earlier_failures::EarlierFailures;
use super::failure::Failure;

/// The cases that `--only`, `--skip` and `--rerun-failed` select.
#[derive(Debug)]
pub(super) struct Selection {
    only: Option<GlobSet>,
    skip: GlobSet,
    failed_before: Option<EarlierFailures>,
}

impl Selection {
    /// Compiles the globs. A glob that matches no case is a usage error.
    pub(super) fn new(corpus: &Corpus, only: &[String], skip: &[String]) -> Result<Self, Failure> {
        for pattern in only.iter().chain(skip) {
            let matcher = glob(pattern)?.compile_matcher();
            if !corpus.cases().iter().any(|case| matcher.is_match(&case.id)) {
                return Err(matches_nothing(corpus, pattern));
            }
        }
        let only = if only.is_empty() {
            None
        } else {
            Some(set(only)?)
        };
        Ok(Self {
            only,
            skip: set(skip)?,
            failed_before: None,
        })
    }

    /// Selects only cases that failed in an earlier run.
    pub(super) fn limit_to(mut self, failed_before: Option<EarlierFailures>) -> Self {
        self.failed_before = failed_before;
        self
    }

    /// A warning if the earlier run leaves no case to run.
    pub(super) fn warning(&self, selects_a_case: bool) -> Option<String> {
        let failed_before = self.failed_before.as_ref()?;
        (!selects_a_case).then(|| failed_before.nothing_to_run())
    }

    pub(super) fn contains(&self, case: &Case) -> bool {
        self.only
            .as_ref()
            .is_none_or(|only| only.is_match(&case.id))
            && !self.skip.is_match(&case.id)
            && self
                .failed_before
                .as_ref()
                .is_none_or(|failed| failed.contains(&case.id))
    }
}

fn set(patterns: &[String]) -> Result<GlobSet, Failure> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(glob(pattern)?);
    }
    set.build()
        .map_err(|error| Failure::usage(error.to_string()))
}

fn glob(pattern: &str) -> Result<Glob, Failure> {
    Glob::new(pattern).map_err(|error| Failure::usage(error.to_string()))
}

fn matches_nothing(corpus: &Corpus, pattern: &str) -> Failure {
    let cases = corpus.cases();
    let plain = pattern.trim_end_matches(['*', '.']);
    let starts = cases.iter().flat_map(|case| starts(&case.id));
    let help = match most_similar(plain, starts) {
        Some(near) if corpus.case(near).is_some() => format!("; did you mean '{near}'?"),
        Some(near) => {
            let pattern = format!("{near}.");
            let count = cases
                .iter()
                .filter(|case| case.id.starts_with(&pattern))
                .count();
            format!("; did you mean '{near}.*' ({count} cases)?")
        }
        None => "; `fcgate list` prints all ids".to_owned(),
    };
    Failure::usage(format!(
        "no case matches '{}'{help}",
        visible::line(pattern, 120)
    ))
}

/// Returns all prefixes of an id that end at a dot, and the id: `sign`, `sign.fc-dates`, ..
fn starts(id: &str) -> impl Iterator<Item = &str> {
    id.match_indices('.')
        .map(|(dot, _)| dot)
        .chain([id.len()])
        .filter_map(|end| id.get(..end))
}
