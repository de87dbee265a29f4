//! The judge: an answer against what its case expects, one check for each assertion.

mod build;
mod check;
mod difference;
mod invoke;
mod mask;
mod outcome;
mod reply;
mod result;
mod sign;
mod url;

pub use self::check::{Check, CheckStatus};
pub use self::difference::Difference;
pub use self::invoke::{Arrival, Arrivals};
pub use self::outcome::capability_of_field;
pub use self::result::{CaseResult, Status};

use crate::corpus::{BuildExpectation, InvokeExpectation, ParseExpectation, SignExpectation};
use crate::protocol::{
    BuildInput, BuildOutput, Capabilities, InvokeOutput, ParseOutput, Reply, SignInput, SignOutput,
};

/// Judges an answer to `sign`.
pub fn sign(given: &SignInput, expect: &SignExpectation, answer: &Reply<SignOutput>) -> Vec<Check> {
    let checks = match reply::as_expected(expect.refused, answer) {
        Ok(output) => sign::checks(given, expect, output),
        Err(check) => vec![*check],
    };
    mask::secrets(checks, &given.credentials)
}

/// Judges an answer to `build`.
pub fn build(
    given: &BuildInput,
    expect: &BuildExpectation,
    answer: &Reply<BuildOutput>,
) -> Vec<Check> {
    let checks = match reply::as_expected(expect.refused, answer) {
        Ok(output) => build::checks(given, expect, output),
        Err(check) => vec![*check],
    };
    mask::secrets(checks, &given.credentials)
}

/// Judges an answer to `parse`; fields whose capability is not claimed are not checked.
pub fn parse(
    expect: &ParseExpectation,
    claims: &Capabilities,
    answer: &Reply<ParseOutput>,
) -> Vec<Check> {
    match reply::as_expected(None, answer) {
        Ok(output) => {
            let mut checks = vec![reply::passed()];
            outcome::checks(
                &expect.outcome,
                &expect.absent,
                claims,
                &output.outcome,
                &mut checks,
            );
            checks
        }
        Err(check) => vec![*check],
    }
}

/// Judges an answer to `invoke` by both witnesses: the outcome, and what arrived.
pub fn invoke(
    expect: &InvokeExpectation,
    claims: &Capabilities,
    answer: &Reply<InvokeOutput>,
    arrivals: &Arrivals,
) -> Vec<Check> {
    let mut checks = Vec::new();
    match reply::as_expected(None, answer) {
        Ok(output) => {
            checks.push(reply::passed());
            outcome::checks(
                &expect.outcome,
                &expect.absent,
                claims,
                &output.outcome,
                &mut checks,
            );
        }
        Err(check) => checks.push(*check),
    }
    invoke::checks(expect, arrivals, &mut checks);
    checks
}
