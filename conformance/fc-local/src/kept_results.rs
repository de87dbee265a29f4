//! The results of a session: a bounded number with every detail, and counts of all others.
//!
//! A result that is only counted still decides the verdict: each group of them becomes one result of the report.

use std::borrow::Cow;
use std::collections::BTreeMap;

use fcgate_cases::corpus::{Case, Stimulus};
use fcgate_cases::judge::{CaseResult, Check, Value};

use super::finding::Finding;

/// The number of requests and bytes up to which every result is kept.
const ALL: Room = Room {
    requests: 2_000,
    bytes: 12 << 20,
};
/// The number of further requests and bytes up to which failed results are kept.
const FAILED: Room = Room {
    requests: 1_000,
    bytes: 8 << 20,
};

/// Space for results.
#[derive(Debug, Clone, Copy)]
struct Room {
    requests: usize,
    bytes: usize,
}

impl Room {
    /// Takes the space of one request. Returns false if there is not enough, and then nothing fits any more.
    fn take(&mut self, bytes: usize) -> bool {
        let fits = self.requests > 0 && bytes <= self.bytes;
        self.requests = if fits { self.requests - 1 } else { 0 };
        self.bytes = self.bytes.saturating_sub(bytes);
        fits
    }
}

/// The results of a session.
#[derive(Debug)]
pub(super) struct KeptResults {
    cases: Vec<Case>,
    results: Vec<CaseResult>,
    all: Room,
    failed: Room,
    /// The requests that have results which are only counted.
    counted: usize,
    /// The counted results, by scenario and part.
    groups: BTreeMap<(Cow<'static, str>, &'static str), Counted>,
}

/// The results of one kind that are only counted.
#[derive(Debug)]
struct Counted {
    requests: usize,
    failed: usize,
    unchecked: usize,
    /// The worst of them, without its body.
    example: Finding,
}

impl Default for KeptResults {
    fn default() -> Self {
        Self {
            cases: Vec::new(),
            results: Vec::new(),
            all: ALL,
            failed: FAILED,
            counted: 0,
            groups: BTreeMap::new(),
        }
    }
}

impl KeptResults {
    /// Adds the results of one request, whose id is `id`.
    #[expect(
        clippy::ptr_arg,
        reason = "the key keeps a borrowed name without a copy"
    )]
    pub(super) fn add(
        &mut self,
        scenario: &Cow<'static, str>,
        id: &str,
        mut findings: Vec<Finding>,
    ) {
        // The analysis needs the bodies of failed requests only.
        for finding in findings.iter_mut().filter(|finding| !finding.failed()) {
            finding.remove_body(0);
        }
        let has_failed = findings.iter().any(Finding::failed);
        let bytes = findings.iter().map(size).sum();
        if self.all.take(bytes) || has_failed && self.failed.take(bytes) {
            for finding in findings {
                let part = finding.part;
                self.push(finding.result(format!("{id}.{part}")));
            }
            return;
        }
        self.counted += 1;
        for finding in findings {
            self.count(scenario, finding);
        }
    }

    fn push(&mut self, (case, result): (Case, CaseResult)) {
        self.cases.push(case);
        self.results.push(result);
    }

    #[expect(
        clippy::ptr_arg,
        reason = "the key keeps a borrowed name without a copy"
    )]
    fn count(&mut self, scenario: &Cow<'static, str>, mut finding: Finding) {
        finding.remove_body(0);
        let failed = finding.failed();
        let unchecked = !failed && finding.is_unchecked();
        let group = self.groups.entry((scenario.clone(), finding.part));
        let group = group.or_insert_with(|| Counted {
            requests: 0,
            failed: 0,
            unchecked: 0,
            example: finding.clone(),
        });
        if failed && group.failed == 0 || unchecked && group.failed + group.unchecked == 0 {
            group.example = finding;
        }
        group.requests += 1;
        group.failed += usize::from(failed);
        group.unchecked += usize::from(unchecked);
    }

    /// The number of requests that have no results of their own.
    pub(super) fn counted(&self) -> usize {
        self.counted
    }

    /// Returns all results with their cases. The counted ones are one result for each scenario and part.
    pub(super) fn into_cases(mut self) -> (Vec<Case>, Vec<CaseResult>) {
        for ((scenario, part), group) in std::mem::take(&mut self.groups) {
            self.push(group.result(format!("serve.{scenario}.further.{part}")));
        }
        (self.cases, self.results)
    }
}

impl Counted {
    fn result(self, id: String) -> (Case, CaseResult) {
        let (requests, failed) = (self.requests, self.failed);
        let check = if failed == 0 && self.unchecked > 0 {
            Check::unsupported("further-requests")
        } else {
            let actual = format!("{failed} of {requests} further requests failed");
            Check::holds("further-requests", failed == 0, "no failure", &actual)
        };
        let mut finding = self.example;
        // The failed checks of one request show what was wrong with it; the others may have another cause.
        finding.mistake = None;
        finding.checks.retain(Check::failed);
        finding.checks.insert(0, check);
        finding.result(id)
    }
}

/// The approximate number of bytes that a kept result takes.
fn size(finding: &Finding) -> usize {
    // A structure with its texts, measured on ordinary requests.
    const FIXED: usize = 2 * 1024;
    let of_check = |check: &Check| {
        [&check.expected, &check.actual]
            .into_iter()
            .flatten()
            .map(|value| match value {
                Value::Bytes(bytes) => bytes.len(),
                Value::Text(text) => text.len(),
            })
            .sum::<usize>()
    };
    let of_stimulus = match &finding.stimulus {
        Stimulus::Sign { given, .. } => {
            let headers = given.headers.iter();
            let headers: usize = headers.map(|(name, value)| name.len() + value.len()).sum();
            given.url.len() + headers + given.body.len()
        }
        Stimulus::Build { given, .. } => given.input.payload.as_ref().map_or(0, Vec::len),
        Stimulus::Parse { .. }
        | Stimulus::Invoke { .. }
        | Stimulus::Trigger { .. }
        | Stimulus::Task { .. } => 0,
    };
    FIXED + of_stimulus + finding.checks.iter().map(of_check).sum::<usize>()
}
