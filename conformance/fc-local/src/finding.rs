//! One checked property of a request: its checks, and the rules that they test.

use fcgate_cases::corpus::{Case, Level, Stimulus};
use fcgate_cases::judge::{CaseResult, Check, CheckStatus, Difference, Status, Value};
use fcgate_mutants::Mutant;
use fcgate_text::redaction::redact_tokens;

/// One checked property of a request. It becomes one result of the report.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    /// The part of the id after the number of the request, e.g. `signature`.
    pub(super) part: &'static str,
    pub(super) level: Level,
    pub(super) title: String,
    pub(super) because: &'static str,
    pub(super) stimulus: Stimulus,
    pub(super) checks: Vec<Check>,
    pub(super) requirements: Vec<String>,
    pub(super) mistake: Option<&'static Mutant>,
    /// The reason why nothing could be checked.
    pub(super) note: Option<String>,
}

impl Finding {
    pub(super) fn new(part: &'static str, level: Level, title: String, stimulus: Stimulus) -> Self {
        Self {
            part,
            level,
            title,
            because: "",
            stimulus,
            checks: Vec::new(),
            requirements: Vec::new(),
            mistake: None,
            note: None,
        }
    }

    /// Adds a check and the rule that it tests.
    pub(super) fn check(&mut self, check: Check, requirement: &str) {
        self.checks.push(check);
        self.rule(requirement);
    }

    pub(super) fn rule(&mut self, requirement: &str) {
        if !self.requirements.iter().any(|known| known == requirement) {
            self.requirements.push(requirement.to_owned());
        }
    }

    pub(super) fn failed(&self) -> bool {
        self.checks.iter().any(Check::failed)
    }

    /// Removes the body of the request if it is longer than `longest`.
    pub(super) fn remove_body(&mut self, longest: usize) {
        remove_body(&mut self.stimulus, longest);
    }

    /// Whether no check could run.
    pub(super) fn is_unchecked(&self) -> bool {
        let mut checks = self.checks.iter();
        checks.all(|check| check.status == CheckStatus::Unsupported)
    }

    /// Returns a case with its result.
    pub(super) fn result(mut self, id: String) -> (Case, CaseResult) {
        let mut case = Case::observed(id, self.level, self.title, self.stimulus);
        self.because.clone_into(&mut case.because);
        self.requirements.sort();
        case.requirements = self.requirements;
        self.checks.iter_mut().for_each(redact);
        let mut result = CaseResult::judged(&case, self.checks);
        result.cause = self.mistake.map(|mistake| mistake.code.to_owned());
        if result.status == Status::Untestable {
            result.note = self.note;
        }
        (case, result)
    }
}

/// Replaces the tokens in the values of a check.
fn redact(check: &mut Check) {
    let is_expected_changed = check.expected.as_mut().is_some_and(redact_value);
    let is_actual_changed = check.actual.as_mut().is_some_and(redact_value);
    let is_changed = is_expected_changed || is_actual_changed;
    if let (true, Some(difference)) = (is_changed, &mut check.first_difference) {
        let bytes = |value: &Option<Value>| {
            let bytes = value.as_ref().and_then(Value::bytes);
            bytes.unwrap_or_default().to_vec()
        };
        *difference = Difference::between(&bytes(&check.expected), &bytes(&check.actual));
    }
}

fn redact_value(value: &mut Value) -> bool {
    match value {
        Value::Bytes(bytes) => {
            let Ok(text) = std::str::from_utf8(bytes) else {
                return false;
            };
            let redacted = redact_tokens(text);
            let is_changed = redacted != text;
            if is_changed {
                *bytes = redacted.into_bytes();
            }
            is_changed
        }
        Value::Text(text) => {
            let redacted = redact_tokens(text);
            let is_changed = redacted != *text;
            *text = redacted;
            is_changed
        }
    }
}

/// The longest body that is kept for the analysis of a failure.
pub(super) const LONGEST_BODY: usize = 64 * 1024;

/// Removes the body of a request if it is longer than `longest`.
pub(super) fn remove_body(stimulus: &mut Stimulus, longest: usize) {
    match stimulus {
        Stimulus::Sign { given, .. } if given.body.len() > longest => given.body = Vec::new(),
        Stimulus::Build { given, .. } => {
            given.input.payload.take_if(|body| body.len() > longest);
        }
        Stimulus::Sign { .. }
        | Stimulus::Parse { .. }
        | Stimulus::Invoke { .. }
        | Stimulus::Trigger { .. }
        | Stimulus::Task { .. } => {}
    }
}
