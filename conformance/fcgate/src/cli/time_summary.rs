//! Says after a long run where the time went.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use fc_conformance::report::totals::counted;

/// A shorter run needs no summary.
const LONG: Duration = Duration::from_secs(10);

/// The number of slow cases that the summary names.
const NAMED: usize = 3;

/// Returns where the time of a run went; `None` if the run was short.
///
/// `at_once` is the number of cases that could run at the same time.
pub(super) fn time_summary(
    whole: Duration,
    cases: &[(String, Duration)],
    at_once: usize,
) -> Option<String> {
    if whole < LONG || cases.is_empty() {
        return None;
    }
    let mut operations: BTreeMap<&str, (Duration, usize)> = BTreeMap::new();
    for (id, time) in cases {
        let operation = id.split('.').next().unwrap_or(id);
        let (sum, count) = operations.entry(operation).or_default();
        *sum += *time;
        *count += 1;
    }
    let mut operations: Vec<_> = operations.into_iter().collect();
    operations.sort_by_key(|(_, (sum, _))| std::cmp::Reverse(*sum));
    let parts = operations.iter().map(|(operation, (sum, count))| {
        let each = sum.as_secs_f64() / f64::from(u32::try_from(*count).unwrap_or(u32::MAX));
        let cases = counted(*count, "case");
        format!(
            "{operation} {:.1} s in {cases} ({each:.2} s each)",
            sum.as_secs_f64()
        )
    });
    let mut slowest: Vec<&(String, Duration)> = cases.iter().collect();
    slowest.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    let slowest = slowest.iter().take(NAMED);
    let slowest = slowest.map(|(id, time)| format!("{id} {:.1} s", time.as_secs_f64()));
    let mut text = format!(
        "the cases took {:.1} s, at most {at_once} at once\n  time of the cases: {}\n  slowest: {}",
        whole.as_secs_f64(),
        parts.collect::<Vec<_>>().join(", "),
        slowest.collect::<Vec<_>>().join(", ")
    );
    if at_once == 1 {
        let _ = write!(
            text,
            "\n  help: cases run side by side if `hello` declares `parallel`, or with --processes N"
        );
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::time_summary;

    fn cases() -> Vec<(String, Duration)> {
        let case = |id: &str, milliseconds| (id.to_owned(), Duration::from_millis(milliseconds));
        vec![
            case("sign.a", 200),
            case("invoke.a", 4_000),
            case("invoke.b", 6_000),
            case("sign.b", 100),
        ]
    }

    #[test]
    fn a_long_run_says_where_its_time_went() {
        let text = time_summary(Duration::from_secs(11), &cases(), 1).unwrap();
        insta::assert_snapshot!(text, @r"
the cases took 11.0 s, at most 1 at once
  time of the cases: invoke 10.0 s in 2 cases (5.00 s each), sign 0.3 s in 2 cases (0.15 s each)
  slowest: invoke.b 6.0 s, invoke.a 4.0 s, sign.a 0.2 s
  help: cases run side by side if `hello` declares `parallel`, or with --processes N
");
        let parallel = time_summary(Duration::from_secs(11), &cases(), 8).unwrap();
        assert!(!parallel.contains("help:"), "{parallel}");
    }

    #[test]
    fn a_short_run_has_no_summary() {
        assert_eq!(time_summary(Duration::from_secs(9), &cases(), 1), None);
        assert_eq!(time_summary(Duration::from_secs(99), &[], 1), None);
    }
}
