//! Runs one case: sends its stimulus to the subject and judges the reply.

use std::borrow::Cow;
use std::io;
use std::sync::OnceLock;

use fcgate_cases::Claims;
use fcgate_cases::corpus::{
    BuildExpectation, Case, InvokeExpectation, InvokeGiven, Stimulus, TaskExpectation, TaskGiven,
    TriggerExpectation, TriggerGiven,
};
use fcgate_cases::judge::{
    self, Arrivals, ArrivedRequest, CaseResult, Check, ShownRequest, Status,
};
use fcgate_cases::own_clock;
use fcgate_http::clock;
use fcgate_protocol::{BuildInput, HeaderList, OutcomeKind, Reply, Scheme};
use fcgate_text::visible;

use crate::endpoint::Endpoint;
use crate::exchange::{Exchange, exchange};
use crate::first_invocations::{FirstInvocations, Limit, lost, unplayable};
use crate::plan::Plan;
use crate::shortage;
use crate::stable_checks::without_address;
use crate::subject::{Leak, Subject, SubjectError, SubjectReply, SubjectResult};

/// The number of requests of one case that a report shows.
const SHOWN_REQUESTS: usize = 3;

/// The outcome of running a case.
#[derive(Debug)]
pub(super) enum CaseOutcome {
    /// The case has a result.
    Done(CaseResult),
    /// The case has to run again, alone.
    RunAgain,
}

/// The checks of a case, and the requests that a report shows if one fails.
struct Judgement {
    checks: Vec<Check>,
    requests: Vec<ShownRequest>,
    /// The time limit of its call.
    limit: Option<Limit>,
}

impl Judgement {
    fn of(checks: Vec<Check>) -> Self {
        Self {
            checks,
            requests: Vec::new(),
            limit: None,
        }
    }

    fn failed(&self) -> bool {
        self.checks.iter().any(Check::failed)
    }

    /// Keeps the first requests for the report if a check failed.
    fn show(&mut self, arrivals: &Arrivals, shown: impl Fn(&ArrivedRequest) -> ShownRequest) {
        if self.failed() {
            let requests = arrivals.readable().take(SHOWN_REQUESTS);
            self.requests = requests.map(shown).collect();
        }
    }
}

/// Runs cases against a subject. The fake endpoint starts with the first `invoke` case.
pub(super) struct CaseRunner<'a> {
    subject: &'a dyn Subject,
    claims: &'a Claims,
    plan: &'a Plan,
    endpoint: OnceLock<io::Result<Endpoint>>,
    first_invocations: FirstInvocations,
}

impl<'a> CaseRunner<'a> {
    pub(super) fn new(subject: &'a dyn Subject, claims: &'a Claims, plan: &'a Plan) -> Self {
        Self {
            subject,
            claims,
            plan,
            endpoint: OnceLock::new(),
            first_invocations: FirstInvocations::new(),
        }
    }

    /// Runs one case.
    pub(super) fn run(&self, case: &Case) -> CaseOutcome {
        let checks = if self.plan.stop.is_set() {
            Err(SubjectError::Unavailable(
                "the run was interrupted".to_owned(),
            ))
        } else {
            self.checks(case)
        };
        let result = match checks {
            Ok(judgement) => {
                let mut result = self.judged(case, judgement.checks);
                if result.status.is_red() {
                    result.requests = judgement.requests;
                    if let Some(note) = judgement.limit.and_then(Limit::note) {
                        result = result.note(note);
                    }
                }
                result
            }
            Err(SubjectError::Ambiguous) => return CaseOutcome::RunAgain,
            Err(SubjectError::Crash(text)) => with_note(case, Status::Crash, &text),
            Err(SubjectError::Timeout(text)) => with_note(case, Status::Timeout, &text),
            Err(SubjectError::Unavailable(text)) => with_note(case, Status::Untestable, &text),
            Err(SubjectError::Harness(text)) => with_note(case, Status::Harness, &text),
            Err(SubjectError::Malformed(text)) => {
                let found = visible::line(&text, 300);
                let check = Check::holds("reply", false, "ok with every required field", &found);
                CaseResult::judged(case, vec![check])
            }
        };
        let result = result.with_claims(case, self.claims);
        self.plan.progress.judged(&result);
        CaseOutcome::Done(result)
    }

