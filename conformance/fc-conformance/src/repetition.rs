//! Combines the repetitions of a run, and finds the cases whose result differs between them.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::verdict::fingerprint;
use fcgate_cases::judge::{CaseResult, Check, Status};
use fcgate_runner::Run;

/// The id of the check that fails if the repetitions of a case have different results.
pub(crate) const FLAKY: &str = "flaky";

/// Combines the repetitions of a run into one result for each case. The duration of a case is that of all repetitions.
///
/// A case is flaky if it passes in one repetition and fails in another, or fails in different ways. A flaky case
/// fails with the check `flaky`, which shows how often each result occurred. A case that the gate could not run in one
/// repetition has that result.
pub fn combine(repetitions: Vec<Run>) -> Run {
    let mut results: Vec<Vec<CaseResult>> = Vec::new();
    let mut times: BTreeMap<String, Duration> = BTreeMap::new();
    let mut combined = Run::default();
    for run in repetitions {
        results.resize_with(run.results.len(), Vec::new);
        for (all, result) in results.iter_mut().zip(run.results) {
            all.push(result);
        }
        for (id, time) in run.timings {
            *times.entry(id).or_default() += time;
        }
        combined.ended_after = run.ended_after.or(combined.ended_after);
    }
    combined.results = results.into_iter().filter_map(of_case).collect();
    combined.timings = times.into_iter().collect();
    combined
}

/// Returns the one result of a case, from the results of its repetitions.
fn of_case(mut results: Vec<CaseResult>) -> Option<CaseResult> {
    let with = |status: Status| results.iter().position(|result| result.status == status);
    let harness = with(Status::Harness);
    if harness.is_none()
        && let Some(flaky) = flaky(&results)
    {
        return Some(flaky);
    }
    let place = harness
        .or_else(|| with(Status::Untestable))
        .or_else(|| results.iter().position(|result| result.status.executed()))
        .unwrap_or(0);
    (place < results.len()).then(|| results.swap_remove(place))
}

/// Returns the failed result of a case whose repetitions have different results.
fn flaky(results: &[CaseResult]) -> Option<CaseResult> {
    let mut ways: BTreeMap<String, usize> = BTreeMap::new();
    let executed = || results.iter().filter(|result| result.status.executed());
    for result in executed() {
        let way = fingerprint(result)
            .map_or_else(|| "passed".to_owned(), |way| format!("failed ({way})"));
        *ways.entry(way).or_default() += 1;
    }
    if ways.len() < 2 {
        return None;
    }
    let times = executed().count();
    let expected = format!("the same result in all {times} repetitions");
    let counts = ways
        .iter()
        .map(|(way, count)| format!("{way} {count} of {times} times"));
    let actual = counts.collect::<Vec<_>>().join("; ");
    let mut flaky = executed().find(|result| result.status.is_red())?.clone();
    flaky.status = Status::Fail;
    let check = Check::holds(FLAKY, false, &expected, &actual);
    flaky.checks.insert(0, check);
    Some(flaky)
}

#[cfg(test)]
mod tests {
    use super::combine;
    use fcgate_cases::corpus::Corpus;
    use fcgate_cases::judge::{CaseResult, Check, Status};
    use fcgate_runner::Run;

    /// The combined result of repetitions of one case.
    fn of(statuses: &[Status]) -> CaseResult {
        let corpus = Corpus::embedded().unwrap();
        let case = corpus.cases()[0];
        let runs = statuses.iter().map(|status| {
            let mut run = Run::default();
            run.results.push(match status {
                Status::Fail => {
                    CaseResult::judged(case, vec![Check::equal_text("status", "200", Some("201"))])
                }
                status => CaseResult::unjudged(case, *status),
            });
            run
        });
        combine(runs.collect()).results.remove(0)
    }

    #[test]
    fn a_case_whose_result_flips_fails_as_flaky() {
        let flaky = of(&[Status::Pass, Status::Fail, Status::Pass]);
        assert_eq!(flaky.status, Status::Fail);
        let check = flaky.first_failure().unwrap();
        assert_eq!(check.id, "flaky");
        assert_eq!(
            check.actual_text().unwrap(),
            "failed (status 200>201) 1 of 3 times; passed 2 of 3 times"
        );
        assert_eq!(of(&[Status::Crash, Status::Fail]).checks[0].id, "flaky");
    }

    #[test]
    fn equal_results_stay_as_they_are() {
        for status in [
            Status::Pass,
            Status::Crash,
            Status::Filtered,
            Status::Unsupported,
        ] {
            let result = of(&[status, status]);
            assert_eq!((result.status, result.checks.len()), (status, 0));
        }
        assert_eq!(of(&[Status::Fail, Status::Fail]).checks.len(), 1);
    }

    #[test]
    fn a_case_that_could_not_run_once_is_not_passed() {
        assert_eq!(
            of(&[Status::Pass, Status::Untestable]).status,
            Status::Untestable
        );
        assert_eq!(
            of(&[Status::Pass, Status::Harness, Status::Fail]).status,
            Status::Harness
        );
    }

    #[test]
    fn a_case_that_ran_in_fewer_repetitions_keeps_its_result() {
        assert_eq!(of(&[Status::Pass, Status::Filtered]).status, Status::Pass);
    }
}
