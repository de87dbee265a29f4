//! The report of one shard, read from a file.

use crate::property;
use crate::verdict::Shard;
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_text::visible;

use super::merge_error::MergeError;
use super::read::read;
use super::report_data::Report;

/// The report of one shard, and the file that it was read from.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_structs, reason = "read by the writers of reports")]
pub struct ShardReport {
    /// The name of the file.
    pub file: String,
    /// The shard of the run.
    pub shard: Shard,
    /// The report.
    pub report: Report,
}

impl ShardReport {
    /// Reads a JSON report. Error messages contain `name`, the name of the file.
    ///
    /// # Errors
    ///
    /// If the text is not a report of this schema, or if it is the report of a whole run.
    pub fn read(text: &str, name: &str) -> Result<Self, MergeError> {
        let report = read(text, name)?;
        let Some(shard) = report.shard else {
            return Err(MergeError::of(
                name,
                "expected the report of a shard, found the report of a whole run",
            ));
        };
        Ok(Self {
            file: name.to_owned(),
            shard,
            report,
        })
    }

    /// Whether the run included property cases.
    pub fn has_properties(&self) -> bool {
        let mut cases = self.report.cases.iter();
        cases.any(|case| property::named(&case.id).is_some())
    }

    /// Returns the results of the cases, completed with the data of the corpus.
    ///
    /// # Errors
    ///
    /// If a case is not in the corpus, or differs from the case in the corpus.
    pub fn results(&self, corpus: &Corpus) -> Result<Vec<CaseResult>, MergeError> {
        let claims = self.report.claims.claims();
        let complete = |read: &CaseResult| {
            let id = visible::line(&read.id, 120);
            let case = corpus.case(&read.id).ok_or_else(|| {
                MergeError::of(&self.file, format!("the corpus has no case '{id}'"))
            })?;
            if (case.level, &case.requirements) != (read.level, &read.requirements) {
                let message = format!("case {id} differs from the case of the corpus");
                return Err(MergeError::of(&self.file, message));
            }
            let mut result = if read.status == Status::Unsupported {
                CaseResult::unsupported(case, &claims)
            } else {
                CaseResult::unjudged(case, read.status).with_claims(case, &claims)
            };
            result.checks.clone_from(&read.checks);
            result.requests.clone_from(&read.requests);
            Ok(result)
        };
        self.report.cases.iter().map(complete).collect()
    }
}