    /// Creates the result of a case with these checks. If only checks of lacking parts are left, it is unsupported.
    fn judged(&self, case: &Case, checks: Vec<Check>) -> CaseResult {
        let result = CaseResult::judged(case, checks);
        if result.status == Status::Untestable && self.claims.withhold_a_check(case) {
            return CaseResult::unsupported(case, self.claims);
        }
        result
    }

    /// Creates the result of a case that did not run because of a fault of the gate.
    pub(super) fn not_run(case: &Case) -> CaseResult {
        with_note(case, Status::Harness, "the gate did not run the case")
    }

    /// Returns the result, with a failed check if requests of the case arrived after its reply.
    pub(super) fn with_late_requests(&self, case: &Case, mut result: CaseResult) -> CaseResult {
        let Some(Ok(endpoint)) = self.endpoint.get() else {
            return result;
        };
        let late = endpoint.late(&case.id);
        if late > 0 && result.status.executed() {
            let found = format!("{late} after the answer");
            result
                .checks
                .push(Check::holds("late-requests", false, "none", &found));
            if result.status == Status::Pass {
                result.status = Status::Fail;
            }
        }
        result
    }

    fn checks(&self, case: &Case) -> Result<Judgement, SubjectError> {
        let claims = &self.claims.capabilities;
        let stimulus = if self.claims.have_own_clock() {
            own_clock::without_time(&case.stimulus)
        } else {
            Cow::Borrowed(&case.stimulus)
        };
        match &*stimulus {
            Stimulus::Sign { given, expect } => {
                let checks = self.judge_reply(case, self.subject.sign(given), |reply| {
                    let mut checks = judge::sign(given, expect, reply);
                    if let Reply::Ok(output) = reply {
                        checks.extend(self.clock(case, given.scheme, &output.headers));
                    }
                    checks
                });
                checks.map(Judgement::of)
            }
            Stimulus::Build { given, expect } => self.build(case, given, expect),
            Stimulus::Parse { given, expect } => {
                let checks = self.judge_reply(case, self.subject.parse(given), |reply| {
                    judge::parse(expect, claims, reply)
                });
                checks.map(Judgement::of)
            }
            Stimulus::Invoke { given, expect } => self.invoke(case, given, expect),
            Stimulus::Trigger { given, expect } => self.trigger(case, given, expect),
            Stimulus::Task { given, expect } => self.task(case, given, expect),
        }
    }

    /// Compares the time of a request with the clock, if the subject reads its own.
    fn clock(&self, case: &Case, scheme: Scheme, headers: &HeaderList) -> Option<Check> {
        let reads = self.claims.have_own_clock() && own_clock::adds_the_time(&case.stimulus);
        reads.then(|| judge::clock(scheme, headers, clock::timestamp()))
    }

    fn build(
        &self,
        case: &Case,
        given: &BuildInput,
        expect: &BuildExpectation,
    ) -> Result<Judgement, SubjectError> {
        let mut built = None;
        let checks = self.judge_reply(case, self.subject.build(given), |reply| {
            let mut checks = judge::build(given, expect, reply);
            if let Reply::Ok(output) = reply {
                checks.extend(self.clock(case, given.scheme, &output.headers));
                built = Some(output.clone());
            }
            checks
        });
        let mut judgement = Judgement::of(checks?);
        if judgement.failed() {
            let (own_clock, find) = (self.claims.have_own_clock(), self.plan.find_signed_text);
            let built = built.iter();
            judgement.requests = built
                .map(|output| ShownRequest::of_build(given, output, own_clock, find))
                .collect();
        }
        Ok(judgement)
    }

    fn invoke(
        &self,
        case: &Case,
        given: &InvokeGiven,
        expect: &InvokeExpectation,
    ) -> Result<Judgement, SubjectError> {
        let endpoint = self.endpoint()?;
        let limit = self
            .first_invocations
            .limit(self.subject, endpoint, given)?;
        if let Some(earlier) = given.earlier() {
            self.invoke_earlier(endpoint, case, &earlier, limit)?;
        }
        let Exchange {
            address,
            result,
            arrivals,
        } = exchange(
            endpoint,
            limit,
            || endpoint.expect(&case.id, given),
            |address| {
                let mut input = given.input(&address.uri, &address.function);
                input.timeout_ms = limit.ms;
                self.subject.invoke(&input)
            },
            |output| output.outcome.kind == OutcomeKind::TransportError,
        )?;
        let claims = &self.claims.capabilities;
        let checks = self.judge_reply(case, result, |reply| {
            judge::invoke(given, expect, claims, reply, &arrivals)
        })?;
        let find = self.plan.find_signed_text;
        let mut judgement = Judgement::of(without_address(checks, &address));
        judgement.limit = Some(limit);
        judgement.show(&arrivals, |request| {
            ShownRequest::of_arrival(given, &arrivals, request, find)
        });
        Ok(judgement)
    }

