//! JSON lines: the fields of the JSON report, one object per line.

use serde::Serialize;

use fc_conformance::verdict::{Cause, Counts, Rules, Shard, Verdict};
use fcgate_cases::judge::CaseResult;
use fcgate_protocol::Sdk;

use fc_conformance::report::{EarlyEnd, Provenance, Report, ReportedClaims};

/// One line. The field `type` names its kind.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Run {
        schema: u32,
        suite: &'a str,
        corpus_sha256: &'a str,
        seed: u64,
        subject: &'a Sdk,
        #[serde(skip_serializing_if = "Provenance::is_empty")]
        provenance: &'a Provenance,
        #[serde(skip_serializing_if = "Option::is_none")]
        shard: Option<Shard>,
        #[serde(skip_serializing_if = "Option::is_none")]
        repeat: Option<u32>,
        claims: &'a ReportedClaims,
        rules: Rules,
    },
    Case(&'a CaseResult),
    Cause(&'a Cause),
    Verdict {
        verdict: Verdict,
        exit: u8,
        counts: &'a Counts,
        warnings: &'a [String],
        #[serde(skip_serializing_if = "Option::is_none")]
        ended_early: Option<&'a EarlyEnd>,
        #[serde(skip_serializing_if = "Option::is_none")]
        fault: Option<&'a str>,
    },
}

/// Returns the report as JSON lines: the run, every case, every cause, and last the verdict.
///
/// A report without a verdict is incomplete.
///
/// # Errors
///
/// When the report cannot be serialized as JSON.
pub fn jsonl(report: &Report) -> serde_json::Result<String> {
    let run = Line::Run {
        schema: report.schema,
        suite: &report.suite,
        corpus_sha256: &report.corpus_sha256,
        seed: report.seed,
        subject: &report.subject,
        provenance: &report.provenance,
        shard: report.shard,
        repeat: report.repeat,
        claims: &report.claims,
        rules: report.rules,
    };
    let verdict = Line::Verdict {
        verdict: report.verdict,
        exit: report.exit,
        counts: &report.counts,
        warnings: &report.warnings,
        ended_early: report.ended_early.as_ref(),
        fault: report.fault.as_deref(),
    };
    let mut text = String::new();
    let lines = [run]
        .into_iter()
        .chain(report.cases.iter().map(Line::Case))
        .chain(report.causes.iter().map(Line::Cause))
        .chain([verdict]);
    for line in lines {
        text += &serde_json::to_string(&line)?;
        text.push('\n');
    }
    Ok(text)
}
