//! Reports of a run.

mod diff;
mod failure;
mod json;
mod style;
mod text;

use serde::Serialize;

pub use self::json::{json, write_json};
pub use self::text::{Verbosity, text};

use crate::corpus::Corpus;
use crate::judge::CaseResult;
use crate::protocol::{Hello, SUITE, Sdk};
use crate::runner::Claims;
use crate::verdict::{Cause, Counts, Rules, Verdict, decide, group};

/// The schema number of the JSON report.
pub const SCHEMA: u32 = 1;

/// The word with which an error message starts.
pub(crate) fn styled_error() -> String {
    style::styled(style::BAD, "error")
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
    /// Who was judged.
    pub subject: Sdk,
    /// What it claims.
    pub claims: ReportedClaims,
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
    /// What should be looked at, but turns nothing: one sentence each.
    pub warnings: Vec<String>,
    #[serde(skip)]
    rules: Rules,
}

/// The claims, as they stand in a report.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct ReportedClaims {
    /// The capabilities, sorted.
    pub capabilities: Vec<String>,
    /// The API revisions.
    pub revisions: Vec<String>,
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
        results.sort_by(|one, other| one.id.cmp(&other.id));
        let causes = group(&mut results);
        let verdict = decide(&results, rules);
        Self {
            schema: SCHEMA,
            suite: SUITE.to_owned(),
            corpus_sha256: corpus.sha256.clone(),
            seed,
            subject: hello.sdk.clone(),
            claims: ReportedClaims {
                capabilities: claims.capabilities.iter().map(str::to_owned).collect(),
                revisions: claims.revisions.clone(),
            },
            verdict,
            exit: verdict.code(),
            counts: Counts::of(&results),
            cases: results,
            causes,
            warnings: Vec::new(),
            rules,
        }
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

    /// Whether a case can turn the verdict.
    pub fn gates(&self, result: &CaseResult) -> bool {
        self.rules.gates(result.level)
    }
}
