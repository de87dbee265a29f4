//! The report of a run as data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnosis::Attribution;
use crate::verdict::{Cause, Counts, Rules, Shard, Verdict, code_of, decide, group};
use fcgate_cases::Claims;
use fcgate_cases::corpus::{Corpus, case_json};
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_protocol::{Hello, SUITE, Sdk};
use fcgate_runner::is_not_run;

use super::early_end::EarlyEnd;
use super::provenance::Provenance;

/// The schema number of the JSON report.
pub const SCHEMA: u32 = 1;

/// The results of a run. Two runs with the same results give the same report, byte for byte.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Report {
    /// The schema number, 1.
    pub schema: u32,
    /// The suite version.
    pub suite: String,
    /// The digest of the corpus.
    pub corpus_sha256: String,
    /// The seed of the run.
    pub seed: u64,
    /// The shard that the run covered; `None` for the whole corpus.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
    /// How often every case ran, if more than once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<u32>,
    /// The implementation under test.
    pub subject: Sdk,
    /// Which sources were judged and where the run can be seen, if the caller stated it.
    #[serde(default, skip_serializing_if = "Provenance::is_empty")]
    pub provenance: Provenance,
    /// The capabilities and revisions that it declares, and the parts that it lacks.
    pub claims: ReportedClaims,
    /// The rules of the verdict.
    pub rules: Rules,
    /// The verdict.
    pub verdict: Verdict,
    /// The exit code.
    pub exit: u8,
    /// The number of cases of every status.
    pub counts: Counts,
    /// Every case, sorted by id.
    pub cases: Vec<CaseResult>,
    /// The causes of the red cases.
    pub causes: Vec<Cause>,
    /// Warnings that do not change the verdict: one sentence each, sorted, without duplicates.
    pub warnings: Vec<String>,
    /// Where the run ended early after a required failure, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_early: Option<EarlyEnd>,
    /// Why the run ended early, if the adapter failed, or why the gate itself failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Whether the cases are requests that `fcgate serve` received.
    #[serde(skip)]
    pub served: bool,
    /// Whether the built-in reference was tested because no adapter was configured.
    #[serde(skip)]
    pub built_in: bool,
    /// The file of the adapter, for the `next:` line.
    #[serde(skip)]
    pub adapter_file: Option<String>,
    /// The options of the run that a run of one case needs too, for the `repro` line.
    #[serde(skip)]
    pub options: String,
    /// The number of inputs of a property, for the `repro` line, if it is not the default.
    #[serde(skip)]
    pub property_inputs: Option<u32>,
    /// The length of the input of every red case, to choose the example of a cause.
    #[serde(skip)]
    pub(super) input_sizes: BTreeMap<String, usize>,
    /// The command of the adapter, for the `repro` line; `None` if `fcgate.toml` has it.
    #[serde(skip)]
    pub adapter: Option<String>,
}

/// The capabilities and revisions that an implementation declares, and the parts that it lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReportedClaims {
    /// The capabilities, sorted.
    pub capabilities: Vec<String>,
    /// The parts that it lacks, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<String>,
    /// The API revisions.
    pub revisions: Vec<String>,
}

impl ReportedClaims {
    fn of(claims: &Claims) -> Self {
        Self {
            capabilities: claims.capabilities.iter().map(str::to_owned).collect(),
            lacks: claims.lacks.iter().map(str::to_owned).collect(),
            revisions: claims.revisions.clone(),
        }
    }

    /// The claims, as the runner and the judge use them.
    pub(crate) fn claims(&self) -> Claims {
        Claims {
            capabilities: self.capabilities.iter().collect(),
            lacks: self.lacks.iter().collect(),
            revisions: self.revisions.clone(),
        }
    }
}

impl Report {
    /// Creates the report of these results: redacted, sorted, grouped by cause, with a verdict.
    ///
    /// `attribution` names the mutants that explain each red case, see [`explain`](crate::diagnosis::explain).
    pub fn new(
        corpus: &Corpus,
        hello: &Hello,
        claims: &Claims,
        seed: u64,
        mut results: Vec<CaseResult>,
        attribution: &Attribution,
        rules: Rules,
    ) -> Self {
        let claims = ReportedClaims::of(claims);
        results.sort_by(|one, other| one.id.cmp(&other.id));
        // `serve` has the request itself and may have set a cause already.
        for result in results.iter_mut().filter(|result| result.cause.is_none()) {
            let mutants = attribution.get(&result.id);
            result.cause = mutants.map(|mutants| code_of(mutants));
        }
        let mut report = Self {
            schema: SCHEMA,
            suite: SUITE.to_owned(),
            corpus_sha256: corpus.sha256.clone(),
            seed,
            shard: None,
            repeat: None,
            subject: hello.sdk.clone(),
            provenance: Provenance::default(),
            claims,
            rules,
            verdict: Verdict::Incomplete,
            exit: Verdict::Incomplete.code(),
            counts: Counts::default(),
            cases: results,
            causes: Vec::new(),
            warnings: Vec::new(),
            ended_early: None,
            fault: None,
            served: false,
            built_in: false,
            adapter_file: None,
            options: String::new(),
            property_inputs: None,
            input_sizes: BTreeMap::new(),
            adapter: None,
        };
        report.conclude();
        report.input_sizes = input_sizes(corpus, &report.cases);
        report
    }

