//! A run: every selected case put to a subject and judged.

mod in_process;
mod subject;

use crate::corpus::{Case, Corpus, Stimulus};
use crate::endpoint::Endpoint;
use crate::judge::{self, CaseResult, Check, Status};
use crate::protocol::Capabilities;
use crate::visible;

pub use self::in_process::InProcess;
pub(crate) use self::in_process::caught;
pub use self::subject::{Answered, Claims, Subject, Trouble};

/// What a run is to do.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Plan {
    /// The seed from which names in a run are made.
    pub seed: u64,
}

impl Plan {
    /// The plan with the default seed.
    pub fn new() -> Self {
        Self::default()
    }
}

/// Puts every case to the subject; the results are in the order of the ids.
///
/// `selected` tells which cases run; the others are `filtered`.
pub fn run(
    corpus: &Corpus,
    subject: &mut dyn Subject,
    claims: &Claims,
    plan: &Plan,
    selected: &dyn Fn(&Case) -> bool,
) -> Vec<CaseResult> {
    let mut run = Run {
        claims,
        plan,
        endpoint: None,
    };
    corpus
        .cases()
        .into_iter()
        .map(|case| {
            if !selected(case) {
                CaseResult::unjudged(case, Status::Filtered)
            } else if claims.cover(case) {
                run.case(case, subject)
            } else {
                CaseResult::unjudged(case, Status::Unsupported)
            }
        })
        .collect()
}

struct Run<'a> {
    claims: &'a Claims,
    plan: &'a Plan,
    /// Started when the first case needs it.
    endpoint: Option<Endpoint>,
}

impl Run<'_> {
    fn case(&mut self, case: &Case, subject: &mut dyn Subject) -> CaseResult {
        let claims: &Capabilities = &self.claims.capabilities;
        let seed = self.plan.seed;
        let checks = match &case.stimulus {
            Stimulus::Sign { given, expect } => subject
                .sign(given)
                .map(|reply| judge::sign(given, expect, &reply)),
            Stimulus::Build { given, expect } => subject
                .build(given)
                .map(|reply| judge::build(given, expect, &reply)),
            Stimulus::Parse { given, expect } => subject
                .parse(given)
                .map(|reply| judge::parse(expect, claims, &reply)),
            Stimulus::Invoke { given, expect } => self.endpoint().and_then(|endpoint| {
                let function = endpoint.expect(seed, &case.id, given);
                let answered = subject.invoke(&given.input(endpoint.uri(), &function));
                let arrivals = endpoint.close(&function);
                answered.map(|reply| judge::invoke(expect, claims, &reply, &arrivals))
            }),
        };
        result(case, checks)
    }

    fn endpoint(&mut self) -> Result<&Endpoint, Trouble> {
        if self.endpoint.is_none() {
            let started = Endpoint::start().map_err(|error| {
                Trouble::Harness(format!("the fake endpoint does not start: {error}"))
            })?;
            self.endpoint = Some(started);
        }
        self.endpoint
            .as_ref()
            .ok_or_else(|| Trouble::Harness("the fake endpoint is not there".to_owned()))
    }
}

fn result(case: &Case, checks: Result<Vec<Check>, Trouble>) -> CaseResult {
    match checks {
        Ok(checks) => CaseResult::judged(case, checks),
        Err(Trouble::Crash(message)) => noted(case, Status::Crash, &message),
        Err(Trouble::Timeout) => CaseResult::unjudged(case, Status::Timeout),
        Err(Trouble::Malformed(message)) => {
            let what = visible::line(&message, 300);
            let check = Check::holds("reply", false, "ok with every required field", &what);
            CaseResult::judged(case, vec![check])
        }
        Err(Trouble::Harness(message)) => noted(case, Status::Harness, &message),
    }
}

fn noted(case: &Case, status: Status, message: &str) -> CaseResult {
    CaseResult::unjudged(case, status).note(visible::line(message, 300))
}
