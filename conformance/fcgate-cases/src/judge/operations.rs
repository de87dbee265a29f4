//! Judges an answer to each operation.

use fcgate_protocol::{
    BuildInput, BuildOutput, Capabilities, InvokeOutput, ParseOutput, Reply, SignInput, SignOutput,
    TaskOutput, TriggerOutput,
};

use crate::corpus::{
    BuildExpectation, InvokeExpectation, InvokeGiven, ParseExpectation, SignExpectation,
    TaskExpectation, TaskGiven, TriggerExpectation, TriggerGiven,
};

use super::{
    Arrivals, Check, Comparer, build, injection, invoke, long_body, outcome, reply, sign, task,
    trigger,
};

impl Comparer {
    /// Judges an answer to `sign`.
    pub fn sign(
        &self,
        given: &SignInput,
        expect: &SignExpectation,
        answer: &Reply<SignOutput>,
    ) -> Vec<Check> {
        let mut checks = match reply::as_expected(self, expect.refused, answer, sign::describe) {
            Ok(output) => sign::checks(self, given, expect, output),
            Err(check) => vec![*check],
        };
        (self.checks)(&mut checks);
        checks
    }

    /// Judges an answer to `build`.
    pub fn build(
        &self,
        given: &BuildInput,
        expect: &BuildExpectation,
        answer: &Reply<BuildOutput>,
    ) -> Vec<Check> {
        let mut checks = match reply::as_expected(self, expect.refused, answer, build::describe) {
            _ if !expect.not_injected.is_empty() => {
                injection::of_build(self, &expect.not_injected, answer)
            }
            Ok(output) => build::checks(self, given, expect, output),
            Err(check) => vec![*check],
        };
        (self.checks)(&mut checks);
        checks
    }

    /// Judges an answer to `parse`; fields whose capability is not declared are not checked.
    pub fn parse(
        &self,
        expect: &ParseExpectation,
        claims: &Capabilities,
        answer: &Reply<ParseOutput>,
    ) -> Vec<Check> {
        let mut checks = match reply::as_expected(self, None, answer, |_| String::new()) {
            Ok(output) => {
                let (fields, absent) = (&expect.outcome, &expect.absent);
                let mut checks = vec![reply::passed(self)];
                outcome::checks(self, fields, absent, claims, &output.outcome, &mut checks);
                checks
            }
            Err(check) => vec![*check],
        };
        (self.checks)(&mut checks);
        checks
    }

    /// Judges an answer to `invoke` by its outcome and by the requests that arrived.
    pub fn invoke(
        &self,
        given: &InvokeGiven,
        expect: &InvokeExpectation,
        claims: &Capabilities,
        answer: &Reply<InvokeOutput>,
        arrivals: &Arrivals,
    ) -> Vec<Check> {
        let mut checks = match reply::as_expected(self, None, answer, |_| String::new()) {
            _ if !expect.not_injected.is_empty() => {
                injection::of_invoke(self, &expect.not_injected, answer, arrivals)
            }
            Ok(output) => {
                let mut checks = vec![reply::passed(self)];
                if let Some(fields) = &expect.outcome {
                    let (absent, actual) = (&expect.absent, &output.outcome);
                    outcome::checks(self, fields, absent, claims, actual, &mut checks);
                }
                if let Some(expected) = &expect.payload_repeat {
                    let (expected, actual) = (expected.bytes(), output.outcome.payload.as_deref());
                    checks.push(long_body::compare(self, "payload_b64", &expected, actual));
                }
                checks
            }
            Err(check) => vec![*check],
        };
        invoke::checks(self, given, expect, arrivals, &mut checks);
        (self.checks)(&mut checks);
        checks
    }

    /// Judges an answer to `trigger` by the response and by the requests that arrived.
    pub fn trigger(
        &self,
        given: &TriggerGiven,
        expect: &TriggerExpectation,
        answer: &Reply<TriggerOutput>,
        arrivals: &Arrivals,
    ) -> Vec<Check> {
        let mut checks = match reply::as_expected(self, None, answer, |_| String::new()) {
            Ok(output) => {
                let mut checks = vec![reply::passed(self)];
                trigger::response(self, expect.response.as_ref(), output, &mut checks);
                checks
            }
            Err(check) => vec![*check],
        };
        trigger::arrivals(self, given, expect, arrivals, &mut checks);
        (self.checks)(&mut checks);
        checks
    }

    /// Judges an answer to `task` by its result and by the requests that arrived.
    pub fn task(
        &self,
        given: &TaskGiven,
        expect: &TaskExpectation,
        claims: &Capabilities,
        answer: &Reply<TaskOutput>,
        arrivals: &Arrivals,
    ) -> Vec<Check> {
        let mut checks = match reply::as_expected(self, None, answer, |_| String::new()) {
            Ok(output) => {
                let mut checks = vec![reply::passed(self)];
                task::result(self, expect, claims, output, &mut checks);
                checks
            }
            Err(check) => vec![*check],
        };
        task::arrivals(self, given, expect, arrivals, &mut checks);
        (self.checks)(&mut checks);
        checks
    }
}
