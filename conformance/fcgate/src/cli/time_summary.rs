//! Says after a long run where the time went.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use fcgate_http::clock;

use fc_conformance::report::totals::counted;

/// A shorter run needs no summary.
const LONG: Duration = Duration::from_secs(10);

/// A shorter phase is not shown.
const SHOWN: Duration = Duration::from_millis(100);

/// The number of slow cases that the summary names.
const NAMED: usize = 3;

/// The durations of the phases of a run.
#[derive(Debug)]
pub(super) struct Phases {
    /// The end of the last phase.
    last: Instant,
    ended: Vec<(&'static str, Duration)>,
}

impl Phases {
    pub(super) fn start() -> Self {
        Self {
            last: clock::now(),
            ended: Vec::new(),
        }
    }

    /// Ends a phase with this name; the next one starts.
    pub(super) fn end(&mut self, name: &'static str) {
        let now = clock::now();
        self.ended.push((name, now.duration_since(self.last)));
        self.last = now;
    }
}

/// Returns where the time of a run went; `None` if the run was short.
///
/// `at_once` is the number of cases that could run at the same time.
pub(super) fn time_summary(
    phases: &Phases,
    cases: &[(String, Duration)],
    at_once: usize,
) -> Option<String> {
    let whole: Duration = phases.ended.iter().map(|(_, time)| *time).sum();
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
    let long_phases = phases.ended.iter().filter(|(_, time)| *time >= SHOWN);
    let phases = long_phases.map(|(name, time)| format!("{name} {:.1} s", time.as_secs_f64()));
    let mut text = format!(
        "the run took {:.1} s: {}\n  the cases, at most {at_once} at once: {}\n  slowest: {}",
        whole.as_secs_f64(),
        phases.collect::<Vec<_>>().join(", "),
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

    use super::{Phases, time_summary};

    /// A run whose cases took this time.
    fn phases(seconds: u64) -> Phases {
        let mut phases = Phases::start();
        phases.ended = vec![
            ("start of the adapter", Duration::from_millis(1_500)),
            ("cases", Duration::from_secs(seconds)),
            ("search for mistakes", Duration::from_millis(20)),
        ];
        phases
    }

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
        let text = time_summary(&phases(11), &cases(), 1).unwrap();
        insta::assert_snapshot!(text, @r"
the run took 12.5 s: start of the adapter 1.5 s, cases 11.0 s
  the cases, at most 1 at once: invoke 10.0 s in 2 cases (5.00 s each), sign 0.3 s in 2 cases (0.15 s each)
  slowest: invoke.b 6.0 s, invoke.a 4.0 s, sign.a 0.2 s
  help: cases run side by side if `hello` declares `parallel`, or with --processes N
");
        let parallel = time_summary(&phases(11), &cases(), 8).unwrap();
        assert!(!parallel.contains("help:"), "{parallel}");
    }

    #[test]
    fn a_short_run_has_no_summary() {
        assert_eq!(time_summary(&phases(8), &cases(), 1), None);
        assert_eq!(time_summary(&phases(99), &[], 1), None);
    }
}
