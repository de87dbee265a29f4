//! The report of one shard, read back.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::corpus::{Corpus, Level};
use crate::judge::{CaseResult, Check, Status};
use crate::property;
use crate::protocol::Sdk;
use crate::runner::Claims;
use crate::verdict::{Rules, Shard, Verdict};
use crate::visible;

use super::timings::is_timings;
use super::{MergeError, ReportedClaims, SCHEMA};

/// The report of one shard, as it was read from a file.
#[derive(Debug, Clone)]
pub struct Part {
    pub(super) file: String,
    pub(super) shard: Shard,
    pub(super) written: Written,
}

/// The JSON report; what follows from its cases is not read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    #[serde(rename = "schema")]
    _schema: u32,
    pub(super) suite: String,
    pub(super) corpus_sha256: String,
    pub(super) seed: u64,
    shard: Option<Shard>,
    pub(super) subject: Sdk,
    pub(super) claims: ReportedClaims,
    pub(super) rules: Rules,
    pub(super) verdict: Verdict,
    exit: u8,
    #[serde(rename = "counts")]
    _counts: IgnoredAny,
    pub(super) cases: Vec<WrittenCase>,
    #[serde(rename = "causes")]
    _causes: IgnoredAny,
    pub(super) warnings: Vec<String>,
    pub(super) fault: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenCase {
    pub(super) id: String,
    pub(super) level: Level,
    requirements: Vec<String>,
    pub(super) status: Status,
    pub(super) checks: Vec<Check>,
    #[serde(rename = "cause")]
    _cause: Option<String>,
}

/// What every schema has.
#[derive(Deserialize)]
struct Head {
    schema: u32,
}

impl Written {
    /// Reads the report of any run; `name` stands in messages.
    pub(super) fn read(text: &str, name: &str) -> Result<Self, MergeError> {
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
    pub(super) fn is_of_a_server(&self) -> bool {
        self.cases.iter().any(|case| case.id.starts_with("serve."))
    }

    /// Whether it is about one part of the corpus only.
    pub(super) fn is_of_a_shard(&self) -> bool {
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
    pub(crate) fn has_properties(&self) -> bool {
        let mut cases = self.written.cases.iter();
        cases.any(|case| property::named(&case.id).is_some())
    }

    /// The results of the cases, as the run of this shard had them.
    pub(super) fn results(&self, corpus: &Corpus) -> Result<Vec<CaseResult>, MergeError> {
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
