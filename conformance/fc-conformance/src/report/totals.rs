//! The totals of a run: the number of cases of each disposition, and the reasons for the verdict.

use crate::verdict::{Cause, Verdict};
use fcgate_cases::corpus::{Level, Operation};
use fcgate_cases::judge::{CaseResult, Status};

use super::disposition::Disposition;
use super::escape::escape;
use super::report_data::Report;

/// The operations in the order of the reports.
pub const OPERATIONS: [Operation; 6] = [
    Operation::Sign,
    Operation::Build,
    Operation::Parse,
    Operation::Invoke,
    Operation::Trigger,
    Operation::Task,
];

/// The number of cases of each disposition.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally([usize; Disposition::ALL.len()]);

impl Tally {
    /// Counts those of these results that no filter left out.
    pub fn of<'a>(report: &Report, results: impl Iterator<Item = &'a CaseResult>) -> Self {
        let mut tally = Self::default();
        for result in results {
            let disposition = Disposition::of(report, result);
            for (count, of) in tally.0.iter_mut().zip(Disposition::ALL) {
                *count += usize::from(of == disposition && report.is_selected(result));
            }
        }
        tally
    }

    /// The number of cases with this disposition.
    pub fn get(&self, disposition: Disposition) -> usize {
        let mut all = self.0.iter().zip(Disposition::ALL);
        all.find(|(_, of)| *of == disposition)
            .map_or(0, |(count, _)| *count)
    }

    /// The number of all cases.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }
}

/// Formats a number with its noun.
pub fn counted(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {noun}s"),
    }
}

/// The levels that gate, in words.
pub fn gating_levels(report: &Report) -> &'static str {
    if report.rules.gates(Level::Should) {
        "must and should"
    } else {
        "must"
    }
}

/// Returns the number of gating cases that passed, and the number of all gating cases that no filter left out.
pub fn required(report: &Report) -> (usize, usize) {
    let gating = || report.selected().filter(|result| report.gates(result));
    let passed = gating().filter(|result| result.status == Status::Pass);
    (passed.count(), gating().count())
}

/// The number of known failures.
pub fn known_failures(report: &Report) -> usize {
    let cases = report.cases.iter();
    cases
        .filter(|result| result.status == Status::Known)
        .count()
}

/// The verdict of a run in words. A run with known failures is never only conforming.
pub fn verdict(report: &Report) -> String {
    let known = known_failures(report);
    if report.verdict == Verdict::Conforming && known > 0 {
        return format!("conforming except for {}", counted(known, "known failure"));
    }
    words(report.verdict).to_owned()
}

fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Conforming => "conforming",
        Verdict::Nonconforming => "not conforming",
        Verdict::Incomplete => "incomplete",
        Verdict::Config => "wrong configuration",
        Verdict::Harness => "the gate failed",
        Verdict::Adapter => "the adapter failed",
    }
}

