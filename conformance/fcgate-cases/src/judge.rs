//! The judge: compares an answer with the expectation of its case, one check for each assertion.

mod arrival;
mod arrived;
mod build;
mod check;
mod comparer;
mod cookies;
mod difference;
mod excerpt;
mod injection;
mod invoke;
mod long_body;
mod operations;
mod outcome;
mod redirected;
mod reply;
mod request_target;
mod result;
mod shown_request;
mod sign;
mod signature;
mod stable_text;
mod task;
mod trigger;
mod url;
mod value;
mod withhold;

pub use self::arrival::{Arrival, Arrivals, ArrivedRequest};
pub use self::check::{Check, CheckStatus};
pub use self::comparer::Comparer;
pub use self::difference::Difference;
pub use self::outcome::capability_of_field;
pub use self::result::{CaseResult, Status};
pub use self::shown_request::{FindSignedText, ShownRequest, SignedText};
pub use self::value::Value;
pub use self::withhold::withhold;

use crate::corpus::{
    BuildExpectation, InvokeExpectation, InvokeGiven, ParseExpectation, SignExpectation,
    TaskExpectation, TaskGiven, TriggerExpectation, TriggerGiven,
};
use fcgate_protocol::{
    BuildInput, BuildOutput, Capabilities, HeaderList, InvokeOutput, ParseOutput, Reply, Scheme,
    SignInput, SignOutput, TaskOutput, TriggerOutput,
};
use jiff::Timestamp;

/// Checks that a signed request has the current time, for an implementation that reads its own clock.
pub fn clock(scheme: Scheme, headers: &HeaderList, now: Timestamp) -> Check {
    arrived::clock(scheme, headers, now)
}

/// Judges an answer to `sign`.
pub fn sign(given: &SignInput, expect: &SignExpectation, answer: &Reply<SignOutput>) -> Vec<Check> {
    Comparer::CORRECT.sign(given, expect, answer)
}

/// Judges an answer to `build`.
pub fn build(
    given: &BuildInput,
    expect: &BuildExpectation,
    answer: &Reply<BuildOutput>,
) -> Vec<Check> {
    Comparer::CORRECT.build(given, expect, answer)
}

/// Judges an answer to `parse`; fields whose capability is not declared are not checked.
pub fn parse(
    expect: &ParseExpectation,
    claims: &Capabilities,
    answer: &Reply<ParseOutput>,
) -> Vec<Check> {
    Comparer::CORRECT.parse(expect, claims, answer)
}

/// Judges an answer to `invoke` by the outcome and by the requests that arrived.
pub fn invoke(
    given: &InvokeGiven,
    expect: &InvokeExpectation,
    claims: &Capabilities,
    answer: &Reply<InvokeOutput>,
    arrivals: &Arrivals,
) -> Vec<Check> {
    Comparer::CORRECT.invoke(given, expect, claims, answer, arrivals)
}

/// Judges an answer to `trigger` by the response and by the requests that arrived.
pub fn trigger(
    given: &TriggerGiven,
    expect: &TriggerExpectation,
    answer: &Reply<TriggerOutput>,
    arrivals: &Arrivals,
) -> Vec<Check> {
    Comparer::CORRECT.trigger(given, expect, answer, arrivals)
}

/// Judges an answer to `task` by its result and by the requests that arrived.
pub fn task(
    given: &TaskGiven,
    expect: &TaskExpectation,
    claims: &Capabilities,
    answer: &Reply<TaskOutput>,
    arrivals: &Arrivals,
) -> Vec<Check> {
    Comparer::CORRECT.task(given, expect, claims, answer, arrivals)
}
