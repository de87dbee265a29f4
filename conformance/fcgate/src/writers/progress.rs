//! Shows the progress of a run: a bar on a terminal, a few lines elsewhere.

use std::io::{self, IsTerminal as _, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use fcgate_cases::judge::CaseResult;
use fcgate_http::clock;
use fcgate_runner::Progress;

/// A shorter run shows no bar.
const BAR_AFTER: Duration = Duration::from_millis(300);
/// A shorter run prints no lines.
const LINES_AFTER: Duration = Duration::from_secs(2);
/// The most lines that one run prints.
const LINES: usize = 10;

/// How the progress of a run is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProgressMode {
    /// Shows nothing.
    Quiet,
    /// Prints a line for every tenth of the cases.
    Lines,
    /// Draws a bar and updates it.
    Bar,
}

impl ProgressMode {
    /// Returns the mode for stderr: a bar on a terminal that can draw it and that is not a
    /// CI log (`TERM`, `CI`), otherwise lines.
    pub fn of_standard_error() -> Self {
        Self::of(
            io::stderr().is_terminal(),
            anstyle_query::term_supports_ansi_color(),
            anstyle_query::is_ci(),
        )
    }

    fn of(terminal: bool, drawable: bool, ci: bool) -> Self {
        if terminal && drawable && !ci {
            Self::Bar
        } else {
            Self::Lines
        }
    }
}

/// Shows progress on standard error, without colour.
///
/// ```
/// use std::sync::Arc;
///
/// use fcgate::writers::{ProgressMode, StderrProgress};
/// use fcgate_runner::Plan;
///
/// let mut plan = Plan::new();
/// plan.progress = Arc::new(StderrProgress::new(ProgressMode::of_standard_error()));
/// ```
pub struct StderrProgress {
    mode: ProgressMode,
    delay: Duration,
    lines: Mutex<Box<dyn Write + Send>>,
    gates: Box<dyn Fn(&CaseResult) -> bool + Send + Sync>,
    run: OnceLock<StartedRun>,
}

struct StartedRun {
    at: Instant,
    cases: usize,
    judged: AtomicUsize,
    failed: AtomicUsize,
    bar: ProgressBar,
}

impl StderrProgress {
    /// Creates a progress display in this mode.
    pub fn new(mode: ProgressMode) -> Self {
        let delay = match mode {
            ProgressMode::Bar => BAR_AFTER,
            _ => LINES_AFTER,
        };
        Self::with_writer(mode, delay, Box::new(io::stderr()))
    }

    /// Counts only the failed cases for which `gates` returns true. By default all failed cases count.
    #[must_use]
    pub fn gating(mut self, gates: impl Fn(&CaseResult) -> bool + Send + Sync + 'static) -> Self {
        self.gates = Box::new(gates);
        self
    }

    fn with_writer(mode: ProgressMode, delay: Duration, lines: Box<dyn Write + Send>) -> Self {
        Self {
            mode,
            delay,
            lines: Mutex::new(lines),
            gates: Box::new(|_| true),
            run: OnceLock::new(),
        }
    }

    fn line(&self, run: &StartedRun, judged: usize) {
        let tenth = |count: usize| count * LINES / run.cases.max(1);
        if tenth(judged) == tenth(judged - 1) || judged == run.cases {
            return;
        }
        let failed = run.failed.load(Ordering::Relaxed);
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        // A failed write must not stop the run, so its error is ignored.
        let _ = writeln!(
            lines,
            "fcgate: {judged} of {} cases, {failed} failed",
            run.cases
        );
    }
}

impl std::fmt::Debug for StderrProgress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StderrProgress")
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

impl Progress for StderrProgress {
    fn begin(&self, cases: usize) {
        let template = "fcgate {bar:32} {pos} of {len} cases{msg}";
        let style = ProgressStyle::with_template(template);
        let bar =
            ProgressBar::with_draw_target(u64::try_from(cases).ok(), ProgressDrawTarget::hidden())
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let run = StartedRun {
            at: clock::now(),
            cases,
            judged: AtomicUsize::new(0),
            failed: AtomicUsize::new(0),
            bar,
        };
        // This fails only for a second run with the same progress, which does not happen.
        let _ = self.run.set(run);
    }

    fn judged(&self, result: &CaseResult) {
        let Some(run) = self.run.get() else {
            return;
        };
        if self.mode == ProgressMode::Quiet {
            return;
        }
        let failed = usize::from(result.status.is_red() && (self.gates)(result));
        let failed = run.failed.fetch_add(failed, Ordering::Relaxed) + failed;
        let judged = run.judged.fetch_add(1, Ordering::Relaxed) + 1;
        let early = run.at.elapsed() < self.delay;
        match self.mode {
            ProgressMode::Lines if !early => self.line(run, judged),
            ProgressMode::Bar => {
                if !early && run.bar.is_hidden() {
                    run.bar.set_draw_target(ProgressDrawTarget::stderr());
                }
                if failed > 0 {
                    run.bar.set_message(format!(", {failed} failed"));
                }
                run.bar.inc(1);
            }
            _ => {}
        }
    }

    fn end(&self) {
        if let Some(run) = self.run.get() {
            run.bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use super::{ProgressMode, StderrProgress};
    use fcgate_cases::corpus::Corpus;
    use fcgate_cases::judge::{CaseResult, Status};
    use fcgate_runner::Progress as _;

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// The output in this mode for a run of forty cases, of which the second half crashes.
    fn output(mode: ProgressMode, delay: Duration) -> String {
        output_of(mode, delay, |_| true)
    }

    /// The same output, if only the cases that `gates` selects count.
    fn output_of(
        mode: ProgressMode,
        delay: Duration,
        gates: impl Fn(&CaseResult) -> bool + Send + Sync + 'static,
    ) -> String {
        let corpus = Corpus::embedded().unwrap();
        let written = Written::default();
        let progress =
            StderrProgress::with_writer(mode, delay, Box::new(written.clone())).gating(gates);
        progress.begin(40);
        for (place, case) in corpus.cases().into_iter().take(40).enumerate() {
            let status = if place < 20 {
                Status::Pass
            } else {
                Status::Crash
            };
            progress.judged(&CaseResult::unjudged(case, status));
        }
        progress.end();
        let bytes = written.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_line_is_printed_for_every_tenth_of_the_cases() {
        let lines = output(ProgressMode::Lines, Duration::ZERO);
        assert_eq!(lines.lines().count(), 9);
        assert_eq!(
            lines.lines().next(),
            Some("fcgate: 4 of 40 cases, 0 failed")
        );
        assert_eq!(
            lines.lines().last(),
            Some("fcgate: 36 of 40 cases, 16 failed")
        );
    }

    #[test]
    fn failures_that_do_not_gate_are_not_counted() {
        let lines = output_of(ProgressMode::Lines, Duration::ZERO, |_| false);
        assert_eq!(
            lines.lines().last(),
            Some("fcgate: 36 of 40 cases, 0 failed")
        );
    }

    #[test]
    fn short_and_quiet_runs_print_nothing() {
        assert_eq!(output(ProgressMode::Lines, Duration::MAX), "");
        assert_eq!(output(ProgressMode::Quiet, Duration::ZERO), "");
    }

    #[test]
    fn a_bar_is_drawn_only_on_a_capable_terminal() {
        assert_eq!(ProgressMode::of(true, true, false), ProgressMode::Bar);
        for (terminal, drawable, ci) in [
            (false, true, false),
            (true, false, false),
            (true, true, true),
        ] {
            assert_eq!(
                ProgressMode::of(terminal, drawable, ci),
                ProgressMode::Lines
            );
        }
    }
}