    fn trigger(
        &self,
        case: &Case,
        given: &TriggerGiven,
        expect: &TriggerExpectation,
    ) -> Result<Judgement, SubjectError> {
        let endpoint = self.endpoint()?;
        let limit = self
            .first_invocations
            .trigger_limit(self.subject, endpoint, given)?;
        let Exchange {
            address,
            result,
            arrivals,
        } = exchange(
            endpoint,
            limit,
            || endpoint.expect_trigger(&case.id, given),
            |address| {
                let mut input = given.input(&address.uri);
                input.timeout_ms = limit.ms;
                self.subject.trigger(&input)
            },
            |output| output.response.is_none(),
        )?;
        let checks = self.judge_reply(case, result, |reply| {
            judge::trigger(given, expect, reply, &arrivals)
        })?;
        let find = self.plan.find_signed_text;
        let mut judgement = Judgement::of(without_address(checks, &address));
        judgement.limit = Some(limit);
        judgement.show(&arrivals, |request| {
            ShownRequest::of_trigger(given, &arrivals, request, find)
        });
        Ok(judgement)
    }

    fn task(
        &self,
        case: &Case,
        given: &TaskGiven,
        expect: &TaskExpectation,
    ) -> Result<Judgement, SubjectError> {
        let endpoint = self.endpoint()?;
        let limit = self
            .first_invocations
            .task_limit(self.subject, endpoint, given)?;
        let Exchange {
            address,
            result,
            arrivals,
        } = exchange(
            endpoint,
            limit,
            || endpoint.expect_task(&case.id, given),
            |address| {
                let mut input = given.input(&address.uri);
                input.timeout_ms = limit.ms;
                self.subject.task(&input)
            },
            |output| output.outcome.kind == OutcomeKind::TransportError,
        )?;
        let claims = &self.claims.capabilities;
        let checks = self.judge_reply(case, result, |reply| {
            judge::task(given, expect, claims, reply, &arrivals)
        })?;
        let find = self.plan.find_signed_text;
        let mut judgement = Judgement::of(without_address(checks, &address));
        judgement.limit = Some(limit);
        judgement.show(&arrivals, |request| {
            ShownRequest::of_task(given, &arrivals, request, find)
        });
        Ok(judgement)
    }

    /// Judges a reply without the parts that the subject lacks. Adds a failed check if the subject wrote the secret.
    fn judge_reply<T>(
        &self,
        case: &Case,
        result: SubjectResult<T>,
        judge: impl FnOnce(&Reply<T>) -> Vec<Check>,
    ) -> Result<Vec<Check>, SubjectError> {
        let SubjectReply { reply, leak } = result?;
        let mut checks = judge(&reply);
        let declined = matches!(reply, Reply::Unsupported(_));
        judge::withhold(case, self.claims, declined, &mut checks);
        checks.extend(leak.map(Leak::check));
        Ok(checks)
    }

    /// Makes the earlier invocation of a case. What it leaves behind in the subject is judged by the case.
    fn invoke_earlier(
        &self,
        endpoint: &Endpoint,
        case: &Case,
        given: &InvokeGiven,
        limit: Limit,
    ) -> Result<(), SubjectError> {
        let address = endpoint
            .expect(&format!("earlier {}", case.id), given)
            .map_err(|error| unplayable(&error))?;
        let mut input = given.input(&address.uri, &address.function);
        input.timeout_ms = limit.ms;
        let reply = self.subject.invoke(&input);
        endpoint.close(&address);
        reply.map(|_| ())
    }

    fn endpoint(&self) -> Result<&Endpoint, SubjectError> {
        let started = self.endpoint.get_or_init(|| {
            let at_once = self.plan.jobs.min(self.subject.parallel());
            Endpoint::start_for(at_once)
        });
        let endpoint = started.as_ref().map_err(|error| {
            let reason = shortage::described(error);
            SubjectError::Harness(format!("the fake endpoint does not start: {reason}"))
        })?;
        match endpoint.failure() {
            Some(reason) => Err(lost(reason)),
            None => Ok(endpoint),
        }
    }
}

fn with_note(case: &Case, status: Status, text: &str) -> CaseResult {
    CaseResult::unjudged(case, status).note(visible::line(text, 300))
}
