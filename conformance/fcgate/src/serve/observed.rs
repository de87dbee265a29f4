//! One thing that was looked at in a request: checks with the rules that they are about.

use fcgate_cases::corpus::{Case, Level, Stimulus};
use fcgate_cases::judge::{CaseResult, Check, Status};
use fcgate_mutants::Mutant;

/// Becomes one result of the report.
#[derive(Debug)]
pub(super) struct Observed {
    /// What stands behind the number of the request, e.g. `signature`.
    pub(super) part: &'static str,
    pub(super) level: Level,
    pub(super) title: String,
    pub(super) because: &'static str,
    pub(super) stimulus: Stimulus,
    pub(super) checks: Vec<Check>,
    pub(super) requirements: Vec<String>,
    pub(super) mistake: Option<&'static Mutant>,
    /// Why nothing could be checked.
    pub(super) note: Option<String>,
}

impl Observed {
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

    /// One more check, and the rule that it is about.
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

    /// As a case with its result. Only where something is wrong the body is kept, to find out what.
    pub(super) fn result(mut self, id: String) -> (Case, CaseResult) {
        if !self.failed() {
            match &mut self.stimulus {
                Stimulus::Sign { given, .. } => given.body = Vec::new(),
                Stimulus::Build { given, .. } => given.input.payload = None,
                Stimulus::Parse { .. } | Stimulus::Invoke { .. } => {}
            }
        }
        let mut case = Case::observed(id, self.level, self.title, self.stimulus);
        self.because.clone_into(&mut case.because);
        self.requirements.sort();
        case.requirements = self.requirements;
        let mut result = CaseResult::judged(&case, self.checks);
        result.cause = self.mistake.map(|mistake| mistake.code.to_owned());
        if result.status == Status::Untestable {
            result.note = self.note;
        }
        (case, result)
    }
}
