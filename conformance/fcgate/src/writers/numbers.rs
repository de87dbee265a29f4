//! The numbers of one report: how many required cases pass, fail and did not run.

use fc_conformance::report::Report;
use fc_conformance::report::totals;
use fc_conformance::verdict::Verdict;
use fcgate_cases::judge::Status;

/// How many of the required cases passed, failed and did not run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    pub(super) passed: usize,
    /// The failures that the known failures list.
    pub(super) known: usize,
    /// The other failures.
    pub(super) failed: usize,
    pub(super) not_run: usize,
}

impl Numbers {
    pub(super) fn of(report: &Report) -> Self {
        let mut numbers = Self::default();
        for case in report.selected().filter(|case| report.gates(case)) {
            let count = match case.status {
                Status::Pass => &mut numbers.passed,
                Status::Known => &mut numbers.known,
                status if status.is_red() => &mut numbers.failed,
                _ => &mut numbers.not_run,
            };
            *count += 1;
        }
        numbers
    }

    /// All required cases.
    pub(super) fn required(&self) -> usize {
        self.ran() + self.not_run
    }

    pub(super) fn ran(&self) -> usize {
        self.passed + self.known + self.failed
    }

    /// The number of failures, and how many of them are known.
    pub(super) fn failed_in_words(&self) -> String {
        let all = self.known + self.failed;
        match (self.known, self.failed) {
            (0, _) => all.to_string(),
            (_, 0) => format!("{all}, all known"),
            (known, _) => format!("{all}, {known} of them known"),
        }
    }

    /// The verdict in words. A client with failures is never only conforming, also if all of them are known.
    pub(super) fn verdict(&self, report: &Report) -> String {
        if report.verdict == Verdict::Conforming && self.known > 0 {
            let failures = totals::counted(self.known, "known failure");
            return format!("exit 0 because of {failures}");
        }
        format!("{} (exit {})", totals::verdict(report), report.exit)
    }
}

#[cfg(test)]
mod tests {
    use super::Numbers;

    #[test]
    fn failures_are_counted_whether_known_or_not() {
        let numbers = |known, failed| Numbers {
            passed: 2,
            known,
            failed,
            not_run: 1,
        };
        assert_eq!(numbers(3, 1).required(), 7);
        assert_eq!(numbers(3, 1).failed_in_words(), "4, 3 of them known");
        assert_eq!(numbers(3, 0).failed_in_words(), "3, all known");
        assert_eq!(numbers(0, 0).failed_in_words(), "0");
    }
}
