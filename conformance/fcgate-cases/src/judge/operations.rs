//! Judges an answer to each operation.

use memchr::memmem;

use fcgate_protocol::{
    BuildInput, BuildOutput, Capabilities, Credentials, InvokeOutput, ParseOutput, Reply,
    SignInput, SignOutput,
};

use crate::corpus::{BuildExpectation, InvokeExpectation, ParseExpectation, SignExpectation};

use super::{Arrivals, Check, Comparer, Value, build, invoke, outcome, reply, sign};

impl Comparer {
    /// Judges an answer to `sign`.
    pub fn sign(
        &self,
        given: &SignInput,
        expect: &SignExpectation,
        answer: &Reply<SignOutput>,
    ) -> Vec<Check> {
        let mut checks = match reply::as_expected(self, expect.refused, answer) {
            Ok(output) => sign::checks(self, given, expect, output),
            Err(check) => vec![*check],
        };
        (self.checks)(&mut checks);
        hide_bytes_of_secret(&mut checks, &given.credentials);
        checks
    }

    /// Judges an answer to `build`.
    pub fn build(
        &self,
        given: &BuildInput,
        expect: &BuildExpectation,
        answer: &Reply<BuildOutput>,
    ) -> Vec<Check> {
        let mut checks = match reply::as_expected(self, expect.refused, answer) {
            Ok(output) => build::checks(self, given, expect, output),
            Err(check) => vec![*check],
        };
        (self.checks)(&mut checks);
        hide_bytes_of_secret(&mut checks, &given.credentials);
        checks
    }

    /// Judges an answer to `parse`; fields whose capability is not declared are not checked.
    pub fn parse(
        &self,
        expect: &ParseExpectation,
        claims: &Capabilities,
        answer: &Reply<ParseOutput>,
    ) -> Vec<Check> {
        let mut checks = match reply::as_expected(self, None, answer) {
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
        expect: &InvokeExpectation,
        claims: &Capabilities,
        answer: &Reply<InvokeOutput>,
        arrivals: &Arrivals,
    ) -> Vec<Check> {
        let mut checks = Vec::new();
        match reply::as_expected(self, None, answer) {
            Ok(output) => {
                let (fields, absent) = (&expect.outcome, &expect.absent);
                checks.push(reply::passed(self));
                outcome::checks(self, fields, absent, claims, &output.outcome, &mut checks);
            }
            Err(check) => checks.push(*check),
        }
        invoke::checks(self, expect, arrivals, &mut checks);
        (self.checks)(&mut checks);
        checks
    }
}

/// Removes the bytes of a difference if the expected or actual value contains the secret.
fn hide_bytes_of_secret(checks: &mut [Check], credentials: &Credentials) {
    let secret = credentials.access_key_secret.trim().as_bytes();
    if secret.is_empty() {
        return;
    }
    for check in checks {
        let sides = [&check.expected, &check.actual].into_iter().flatten();
        let holds = |side: &Value| {
            let bytes = side.bytes();
            bytes.is_some_and(|bytes| memmem::find(bytes, secret).is_some())
        };
        if let Some(difference) = &mut check.first_difference
            && sides.into_iter().any(holds)
        {
            difference.bytes = None;
        }
    }
}
