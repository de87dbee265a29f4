//! Runs and judges one case as a test.

use crate::diagnosis;
use crate::known;
use crate::report::{self, Report};
use crate::verdict::{KNOWN, Verdict, fingerprint};
use fcgate_cases::Profile;
use fcgate_cases::corpus::{Case, Corpus, Group};
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_reference::Reference;
use fcgate_runner::{self as runner, InProcess, Plan};

use super::libtest::Outcome;
use super::session::Session;

/// Runs one case. A case that cannot be judged or is not required is ignored with a reason and never passes.
pub(super) fn outcome(session: &Session, case: &Case) -> Outcome {
    let mut plan = Plan::new();
    plan.find_signed_text = Some(diagnosis::find_signed_text);
    plan.jobs = 1;
    plan.full = session.rules.profile == Some(Profile::Full);
    let subject = InProcess::new(session.implementation);
    let corpus = corpus_of(case, &session.corpus);
    let mut results = runner::run(&corpus, &subject, &session.claims, &plan, &|_| true).results;
    let seen = results.first().and_then(fingerprint).unwrap_or_default();
    session.known.apply(&mut results, known::today());
    let attribution = diagnosis::explain(&results, &corpus, &Reference);
    let report = Report::new(
        &corpus,
        &session.hello,
        &session.claims,
        plan.seed,
        results,
        &attribution,
        session.rules,
    );
    match report.case(&case.id) {
        Some(result) => outcome_of(session, case, &report, result, &seen),
        None => Outcome::failed("the case was not run"),
    }
}

fn outcome_of(
    session: &Session,
    case: &Case,
    report: &Report,
    result: &CaseResult,
    seen: &str,
) -> Outcome {
    let gates = report.gates(result);
    let note = result.note.as_deref().unwrap_or("the reason is unknown");
    let is_stale = result
        .checks
        .iter()
        .any(|check| check.id == KNOWN && check.failed());
    match result.status {
        // The case ran and passed, so the report can only be incomplete because of a field that is not declared.
        Status::Pass if gates && report.verdict == Verdict::Incomplete => Outcome::failed(
            "the profile demands a field of the outcome whose capability is not declared",
        ),
        Status::Pass => Outcome::Passed,
        Status::Known => Outcome::ignored(format_args!("known failure: {seen}")),
        Status::Unsupported => unsupported(session, case, result, gates),
        Status::Untestable if gates => Outcome::failed(format!(
            "declared, but no check of this case could run ({note})"
        )),
        Status::Harness => Outcome::failed(format!("the gate itself failed: {note}")),
        status if status.is_red() && (gates || is_stale) => {
            Outcome::failed(failure(session, case, report))
        }
        status if status.is_red() => Outcome::ignored(format_args!("not required, but {seen}")),
        status => Outcome::ignored(status),
    }
}

fn unsupported(session: &Session, case: &Case, result: &CaseResult, gates: bool) -> Outcome {
    let missing = undeclared(session, case);
    match session.rules.profile {
        Some(profile) if gates && result.demanded_by.contains(&profile) => Outcome::failed(
            format!("the profile {profile} demands this case; {missing}"),
        ),
        _ => Outcome::ignored(missing),
    }
}

/// A corpus with one case, so that a run executes only this case.
fn corpus_of(case: &Case, corpus: &Corpus) -> Corpus {
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

/// The failure as the human report shows it, with the command that runs the case again in this target.
fn failure(session: &Session, case: &Case, report: &Report) -> String {
    let failure = report::failures(report, &session.corpus);
    let failure = anstream::adapter::strip_str(&failure).to_string();
    let by_gate = format!("fcgate run --partial-ok --only {}", case.id);
    let here = format!("cargo test -- --exact {}", case.id);
    failure.trim().replace(&by_gate, &here)
}

/// The capabilities and the revision that a case needs and the implementation does not declare.
fn undeclared(session: &Session, case: &Case) -> String {
    let claims = &session.claims;
    let capabilities = case
        .needs
        .iter()
        .filter(|name| !claims.capabilities.contains(name))
        .cloned();
    let applies = case.applies_to(&session.claims.revisions);
    let revision = (!applies).then(|| format!("revision {}", case.revisions().join(" or ")));
    let missing: Vec<String> = capabilities.chain(revision).collect();
    format!("not declared: {}", missing.join(", "))
}
