//! The comparisons of which every judgement is made.

use memchr::memmem;

use crate::corpus::{BuildExpectation, InvokeExpectation, ParseExpectation, SignExpectation};
use fcgate_protocol::{
    BuildInput, BuildOutput, Capabilities, Credentials, InvokeOutput, ParseOutput, RefusalClass,
    Reply, SignInput, SignOutput,
};

use super::{Arrivals, Check, Value, build, invoke, outcome, reply, sign};

/// What is equal, absent or true, and which checks count.
///
/// [`HONEST`](Self::HONEST) judges; the self-test puts faulty ones in its place and proves that it would
/// notice.
#[derive(Clone, Copy)]
#[expect(
    missing_debug_implementations,
    reason = "function pointers tell a reader nothing"
)]
pub struct Comparer {
    /// Whether the actual value is the expected one.
    pub equal: fn(&[u8], Option<&[u8]>) -> bool,
    /// Whether nothing is there.
    pub absent: fn(Option<&[u8]>) -> bool,
    /// Whether a property holds.
    pub holds: fn(bool) -> bool,
    /// Whether a refusal is of the expected class.
    pub refused: fn(RefusalClass, RefusalClass) -> bool,
    /// The last word on the checks of a case.
    pub checks: fn(&mut Vec<Check>),
}

impl Comparer {
    /// The right comparisons.
    pub const HONEST: Self = Self {
        equal: |expected, actual| actual == Some(expected),
        absent: |actual| actual.is_none(),
        holds: |holds| holds,
        refused: |expected, actual| expected == actual,
        checks: |_| (),
    };

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
        forget_bytes_of_secret(&mut checks, &given.credentials);
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
        forget_bytes_of_secret(&mut checks, &given.credentials);
        checks
    }

    /// Judges an answer to `parse`; fields whose capability is not claimed are not checked.
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

    /// Judges an answer to `invoke` by both witnesses: the outcome, and what arrived.
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

    /// Two byte strings that have to be equal.
    pub(super) fn compare(
        &self,
        id: impl Into<String>,
        expected: &[u8],
        actual: Option<&[u8]>,
    ) -> Check {
        Check::compared(id, expected, actual, (self.equal)(expected, actual))
    }

    /// Two texts that have to be equal.
    pub(super) fn compare_text(
        &self,
        id: impl Into<String>,
        expected: &str,
        actual: Option<&str>,
    ) -> Check {
        self.compare(id, expected.as_bytes(), actual.map(str::as_bytes))
    }

    /// A value that must not be there.
    pub(super) fn missing(&self, id: impl Into<String>, actual: Option<&[u8]>) -> Check {
        Check::found(id, actual, (self.absent)(actual))
    }

    /// A property that holds or not, both sides said in words.
    pub(super) fn property(
        &self,
        id: impl Into<String>,
        holds: bool,
        expected: &str,
        actual: &str,
    ) -> Check {
        Check::holds(id, (self.holds)(holds), expected, actual)
    }
}

/// Removes the stable bytes of every difference in a value that holds the secret.
fn forget_bytes_of_secret(checks: &mut [Check], credentials: &Credentials) {
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
