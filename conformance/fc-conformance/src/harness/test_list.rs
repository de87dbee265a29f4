//! One test for each case, and tests about the whole run.

use std::sync::Arc;

use crate::known;
use fcgate_cases::corpus::{Case, Corpus, Files};
use fcgate_cases::self_check;
use fcgate_protocol::Implementation;
use fcgate_runner::{InProcess, SubjectError};

use super::HarnessError;
use super::case_test;
use super::corpus_files::CorpusFiles;
use super::libtest::{Outcome, Test};
use super::session::{Session, known_failures};
use super::settings::Settings;

/// The only test if `hello` panics.
const HELLO: &str = "conformance.hello";
/// Fails if the corpus or the oracle is wrong.
const SOUND: &str = "conformance.gate-is-sound";
/// Fails if no required case can run.
const SOMETHING: &str = "conformance.something-required-ran";
/// Fails if an entry of the known failures has expired.
const VALID: &str = "conformance.known-failures-are-valid";

/// Every test of a target.
pub(super) fn tests(
    implementation: &'static dyn Implementation,
    settings: &Settings,
    files: &CorpusFiles,
) -> Result<Vec<Test>, HarnessError> {
    let corpus = Corpus::load(&files.files)?;
    let known = known_failures(settings.known.as_deref())?;
    let hello = match InProcess::new(implementation).hello() {
        Ok(hello) => hello,
        Err(error) => return Ok(vec![hello_failed(error)]),
    };
    let session = Session::new(implementation, hello, settings, known, corpus)?;
    let session = Arc::new(session);
    let mut tests = Vec::new();
    if files.are_whole {
        session.known.check(&session.corpus)?;
        tests.extend([gate_is_sound(), something_required_ran(&session)]);
        if settings.known.is_some() {
            tests.push(known_failures_are_valid(&session));
        }
    }
    let cases = session.corpus.cases();
    tests.extend(cases.into_iter().map(|case| case_test(&session, case)));
    Ok(tests)
}

fn case_test(session: &Arc<Session>, case: &Case) -> Test {
    let (rules, claims) = (session.rules, &session.claims);
    let is_demanded = rules.gates(case.level)
        && rules
            .profile
            .is_some_and(|profile| profile.misses(case, claims));
    let is_ignored = !claims.cover(case) && !is_demanded;
    let (level, name) = (case.level.to_string(), case.id.clone());
    let (session, case) = (Arc::clone(session), case.clone());
    Test::new(name, move || case_test::outcome(&session, &case))
        .kind(level)
        .ignored(is_ignored)
}

fn hello_failed(error: SubjectError) -> Test {
    let message = match error {
        SubjectError::Crash(panic) => {
            let panic = fcgate_text::visible::line(&panic, 300);
            format!("hello panics: {panic}")
        }
        _ => "hello returned no reply".to_owned(),
    };
    Test::new(HELLO, move || Outcome::failed(message.clone()))
}

/// If the corpus is broken or the oracle disagrees with recorded traffic, the gate is at fault and not the
/// implementation.
fn gate_is_sound() -> Test {
    Test::new(SOUND, || {
        match self_check::sound_corpus(&Files::embedded()) {
            Ok(_) => Outcome::Passed,
            Err(error) => Outcome::failed(error.to_string()),
        }
    })
}

/// An implementation that declares nothing does not pass.
fn something_required_ran(session: &Session) -> Test {
    let can_run = session
        .corpus
        .cases()
        .into_iter()
        .any(|case| session.rules.gates(case.level) && session.claims.cover(case));
    Test::new(SOMETHING, move || {
        if can_run {
            return Outcome::Passed;
        }
        Outcome::failed(
            "no required case ran: the declared capabilities and revisions cover no required case",
        )
    })
}

/// Checks the dates of the entries; each case test compares its own entry with its result.
fn known_failures_are_valid(session: &Session) -> Test {
    let stale = session.known.apply(&mut [], known::today());
    let stale: Vec<String> = stale.iter().map(ToString::to_string).collect();
    Test::new(VALID, move || {
        if stale.is_empty() {
            return Outcome::Passed;
        }
        Outcome::failed(stale.join("\n"))
    })
}
