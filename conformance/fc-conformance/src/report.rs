//! Reports of a run.

pub mod account;
mod conceal;
pub mod diff;
pub mod failure;
pub mod merge;
pub mod next;
pub mod part;
pub mod shown;
pub mod standing;
pub mod style;
pub mod text;
pub mod timings;

use serde::{Deserialize, Serialize};

pub use self::account::OPERATIONS;
pub use self::merge::{MergeError, merge};
pub use self::part::Part;
pub use self::text::BUILT_IN;
pub use self::text::{Verbosity, text};
pub use self::timings::is_timings;
pub use self::timings::{timings, timings_path};

use crate::diagnosis;
use crate::verdict::{Cause, Counts, Rules, Shard, Verdict, decide, group};
use fcgate_cases::Claims;
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::CaseResult;
use fcgate_protocol::{Hello, SUITE, Sdk};
use fcgate_reference::Reference;

/// The schema number of the JSON report.
pub const SCHEMA: u32 = 1;

/// Whether the cases alone tell that a run is not conforming, if it is not.
pub fn told_by_cases(report: &Report) -> bool {
    let bad = |result| standing::Standing::of(report, result).is_bad();
    report.verdict == Verdict::Conforming || report.cases.iter().any(bad)
}

/// The word with which an error message starts.
pub fn styled_error() -> String {
    style::styled(style::BAD, "error")
}

/// The word with which a message starts that is no error.
pub fn styled_note() -> String {
    style::styled(style::WARN, "note")
}

/// A line that stands above a part of what a command tells.
pub fn styled_heading(words: &str) -> String {
    format!("\n{}\n\n", style::styled(style::BOLD, words))
}

/// Everything that a run found; the same run gives the same report, byte for byte.
#[derive(Debug, Clone, Serialize)]
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
    /// The part of the corpus that the run was about; nothing for the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
    /// Who was judged.
    pub subject: Sdk,
    /// What it claims.
    pub claims: ReportedClaims,
    /// What the verdict was asked to look at.
    pub rules: Rules,
    /// The verdict.
    pub verdict: Verdict,
    /// The exit code.
    pub exit: u8,
    /// The number of cases of every status.
    pub counts: Counts,
    /// Every case, sorted by id.
    pub cases: Vec<CaseResult>,
    /// The causes behind the red cases.
    pub causes: Vec<Cause>,
    /// What should be looked at, but turns nothing: one sentence each, sorted, none twice.
    pub warnings: Vec<String>,
    /// Why the adapter could not be judged to the end, where that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Whether the cases are requests that a server has seen, and no cases of the corpus.
    #[serde(skip)]
    pub served: bool,
    /// Whether the built-in reference is judged because nobody gave an adapter.
    #[serde(skip)]
    pub built_in: bool,
    /// The file of the adapter that is written by hand, for the line that says what is next.
    #[serde(skip)]
    pub adapter_file: Option<String>,
    /// The command of the adapter, for the line that puts one case alone; nothing where `fcgate.toml` has it.
    #[serde(skip)]
    pub adapter: Option<String>,
}

/// The claims, as they stand in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReportedClaims {
    /// The capabilities, sorted.
    pub capabilities: Vec<String>,
    /// The API revisions.
    pub revisions: Vec<String>,
}

/// Every cause behind the red cases, in full.
pub fn failures(report: &Report, corpus: &Corpus) -> String {
    let mut out = String::new();
    for cause in &report.causes {
        failure::full(report, corpus, cause, &mut out);
    }
    out
}

impl Report {
    /// Groups the results, decides, and puts everything together.
    pub fn new(
        corpus: &Corpus,
        hello: &Hello,
        claims: &Claims,
        seed: u64,
        mut results: Vec<CaseResult>,
        rules: Rules,
    ) -> Self {
        let mut subject = hello.sdk.clone();
        let mut claims = ReportedClaims {
            capabilities: claims.capabilities.iter().map(str::to_owned).collect(),
            revisions: claims.revisions.clone(),
        };
        let veil = conceal::Veil::of(corpus);
        veil.subject(&mut subject);
        veil.names(&mut claims.capabilities);
        veil.names(&mut claims.revisions);
        veil.results(&mut results);
        results.sort_by(|one, other| one.id.cmp(&other.id));
        let mut report = Self {
            schema: SCHEMA,
            suite: SUITE.to_owned(),
            corpus_sha256: corpus.sha256.clone(),
            seed,
            shard: None,
            subject,
            claims,
            rules,
            verdict: Verdict::Incomplete,
            exit: Verdict::Incomplete.code(),
            counts: Counts::default(),
            cases: results,
            causes: Vec::new(),
            warnings: Vec::new(),
            fault: None,
            served: false,
            built_in: false,
            adapter_file: None,
            adapter: None,
        };
        report.name_mistakes(corpus);
        report.conclude();
        report
    }

    /// The report of one shard: the cases of the others are left out.
    ///
    /// The verdict is decided anew, so this comes before [`worsen`](Self::worsen).
    #[must_use]
    pub fn of_shard(mut self, shard: Shard) -> Self {
        self.shard = Some(shard);
        self.cases.retain(|result| shard.contains(&result.id));
        self.conclude();
        self
    }

    /// Adds what should be looked at; the order in which it is found is of no account.
    pub fn warn(&mut self, warnings: impl IntoIterator<Item = String>) {
        self.warnings.extend(warnings);
        self.warnings.sort();
        self.warnings.dedup();
    }

    /// Writes the code of the mistake into each red case whose wrong answer is that of a mutant.
    ///
    /// It rests on nothing but what a report shows, so that merged shards name what the whole run names.
    fn name_mistakes(&mut self, corpus: &Corpus) {
        let named = diagnosis::explain(&self.cases, corpus, &Reference);
        // Who has the request itself may know more already.
        let unnamed = self
            .cases
            .iter_mut()
            .filter(|result| result.cause.is_none());
        for result in unnamed {
            result.cause = named.get(&result.id).map(|mutant| mutant.code.to_owned());
        }
    }

    /// Groups, counts and decides.
    fn conclude(&mut self) {
        self.causes = group(&mut self.cases);
        self.counts = Counts::of(&self.cases);
        self.verdict = decide(&self.cases, self.rules);
        self.exit = self.verdict.code();
    }

    /// The adapter broke the protocol, or could not start.
    pub fn broken(&mut self, fault: &impl ToString) {
        self.fault = Some(fault.to_string());
        self.worsen(Verdict::Adapter);
    }

    /// The verdict when something more went wrong, such as writing a report.
    pub fn worsen(&mut self, verdict: Verdict) {
        self.verdict = self.verdict.worse(verdict);
        self.exit = self.verdict.code();
    }

    /// The result of one case.
    pub fn case(&self, id: &str) -> Option<&CaseResult> {
        self.cases.iter().find(|result| result.id == id)
    }

    /// Whether the profile demands what this case does not show, because it is not claimed.
    pub fn lacks(&self, result: &CaseResult) -> bool {
        self.gates(result) && self.rules.demands(result)
    }

    /// Whether a case can turn the verdict.
    pub fn gates(&self, result: &CaseResult) -> bool {
        self.rules.gates(result.level)
    }
}