    /// Reduces the report to the cases of one shard.
    ///
    /// It decides the verdict again. Call it before [`worsen`](Self::worsen).
    #[must_use]
    pub fn of_shard(mut self, shard: Shard) -> Self {
        self.shard = Some(shard);
        self.cases.retain(|result| shard.contains(&result.id));
        self.conclude();
        self
    }

    /// Adds warnings, in any order.
    pub fn warn(&mut self, warnings: impl IntoIterator<Item = String>) {
        self.warnings.extend(warnings);
        self.warnings.sort();
        self.warnings.dedup();
    }

    /// Groups the red cases, counts the cases, and decides the verdict.
    fn conclude(&mut self) {
        self.causes = group(&mut self.cases);
        self.counts = Counts::of(&self.cases);
        self.verdict = decide(&self.cases, self.rules);
        self.exit = self.verdict.code();
        if self.fault.is_none() {
            self.fault = harness_fault(&self.cases);
        }
    }

    /// Records that the adapter broke the protocol or could not start.
    pub fn broken(&mut self, fault: &impl ToString) {
        self.fault = Some(fault.to_string());
        self.worsen(Verdict::Adapter);
    }

    /// Records that the gate itself failed, with the reason. The first reason is kept.
    pub fn gate_failed(&mut self, verdict: Verdict, reason: &str) {
        self.fault.get_or_insert_with(|| reason.to_owned());
        self.worsen(verdict);
    }

    /// Makes the verdict at least as bad as this one.
    pub fn worsen(&mut self, verdict: Verdict) {
        self.verdict = self.verdict.worse(verdict);
        self.exit = self.verdict.code();
    }

    /// The result of one case.
    pub fn case(&self, id: &str) -> Option<&CaseResult> {
        let place = self
            .cases
            .binary_search_by(|result| result.id.as_str().cmp(id));
        self.cases.get(place.ok()?)
    }

    /// Whether the profile requires a capability or a part of this case that the subject does not offer.
    pub fn lacks(&self, result: &CaseResult) -> bool {
        self.gates(result) && self.rules.demands(result)
    }

    /// Whether no filter left the case out. A case that did not run because the run ended early is selected.
    pub fn is_selected(&self, result: &CaseResult) -> bool {
        result.status != Status::Filtered || is_not_run(result)
    }

    /// The cases that no filter left out.
    pub fn selected(&self) -> impl Iterator<Item = &CaseResult> {
        let mut cases = self.cases.iter();
        std::iter::from_fn(move || cases.find(|result| self.is_selected(result)))
    }

    /// Whether a case can change the verdict.
    pub fn gates(&self, result: &CaseResult) -> bool {
        self.rules.gates(result.level)
    }

    /// Whether the cases are requests that `fcgate serve` received.
    pub fn is_of_server(&self) -> bool {
        self.cases.iter().any(|case| case.id.starts_with("serve."))
    }

    /// Whether the adapter failed before it replied to `hello`: it declared nothing and no case ran.
    pub fn adapter_never_answered(&self) -> bool {
        self.fault.is_some()
            && self.claims.capabilities.is_empty()
            && self.counts.get(Status::Unsupported) == 0
    }
}

/// Returns why the gate could not judge the first of the cases for which it failed.
fn harness_fault(results: &[CaseResult]) -> Option<String> {
    let broken = results
        .iter()
        .find(|result| result.status == Status::Harness)?;
    let reason = broken.note.as_deref().unwrap_or("no reason was recorded");
    Some(format!("the gate could not judge {}: {reason}", broken.id))
}

/// Returns the length of the input of every red case.
fn input_sizes(corpus: &Corpus, results: &[CaseResult]) -> BTreeMap<String, usize> {
    let red = results.iter().filter(|result| result.status.is_red());
    let sizes = red.filter_map(|result| {
        let given = case_json(corpus.case(&result.id)?, "given").ok()?;
        Some((result.id.clone(), given.len()))
    });
    sizes.collect()
}
