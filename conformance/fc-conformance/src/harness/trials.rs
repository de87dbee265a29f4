//! One trial for each case, and those that guard them all.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use libtest_mimic::{Failed, Trial};

use crate::known::{self, Known};
use crate::verdict::Rules;
use fcgate_cases::Claims;
use fcgate_cases::Profile;
use fcgate_cases::corpus::{Case, Corpus, Files, Level};
use fcgate_cases::self_check;
use fcgate_protocol::Hello;
use fcgate_protocol::Implementation;
use fcgate_runner::{InProcess, SubjectError};

use super::files::Needed;
use super::{HarnessError, judged};

/// The trial of an introduction that panics.
const HELLO: &str = "conformance.hello";
/// The trial that is red when the gate must not judge anybody.
const SOUND: &str = "conformance.gate-is-sound";
/// The trial that is red when no required case can run.
const SOMETHING: &str = "conformance.something-required-ran";
/// The trial that is red when an entry of the known failures is over.
const VALID: &str = "conformance.known-failures-are-valid";

/// What is asked of the implementation.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    pub(super) level: Level,
    pub(super) profile: Option<Profile>,
    pub(super) revision: Option<String>,
    pub(super) known: Option<PathBuf>,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            level: Level::Must,
            profile: None,
            revision: None,
            known: None,
        }
    }
}

/// What the trials share.
pub(super) struct Session {
    pub(super) implementation: &'static dyn Implementation,
    pub(super) hello: Hello,
    pub(super) claims: Claims,
    pub(super) rules: Rules,
    pub(super) known: Known,
    pub(super) corpus: Corpus,
}

/// Every trial; one alone when the implementation cannot even introduce itself.
pub(super) fn trials(
    implementation: &'static dyn Implementation,
    scope: &Scope,
    needed: &Needed,
) -> Result<Vec<Trial>, HarnessError> {
    let corpus = Corpus::load(&needed.files)?;
    let known = scope.known.as_deref().map(read).transpose()?;
    let known = known.unwrap_or_default();
    let hello = match InProcess::new(implementation).hello() {
        Ok(hello) => hello,
        Err(trouble) => return Ok(vec![no_hello(trouble)]),
    };
    let mut rules = Rules::new();
    rules.level = scope.level;
    rules.profile = scope.profile;
    let session = Arc::new(Session {
        implementation,
        claims: claims(&hello, scope)?,
        hello,
        rules,
        known,
        corpus,
    });
    let mut trials = Vec::new();
    if needed.are_whole {
        session.known.check(&session.corpus)?;
        trials.extend([sound(), something(&session)]);
        if scope.known.is_some() {
            trials.push(valid(&session));
        }
    }
    let cases = session.corpus.cases();
    trials.extend(cases.into_iter().map(|case| of_case(&session, case)));
    Ok(trials)
}

fn read(path: &Path) -> Result<Known, HarnessError> {
    let text = fs::read_to_string(path).map_err(|error| HarnessError::KnownFile {
        path: path.to_owned(),
        error,
    })?;
    Ok(Known::read(&text, &path.display().to_string())?)
}

fn claims(hello: &Hello, scope: &Scope) -> Result<Claims, HarnessError> {
    let claims = Claims::of(hello);
    let Some(asked) = &scope.revision else {
        return Ok(claims);
    };
    if !claims.revisions.contains(asked) {
        return Err(HarnessError::Revision {
            asked: asked.clone(),
            spoken: claims.revisions,
        });
    }
    Ok(claims.only_revision(asked))
}

fn of_case(session: &Arc<Session>, case: &Case) -> Trial {
    let (rules, claims) = (session.rules, &session.claims);
    let demanded = rules.gates(case.level)
        && rules
            .profile
            .is_some_and(|profile| profile.misses(case, claims));
    let is_ignored = !claims.cover(case) && !demanded;
    let (kind, name) = (case.level.to_string(), case.id.clone());
    let (session, case) = (Arc::clone(session), case.clone());
    Trial::ignorable_test(name, move || judged::completion(&session, &case))
        .with_kind(kind)
        .with_ignored_flag(is_ignored)
}

fn no_hello(trouble: SubjectError) -> Trial {
    let words = match trouble {
        SubjectError::Crash(words) => fcgate_text::visible::line(&words, 300),
        _ => "it cannot be asked".to_owned(),
    };
    Trial::test(HELLO, move || {
        Err(Failed::from(format!("hello panics: {words}")))
    })
}

/// A broken corpus, or an oracle that disagrees with recorded traffic, is nobody's failure but the gate's.
fn sound() -> Trial {
    Trial::test(SOUND, || {
        self_check::sound_corpus(&Files::embedded())?;
        Ok(())
    })
}

/// Claiming nothing is no way to be green.
fn something(session: &Session) -> Trial {
    let can_run = session
        .corpus
        .cases()
        .into_iter()
        .any(|case| session.rules.gates(case.level) && session.claims.cover(case));
    Trial::test(SOMETHING, move || {
        if can_run {
            return Ok(());
        }
        Err(Failed::from(
            "no required case is covered by what is claimed: nothing is proven",
        ))
    })
}

/// Without results only the entries themselves can be stale.
fn valid(session: &Session) -> Trial {
    let stale = session.known.apply(&mut [], known::today());
    Trial::test(VALID, move || {
        if stale.is_empty() {
            return Ok(());
        }
        let stale: Vec<String> = stale.iter().map(ToString::to_string).collect();
        Err(Failed::from(stale.join("\n")))
    })
}
