//! Runs the inputs of a family against a subject.

use std::sync::Arc;
use std::time::Duration;

use fcgate_cases::Claims;
use fcgate_cases::corpus::{Case, Corpus, Stimulus};
use fcgate_cases::judge::{CaseResult, Check, Status};
use fcgate_http::clock;
use fcgate_runner::{Plan, SingleCase, Subject, not_run};

use super::family::{Family, Stimuli, Tree};
use super::seed::Seed;
use super::shrink::shrink;
use super::{PREFIX, named};

/// The divisor for the number of `invoke` inputs, because an HTTP exchange is more expensive than other requests.
const INVOKE_DIVISOR: u32 = 16;

/// The maximum number of smaller inputs that crash a process. After each crash the process has to start again.
const MAX_CRASHES: u32 = 3;

/// The maximum number of characters of an input that the report shows.
const MAX_CHARACTERS: usize = 2_000;

/// Runs every selected family of a corpus [with families](super::with_families), and returns each result and duration.
///
/// A family has one result: it passes if all its inputs pass. The first input that fails is shrunk. The result
/// contains the checks of the shrunk input, the input, and the seed that generates it again. For one seed and
/// number of inputs, the results are the same in every run.
///
/// No family runs if the run has already `ended`, or after a result that ends the run by the plan.
pub fn run(
    corpus: &Corpus,
    subject: &dyn Subject,
    claims: &Claims,
    plan: &Plan,
    inputs: u32,
    selected: &dyn Fn(&Case) -> bool,
    mut ended: bool,
) -> Vec<(CaseResult, Duration)> {
    let mut quiet = plan.clone();
    quiet.progress = Arc::new(());
    let single_case = SingleCase::new(subject, claims, &quiet);
    let cases = corpus.cases().into_iter();
    let families = cases.filter(|case| case.id.starts_with(PREFIX));
    let results = families.filter_map(|case| Some((case, named(&case.id)?)));
    let results = results.map(|(case, family)| {
        let from = clock::now();
        let result = if !selected(case) {
            CaseResult::unjudged(case, Status::Filtered)
        } else if !claims.cover(case) {
            CaseResult::unsupported(case, claims)
        } else if ended {
            not_run(case)
        } else {
            FamilyRun {
                case,
                family,
                single_case: &single_case,
                plan: &quiet,
            }
            .result(inputs)
        };
        ended |= plan.ends_after(&result);
        (result, from.elapsed())
    });
    results.collect()
}

struct FamilyRun<'a> {
    case: &'a Case,
    family: &'static Family,
    single_case: &'a SingleCase<'a>,
    plan: &'a Plan,
}

impl FamilyRun<'_> {
    fn result(&self, inputs: u32) -> CaseResult {
        let inputs = if self.case.stimulus.operation().is_exchange() {
            inputs.div_ceil(INVOKE_DIVISOR)
        } else {
            inputs
        };
        for index in 0..inputs {
            let Some(tree) = self.family.tree(self.plan.seed, index) else {
                return CaseResult::unjudged(self.case, Status::Harness)
                    .note("no input can be generated");
            };
            if let Some(first) = self.failure(&tree.current()) {
                return self.shrunk(index, tree, first);
            }
        }
        let held = format!("the property holds for {inputs} inputs");
        CaseResult::judged(self.case, vec![Check::holds("law", true, &held, &held)])
    }

    /// Returns the result of the first of these stimuli whose reply does not match the expectation.
    fn failure(&self, drawn: &Stimuli) -> Option<CaseResult> {
        let mut failures = drawn.iter().enumerate().filter_map(|(place, stimulus)| {
            let case = Case {
                id: format!("{}/{place}", self.case.id),
                stimulus: stimulus.clone(),
                ..self.case.clone()
            };
            let result = self.single_case.run(&case);
            (result.status != Status::Pass).then_some(result)
        });
        failures.next()
    }

    fn shrunk(&self, index: u32, tree: Tree, first: CaseResult) -> CaseResult {
        if !first.status.is_red() {
            return CaseResult {
                note: first.note,
                ..CaseResult::unjudged(self.case, first.status)
            };
        }
        let mut worst = first;
        let mut crashes = 0;
        let smallest = shrink(tree, |drawn| {
            if self.plan.stop.is_set() || crashes == MAX_CRASHES {
                return None;
            }
            let failure = self.failure(drawn).filter(|result| result.status.is_red());
            let Some(failure) = failure else {
                return Some(false);
            };
            crashes += u32::from(failure.status != Status::Fail);
            worst = failure;
            Some(true)
        });
        let seed = Seed {
            family: self.family,
            run: self.plan.seed,
            index,
            steps: smallest.steps,
        };
        let input = input_text(&smallest.drawn);
        let mut result = CaseResult::unjudged(self.case, worst.status);
        result.checks = worst.checks;
        if result.status == Status::Fail {
            result.checks.push(text_check("input", &input));
            result.checks.push(text_check("seed", &seed.to_string()));
        }
        let words = worst
            .note
            .map(|note| format!("{note}; "))
            .unwrap_or_default();
        result.note(format!(
            "{words}seed {seed}; fcgate vector promote writes it as a case; input {input}"
        ))
    }
}

/// Creates an additional failed check that shows a text.
fn text_check(id: &str, text: &str) -> Check {
    Check::holds(id, false, "the property holds for every input", text)
}

/// Formats the input as JSON, without its secrets.
fn input_text(drawn: &Stimuli) -> String {
    let texts = drawn.iter().map(|stimulus| {
        let (given, secret) = match stimulus {
            Stimulus::Sign { given, .. } => {
                (serde_json::to_string(given), secret(&given.credentials))
            }
            Stimulus::Build { given, .. } => {
                (serde_json::to_string(given), secret(&given.credentials))
            }
            Stimulus::Parse { given, .. } => (serde_json::to_string(given), ""),
            Stimulus::Invoke { given, .. } => {
                (serde_json::to_string(given), secret(&given.credentials))
            }
            Stimulus::Trigger { given, .. } => {
                (serde_json::to_string(given), secret(&given.credentials))
            }
            Stimulus::Task { given, .. } => {
                (serde_json::to_string(given), secret(&given.credentials))
            }
        };
        let given = given.unwrap_or_default();
        if secret.is_empty() {
            given
        } else {
            given.replace(secret, "[secret]")
        }
    });
    let text = texts.collect::<Vec<_>>().join(" and ");
    match text.char_indices().nth(MAX_CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

fn secret(credentials: &fcgate_protocol::Credentials) -> &str {
    &credentials.access_key_secret
}
