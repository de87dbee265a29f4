//! One case put and judged, as the end of a test.

use libtest_mimic::{Completion, Failed};

use crate::corpus::{Case, Corpus, Group};
use crate::judge::{CaseResult, Status};
use crate::report::{self, Report};
use crate::runner::{self, InProcess, Plan};

use super::trials::Session;

/// Runs one case; what is not judged, or not required, is ignored with a reason and never passed.
pub(super) fn completion(session: &Session, case: &Case) -> Result<Completion, Failed> {
    let mut plan = Plan::new();
    plan.jobs = 1;
    let subject = InProcess::new(session.implementation);
    let alone = alone(&session.corpus, case);
    let run = runner::run(&alone, &subject, &session.claims, &plan, &|_| true);
    let report = Report::new(
        &alone,
        &session.hello,
        &session.claims,
        plan.seed,
        run.results,
        session.rules,
    );
    match report.case(&case.id) {
        Some(result) => end(session, case, &report, result),
        None => Err(Failed::from("the case was not put")),
    }
}

fn end(
    session: &Session,
    case: &Case,
    report: &Report,
    result: &CaseResult,
) -> Result<Completion, Failed> {
    let gates = report.gates(result);
    let note = result.note.as_deref().unwrap_or("no reason is known");
    match result.status {
        Status::Pass => Ok(Completion::Completed),
        Status::Unsupported => Ok(Completion::ignored_with(unclaimed(session, case))),
        Status::Untestable if gates => Err(Failed::from(format!(
            "it is claimed, but nothing of it could be checked ({note})"
        ))),
        Status::Harness => Err(Failed::from(format!("the gate itself failed: {note}"))),
        status if status.is_red() && gates => Err(Failed::from(block(session, case, report))),
        status if status.is_red() => Ok(Completion::ignored_with(format!(
            "not required: {}",
            summary(report)
        ))),
        status => Ok(Completion::ignored_with(status)),
    }
}

/// A corpus of one case, so that a run puts nothing else.
fn alone(corpus: &Corpus, case: &Case) -> Corpus {
    Corpus {
        requirements: Vec::new(),
        groups: vec![Group {
            file: String::new(),
            name: String::new(),
            summary: String::new(),
            cases: vec![case.clone()],
        }],
        sha256: corpus.sha256.clone(),
    }
}

/// The block of the human report, with the command that repeats it here.
fn block(session: &Session, case: &Case, report: &Report) -> String {
    let block = report::failures(report, &session.corpus);
    let block = anstream::adapter::strip_str(&block).to_string();
    let by_gate = format!("fcgate run --partial-ok --only {}", case.id);
    block.replace(&by_gate, &format!("cargo test -- --exact {}", case.id))
}

fn summary(report: &Report) -> String {
    let summaries: Vec<&str> = report
        .causes
        .iter()
        .map(|cause| cause.summary.as_str())
        .collect();
    summaries.join("; ")
}

/// What a case needs that is not claimed.
fn unclaimed(session: &Session, case: &Case) -> String {
    let claims = &session.claims;
    let capabilities = case
        .needs
        .iter()
        .filter(|name| !claims.capabilities.contains(name))
        .cloned();
    let revision = case
        .revision
        .as_ref()
        .filter(|revision| !claims.revisions.contains(revision))
        .map(|revision| format!("revision {revision}"));
    let missing: Vec<String> = capabilities.chain(revision).collect();
    format!("not claimed: {}", missing.join(", "))
}