/// Returns the reasons for the verdict, one sentence each, the most serious first.
pub fn sentences(report: &Report) -> Vec<String> {
    let tally = Tally::of(report, report.cases.iter());
    let what = match report.verdict {
        Verdict::Adapter => Some("the adapter did not start or broke the protocol"),
        Verdict::Config => Some("the configuration is wrong"),
        Verdict::Harness if tally.get(Disposition::Broken) == 0 => Some("the gate itself failed"),
        _ => None,
    };
    let fault = report
        .fault
        .as_ref()
        .map(|fault| escape(fault).into_owned());
    let mut sentences: Vec<String> = what.map(str::to_owned).into_iter().chain(fault).collect();
    let mut say = |count: usize, one: &str, many: &str| match count {
        0 => {}
        1 => sentences.push(format!("1 case {one}")),
        _ => sentences.push(format!("{count} cases {many}")),
    };
    let broken = tally.get(Disposition::Broken);
    let why = "could not be judged, because the gate itself failed";
    say(broken, why, why);
    let untestable = report.counts.get(Status::Untestable);
    if report.adapter_never_answered() {
        let why = "did not run: the adapter did not reply";
        say(untestable, why, why);
    } else {
        say(
            untestable,
            "is declared, but no check could run",
            "are declared, but no check could run",
        );
    }
    say(
        report.counts.get(Status::Unsupported),
        "needs an undeclared capability or revision",
        "need an undeclared capability or revision",
    );
    let not_run = report.ended_early.as_ref().map_or(0, |end| end.not_run);
    say(
        report.counts.get(Status::Filtered).saturating_sub(not_run),
        "was left out by a filter; --partial-ok accepts that",
        "were left out by a filter; --partial-ok accepts that",
    );
    say(
        report.counts.get(Status::New),
        "is newer than the pinned suite and did not run",
        "are newer than the pinned suite and did not run",
    );
    say(
        report.counts.get(Status::Known),
        "fails as listed in the known failures",
        "fail as listed in the known failures",
    );
    let (failed, differs) = (
        tally.get(Disposition::Failed),
        tally.get(Disposition::Differs),
    );
    if failed == 0 {
        say(
            differs,
            "differs, but is not required",
            "differ, but are not required",
        );
    }
    if let Some(times) = report.repeat {
        sentences.push(format!("every case ran {times} times"));
    }
    let proven = |case: &CaseResult| report.gates(case) && case.status.executed();
    if !report.cases.iter().any(proven) {
        sentences.push("no required case ran".to_owned());
    }
    if let Some(end) = &report.ended_early {
        sentences.insert(0, end.sentence());
    }
    if failed > 0 {
        let gating = report.causes.iter().filter(|cause| gates(report, cause));
        let causes = counted(gating.count(), "cause");
        let failures = counted(failed, "required failure");
        let more = not_required(differs);
        sentences.insert(0, format!("{failures}, {causes}{more}"));
    }
    sentences
}

/// The words after a number of required failures: how many more cases differ.
fn not_required(differs: usize) -> String {
    match differs {
        0 => String::new(),
        1 => "; 1 more that is not required".to_owned(),
        _ => format!("; {differs} more that are not required"),
    }
}

/// The number of cases of a cause: the required ones, and how many more are not required.
pub fn cases_of_cause(report: &Report, cause: &Cause) -> String {
    let cases = cause.cases.iter().filter_map(|id| report.case(id));
    let failed = cases
        .filter(|result| Disposition::of(report, result) == Disposition::Failed)
        .count();
    let all = cause.cases.len();
    if failed == 0 || failed == all {
        return counted(all, "case");
    }
    let required = counted(failed, "required case");
    format!("{required}{}", not_required(all - failed))
}

/// Returns the example case of a cause: a required case, of the most basic operation, with the clearest difference and
/// the smallest input.
pub fn shown_case<'a>(report: &'a Report, cause: &Cause) -> Option<&'a CaseResult> {
    let cases = cause.cases.iter().filter_map(|id| report.case(id));
    // Prefer the more basic operation: a mistake in signing also makes `build` and `invoke` fail.
    cases.min_by_key(|result| {
        let failed = Disposition::of(report, result) == Disposition::Failed;
        let size = report.input_sizes.get(&result.id).copied().unwrap_or(0);
        (!failed, result.operation, obscurity(result), size)
    })
}

/// How little the first failed check shows: two values are clearer than one, and one is clearer than none.
fn obscurity(result: &CaseResult) -> u8 {
    let Some(check) = result.first_failure() else {
        return 2;
    };
    u8::from(check.expected.is_none()) + u8::from(check.actual.is_none())
}

/// Whether a cause changes the verdict.
pub fn gates(report: &Report, cause: &Cause) -> bool {
    shown_case(report, cause)
        .is_some_and(|result| Disposition::of(report, result) == Disposition::Failed)
}

/// Returns the causes: first those that change the verdict, then the others.
pub fn gating_first(report: &Report) -> Vec<&Cause> {
    let mut causes: Vec<&Cause> = report.causes.iter().collect();
    causes.sort_by_cached_key(|cause| !gates(report, cause));
    causes
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn a_number_and_its_noun_agree() {
        assert_eq!(counted(0, "capability"), "0 capabilities");
        assert_eq!(counted(1, "capability"), "1 capability");
        assert_eq!(counted(2, "cause"), "2 causes");
    }
}
