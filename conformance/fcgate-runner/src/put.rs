//! One case put to the subject: its stimulus, the answer, the judgement.

use std::io;
use std::sync::OnceLock;

use crate::endpoint::Endpoint;
use fcgate_cases::corpus::{Case, InvokeExpectation, InvokeGiven, Stimulus};
use fcgate_cases::judge::{self, CaseResult, Check, Status};
use fcgate_protocol::{InvokeOutput, OutcomeKind, Reply};
use fcgate_text::visible;

use super::{Answered, Heard, Leak, Plan, Subject, Trouble};
use fcgate_cases::Claims;

/// The check of a case whose secret was seen where it must not be.
const SECRET_LEAK: &str = "secret-leak";

/// What came of putting a case.
#[derive(Debug)]
pub(super) enum Put {
    /// It is judged.
    Done(CaseResult),
    /// It has to be put again, alone.
    Again,
}

/// Where cases are put: the subject, and the endpoint that is started when the first case needs it.
pub(super) struct Desk<'a> {
    subject: &'a dyn Subject,
    claims: &'a Claims,
    plan: &'a Plan,
    endpoint: OnceLock<io::Result<Endpoint>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(subject: &'a dyn Subject, claims: &'a Claims, plan: &'a Plan) -> Self {
        Self {
            subject,
            claims,
            plan,
            endpoint: OnceLock::new(),
        }
    }

    /// Puts one case.
    pub(super) fn put(&self, case: &Case) -> Put {
        let checks = if self.plan.stop.is_set() {
            Err(Trouble::Gone("the run was interrupted".to_owned()))
        } else {
            self.checks(case)
        };
        let result = match checks {
            Ok(checks) => CaseResult::judged(case, checks),
            Err(Trouble::Suspect) => return Put::Again,
            Err(Trouble::Crash(words)) => noted(case, Status::Crash, &words),
            Err(Trouble::Timeout(words)) => noted(case, Status::Timeout, &words),
            Err(Trouble::Gone(words)) => noted(case, Status::Untestable, &words),
            Err(Trouble::Harness(words)) => noted(case, Status::Harness, &words),
            Err(Trouble::Malformed(words)) => {
                let what = visible::line(&words, 300);
                let check = Check::holds("reply", false, "ok with every required field", &what);
                CaseResult::judged(case, vec![check])
            }
        };
        self.plan.progress.judged(&result);
        Put::Done(result)
    }

    /// A case that nobody put: a fault of the gate.
    #[expect(clippy::unused_self, reason = "beside the other two ends of a case")]
    pub(super) fn lost(&self, case: &Case) -> CaseResult {
        noted(case, Status::Harness, "the case was not put")
    }

    /// The result, changed when requests of the case arrived after its answer.
    pub(super) fn late(&self, case: &Case, mut result: CaseResult) -> CaseResult {
        let Some(Ok(endpoint)) = self.endpoint.get() else {
            return result;
        };
        let late = endpoint.late(&case.id);
        if late > 0 && result.status.executed() {
            let actual = format!("{late} after the answer");
            result
                .checks
                .push(Check::holds("late-requests", false, "none", &actual));
            if result.status == Status::Pass {
                result.status = Status::Fail;
            }
        }
        result
    }

    fn checks(&self, case: &Case) -> Result<Vec<Check>, Trouble> {
        let claims = &self.claims.capabilities;
        match &case.stimulus {
            Stimulus::Sign { given, expect } => judged(self.subject.sign(given), |reply| {
                judge::sign(given, expect, reply)
            }),
            Stimulus::Build { given, expect } => judged(self.subject.build(given), |reply| {
                judge::build(given, expect, reply)
            }),
            Stimulus::Parse { given, expect } => judged(self.subject.parse(given), |reply| {
                judge::parse(expect, claims, reply)
            }),
            Stimulus::Invoke { given, expect } => self.invoke(case, given, expect),
        }
    }

    fn invoke(
        &self,
        case: &Case,
        given: &InvokeGiven,
        expect: &InvokeExpectation,
    ) -> Result<Vec<Check>, Trouble> {
        let endpoint = self.endpoint()?;
        let stand = endpoint
            .expect(&case.id, given)
            .map_err(|error| Trouble::Harness(format!("the case cannot be played: {error}")))?;
        let input = given.input(&stand.uri, &stand.function);
        let answered = self.subject.invoke(&input);
        let arrivals = if is_without_answer(&answered) {
            endpoint.close_given_up(&stand.function)
        } else {
            endpoint.close(&stand.function)
        };
        let claims = &self.claims.capabilities;
        let mut checks = judged(answered, |reply| {
            judge::invoke(expect, claims, reply, &arrivals)
        })?;
        // What differs from run to run has no place in a report.
        for check in &mut checks {
            check.forget(&stand.uri, "(endpoint)");
            check.forget(&stand.function, "(function)");
        }
        Ok(checks)
    }

    fn endpoint(&self) -> Result<&Endpoint, Trouble> {
        let started = self.endpoint.get_or_init(Endpoint::start);
        started
            .as_ref()
            .map_err(|error| Trouble::Harness(format!("the fake endpoint does not start: {error}")))
    }
}

/// Whether the subject tells that no answer came.
fn is_without_answer(answered: &Answered<InvokeOutput>) -> bool {
    let Ok(Heard { reply, .. }) = answered else {
        return false;
    };
    matches!(reply, Reply::Ok(output) if output.outcome.kind == OutcomeKind::TransportError)
}

/// The checks of an answer, and one more where a secret was seen.
fn judged<T>(
    answered: Answered<T>,
    judge: impl FnOnce(&Reply<T>) -> Vec<Check>,
) -> Result<Vec<Check>, Trouble> {
    let Heard { reply, leak } = answered?;
    let mut checks = judge(&reply);
    checks.extend(leak.map(leaked));
    Ok(checks)
}

fn leaked(leak: Leak) -> Check {
    let actual = format!("it stands {leak}");
    Check::holds(SECRET_LEAK, false, "the secret stands nowhere", &actual)
}

fn noted(case: &Case, status: Status, words: &str) -> CaseResult {
    CaseResult::unjudged(case, status).note(visible::line(words, 300))
}
