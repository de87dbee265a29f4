//! The report of one shard, read back.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::property;
use crate::verdict::{Rules, Shard, Verdict};
use fcgate_cases::Claims;
use fcgate_cases::corpus::{Corpus, Level};
use fcgate_cases::judge::{CaseResult, Check, Status};
use fcgate_protocol::Sdk;
use fcgate_text::visible;

use super::timings::is_timings;
use super::{MergeError, ReportedClaims, SCHEMA};

/// The report of one shard, as it was read from a file.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_structs, reason = "read by the writers of reports")]
pub struct Part {
    /// The file it was read from.
    pub file: String,
    /// The shard of the run.
    pub shard: Shard,
    /// What was read.
    pub written: Written,
}

/// The JSON report; what follows from its cases is not read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    #[serde(rename = "schema")]
    _schema: u32,
    /// The suite version.
    pub suite: String,
    /// The digest of the corpus.
    pub corpus_sha256: String,
    /// The seed of the run.
    pub seed: u64,
    shard: Option<Shard>,
    /// The implementation that was judged.
    pub subject: Sdk,
    /// What it claims.
    pub claims: ReportedClaims,
    /// The rules of the verdict.
    pub rules: Rules,
    /// The verdict.
    pub verdict: Verdict,
    exit: u8,
    #[serde(rename = "counts")]
    _counts: IgnoredAny,
    /// The cases.
    pub cases: Vec<WrittenCase>,
    #[serde(rename = "causes")]
    _causes: IgnoredAny,
    /// The warnings.
    pub warnings: Vec<String>,
    /// Why the adapter could not be judged to the end.
    pub fault: Option<String>,
}

/// One case of a report that was read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenCase {
    /// The id.
    pub id: String,
    /// The level.
    pub level: Level,
    requirements: Vec<String>,
    /// The status.
    pub status: Status,
    /// The checks.
    pub checks: Vec<Check>,
    #[serde(rename = "cause")]
    _cause: Option<String>,
}

/// What every schema has.
#[derive(Deserialize)]
struct Head {
    schema: u32,
}

impl Written {
    /// Reads the report of any run; `name` is the name of the file in messages.
    ///
    /// # Errors
    ///
    /// When the text is not a report of this schema.
    pub fn read(text: &str, name: &str) -> Result<Self, MergeError> {
        let wrong = |message: String| MergeError::of(name, message);
        let no_report = |error: serde_json::Error| {
            wrong(format!(
                "no report: {}",
                visible::line(&error.to_string(), 200)
            ))
        };
        if is_timings(text) {
            let what = "it holds the timings of a run, and is no report";
            return Err(wrong(what.to_owned()));
        }
        let Head { schema } = serde_json::from_str(text).map_err(no_report)?;
        if schema != SCHEMA {
            return Err(wrong(format!(
                "schema {schema} is unknown; this gate reads {SCHEMA}"
            )));
        }
        let written: Self = serde_json::from_str(text).map_err(no_report)?;
        if written.exit != written.verdict.code() {
            return Err(wrong(
                "its exit code is not the one of its verdict".to_owned(),
            ));
        }
        Ok(written)
    }

    /// Whether its cases are the requests that a server has seen.
    pub fn is_of_a_server(&self) -> bool {
        self.cases.iter().any(|case| case.id.starts_with("serve."))
    }

    /// Whether it is about one part of the corpus only.
    pub fn is_of_a_shard(&self) -> bool {
        self.shard.is_some()
    }
}

impl Part {
    /// Reads a JSON report; `name` stands in messages.
    ///
    /// # Errors
    ///
    /// When it is no report of this schema, or not the report of a shard.
    pub fn read(text: &str, name: &str) -> Result<Self, MergeError> {
        let written = Written::read(text, name)?;
        let Some(shard) = written.shard else {
            return Err(MergeError::of(
                name,
                "it is the report of a whole run, not of a shard",
            ));
        };
        Ok(Self {
            file: name.to_owned(),
            shard,
            written,
        })
    }

    /// Whether laws were tried in its run.
    pub fn has_properties(&self) -> bool {
        let mut cases = self.written.cases.iter();
        cases.any(|case| property::named(&case.id).is_some())
    }

    /// The results of the cases, as the run of this shard had them.
    ///
    /// # Errors
    ///
    /// When a case is not in the corpus.
    pub fn results(&self, corpus: &Corpus) -> Result<Vec<CaseResult>, MergeError> {
        let claims = Claims {
            capabilities: self.written.claims.capabilities.iter().collect(),
            revisions: self.written.claims.revisions.clone(),
        };
        let read = |written: &WrittenCase| {
            let shown = visible::line(&written.id, 120);
            let case = corpus.case(&written.id).ok_or_else(|| {
                MergeError::of(&self.file, format!("the corpus has no case '{shown}'"))
            })?;
            if (case.level, &case.requirements) != (written.level, &written.requirements) {
                let message = format!("case {shown} is another one in the corpus");
                return Err(MergeError::of(&self.file, message));
            }
            let mut result = if written.status == Status::Unsupported {
                CaseResult::unsupported(case, &claims)
            } else {
                CaseResult::unjudged(case, written.status)
            };
            result.checks.clone_from(&written.checks);
            Ok(result)
        };
        self.written.cases.iter().map(read).collect()
    }
}
