//! One case put and judged, as the end of a test.

use libtest_mimic::{Completion, Failed};

use crate::diagnosis;
use crate::known;
use crate::report::{self, Report};
use crate::verdict::{KNOWN, Verdict, fingerprint};
use fcgate_cases::corpus::{Case, Corpus, Group};
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_reference::Reference;
use fcgate_runner::{self as runner, InProcess, Plan};

use super::trials::Session;

/// Runs one case; what is not judged, or not required, is ignored with a reason and never passed.
pub(super) fn completion(session: &Session, case: &Case) -> Result<Completion, Failed> {
    let mut plan = Plan::new();
    plan.jobs = 1;
    let subject = InProcess::new(session.implementation);
    let alone = alone(&session.corpus, case);
    let mut results = runner::run(&alone, &subject, &session.claims, &plan, &|_| true).results;
    let seen = results.first().and_then(fingerprint).unwrap_or_default();
    session.known.apply(&mut results, known::today());
    let attribution = diagnosis::explain(&results, &alone, &Reference);
    let report = Report::new(
        &alone,
        &session.hello,
        &session.claims,
        plan.seed,
        results,
        &attribution,
        session.rules,
    );
    match report.case(&case.id) {
        Some(result) => end(session, case, &report, result, &seen),
        None => Err(Failed::from("the case was not put")),
    }
}

fn end(
    session: &Session,
    case: &Case,
    report: &Report,
    result: &CaseResult,
    seen: &str,
) -> Result<Completion, Failed> {
    let gates = report.gates(result);
    let note = result.note.as_deref().unwrap_or("no reason is known");
    let stale = result
        .checks
        .iter()
        .any(|check| check.id == KNOWN && check.failed());
    match result.status {
        // It ran and passed, so only what it does not show can be missing.
        Status::Pass if gates && report.verdict == Verdict::Incomplete => Err(Failed::from(
            "the profile demands a field of the outcome whose capability is not claimed",
        )),
        Status::Pass => Ok(Completion::Completed),
        Status::Known => Ok(Completion::ignored_with(format!("known failure: {seen}"))),
        Status::Unsupported => unsupported(session, case, result, gates),
        Status::Untestable if gates => Err(Failed::from(format!(
            "it is claimed, but nothing of it could be checked ({note})"
        ))),
        Status::Harness => Err(Failed::from(format!("the gate itself failed: {note}"))),
        status if status.is_red() && (gates || stale) => {
            Err(Failed::from(block(session, case, report)))
        }
        status if status.is_red() => Ok(Completion::ignored_with(format!(
            "not required, but {seen}"
        ))),
        status => Ok(Completion::ignored_with(status)),
    }
}

fn unsupported(
    session: &Session,
    case: &Case,
    result: &CaseResult,
    gates: bool,
) -> Result<Completion, Failed> {
    let unclaimed = unclaimed(session, case);
    match session.rules.profile {
        Some(profile) if gates && result.demanded_by.contains(&profile) => Err(Failed::from(
            format!("the profile {profile} demands it; {unclaimed}"),
        )),
        _ => Ok(Completion::ignored_with(unclaimed)),
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
    let here = format!("cargo test -- --exact {}", case.id);
    block.trim().replace(&by_gate, &here)
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
