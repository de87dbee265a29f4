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

/// The manner in which the progress of a run is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Manner {
    /// Shows nothing.
    Quiet,
    /// Prints a line for every tenth of the cases.
    Lines,
    /// Draws a bar and updates it.
    Bar,
}

impl Manner {
    /// Returns the manner for standard error: a bar on a terminal that can draw it and that is not a
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
/// use fcgate::writers::{Manner, StandardError};
/// use fcgate_runner::Plan;
///
/// let mut plan = Plan::new();
/// plan.progress = Arc::new(StandardError::new(Manner::of_standard_error()));
/// ```
pub struct StandardError {
    manner: Manner,
    patience: Duration,
    lines: Mutex<Box<dyn Write + Send>>,
    gates: Box<dyn Fn(&CaseResult) -> bool + Send + Sync>,
    begun: OnceLock<Begun>,
}

struct Begun {
    at: Instant,
    cases: usize,
    judged: AtomicUsize,
    red: AtomicUsize,
    bar: ProgressBar,
}

impl StandardError {
    /// Creates a progress display in this manner.
    pub fn new(manner: Manner) -> Self {
        let patience = match manner {
            Manner::Bar => BAR_AFTER,
            _ => LINES_AFTER,
        };
        Self::onto(manner, patience, Box::new(io::stderr()))
    }

    /// Counts only the red cases for which `gates` returns true. By default all red cases count.
    #[must_use]
    pub fn gating(mut self, gates: impl Fn(&CaseResult) -> bool + Send + Sync + 'static) -> Self {
        self.gates = Box::new(gates);
        self
    }

    fn onto(manner: Manner, patience: Duration, lines: Box<dyn Write + Send>) -> Self {
        Self {
            manner,
            patience,
            lines: Mutex::new(lines),
            gates: Box::new(|_| true),
            begun: OnceLock::new(),
        }
    }

    fn line(&self, begun: &Begun, judged: usize) {
        let tenth = |count: usize| count * LINES / begun.cases.max(1);
        if tenth(judged) == tenth(judged - 1) || judged == begun.cases {
            return;
        }
        let red = begun.red.load(Ordering::Relaxed);
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        // A failed write must not stop the run, so its error is ignored.
        let _ = writeln!(
            lines,
            "fcgate: {judged} of {} cases, {red} red",
            begun.cases
        );
    }
}

impl std::fmt::Debug for StandardError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StandardError")
            .field("manner", &self.manner)
            .finish_non_exhaustive()
    }
}

impl Progress for StandardError {
    fn begin(&self, cases: usize) {
        let template = "fcgate {bar:32} {pos} of {len} cases{msg}";
        let style = ProgressStyle::with_template(template);
        let bar =
            ProgressBar::with_draw_target(u64::try_from(cases).ok(), ProgressDrawTarget::hidden())
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let begun = Begun {
            at: clock::now(),
            cases,
            judged: AtomicUsize::new(0),
            red: AtomicUsize::new(0),
            bar,
        };
        // This fails only for a second run with the same progress, which does not happen.
        let _ = self.begun.set(begun);
    }

    fn judged(&self, result: &CaseResult) {
        let Some(begun) = self.begun.get() else {
            return;
        };
        if self.manner == Manner::Quiet {
            return;
        }
        let red = usize::from(result.status.is_red() && (self.gates)(result));
        let red = begun.red.fetch_add(red, Ordering::Relaxed) + red;
        let judged = begun.judged.fetch_add(1, Ordering::Relaxed) + 1;
        let early = begun.at.elapsed() < self.patience;
        match self.manner {
            Manner::Lines if !early => self.line(begun, judged),
            Manner::Bar => {
                if !early && begun.bar.is_hidden() {
                    begun.bar.set_draw_target(ProgressDrawTarget::stderr());
                }
                if red > 0 {
                    begun.bar.set_message(format!(", {red} red"));
                }
                begun.bar.inc(1);
            }
            _ => {}
        }
    }

    fn end(&self) {
        if let Some(begun) = self.begun.get() {
            begun.bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use super::{Manner, StandardError};
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

    /// The output in this manner for a run of forty cases, of which the second half crashes.
    fn said(manner: Manner, patience: Duration) -> String {
        said_of(manner, patience, |_| true)
    }

    /// The same output, if only the cases that `gates` selects count.
    fn said_of(
        manner: Manner,
        patience: Duration,
        gates: impl Fn(&CaseResult) -> bool + Send + Sync + 'static,
    ) -> String {
        let corpus = Corpus::embedded().unwrap();
        let written = Written::default();
        let progress =
            StandardError::onto(manner, patience, Box::new(written.clone())).gating(gates);
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
    fn a_line_is_said_for_every_tenth() {
        let lines = said(Manner::Lines, Duration::ZERO);
        assert_eq!(lines.lines().count(), 9);
        assert_eq!(lines.lines().next(), Some("fcgate: 4 of 40 cases, 0 red"));
        assert_eq!(lines.lines().last(), Some("fcgate: 36 of 40 cases, 16 red"));
    }

    #[test]
    fn what_does_not_gate_is_not_red() {
        let lines = said_of(Manner::Lines, Duration::ZERO, |_| false);
        assert_eq!(lines.lines().last(), Some("fcgate: 36 of 40 cases, 0 red"));
    }

    #[test]
    fn a_short_run_and_a_quiet_one_say_nothing() {
        assert_eq!(said(Manner::Lines, Duration::MAX), "");
        assert_eq!(said(Manner::Quiet, Duration::ZERO), "");
    }

    #[test]
    fn a_bar_is_only_for_a_terminal_that_can_be_drawn_on() {
        assert_eq!(Manner::of(true, true, false), Manner::Bar);
        for (terminal, drawable, ci) in [
            (false, true, false),
            (true, false, false),
            (true, true, true),
        ] {
            assert_eq!(Manner::of(terminal, drawable, ci), Manner::Lines);
        }
    }
}
