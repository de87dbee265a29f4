//! The output of a test run.

use std::io::{self, Write};
use std::time::Duration;

use crate::report::style::{BAD, GOOD, WARN, styled};

use super::arguments::Format;
use super::summary::Summary;
use super::test::{Outcome, Test};

/// Prints results as tests end.
pub(super) struct Printer<'a> {
    out: &'a mut dyn Write,
    format: Format,
}

impl<'a> Printer<'a> {
    pub(super) fn new(out: &'a mut dyn Write, format: Format) -> Self {
        Self { out, format }
    }

    pub(super) fn title(&mut self, tests: usize) -> io::Result<()> {
        let plural = if tests == 1 { "" } else { "s" };
        writeln!(self.out, "\nrunning {tests} test{plural}")
    }

    pub(super) fn result(&mut self, test: &Test, outcome: &Outcome) -> io::Result<()> {
        let (character, word) = match outcome {
            Outcome::Passed => (".", styled(GOOD, "ok")),
            Outcome::Failed(_) => ("F", styled(BAD, "FAILED")),
            Outcome::Ignored(None) => ("i", styled(WARN, "ignored")),
            Outcome::Ignored(Some(reason)) => ("i", styled(WARN, &format!("ignored ({reason})"))),
        };
        match self.format {
            Format::Pretty => writeln!(self.out, "test {} ... {word}", test.full_name()),
            Format::Terse => self.out.write_all(character.as_bytes()),
        }?;
        self.out.flush()
    }

    /// Prints each failed test with its message, and then their names.
    pub(super) fn failures(&mut self, failures: &[(&Test, String)]) -> io::Result<()> {
        if failures.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "\nfailures:\n")?;
        for (test, message) in failures {
            writeln!(self.out, "---- {} ----\n{message}\n", test.name)?;
        }
        writeln!(self.out, "\nfailures:")?;
        failures
            .iter()
            .try_for_each(|(test, _)| writeln!(self.out, "    {}", test.name))
    }

    pub(super) fn summary(&mut self, summary: &Summary, time: Duration) -> io::Result<()> {
        let word = if summary.failed == 0 {
            styled(GOOD, "ok")
        } else {
            styled(BAD, "FAILED")
        };
        writeln!(
            self.out,
            "\ntest result: {word}. {} passed; {} failed; {} ignored; 0 measured; \
             {} filtered out; finished in {:.2}s\n",
            summary.passed,
            summary.failed,
            summary.ignored,
            summary.filtered_out,
            time.as_secs_f64()
        )
    }
}
