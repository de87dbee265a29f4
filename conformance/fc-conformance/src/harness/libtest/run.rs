//! Running and listing the selected tests.

use std::any::Any;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use fcgate_http::clock;

use super::arguments::{Arguments, IgnoredTests};
use super::printer::Printer;
use super::summary::Summary;
use super::test::{Outcome, Test};

/// Prints the names of the selected tests, one on a line: `name: test`.
pub(in crate::harness) fn list(
    arguments: &Arguments,
    tests: &[Test],
    out: &mut dyn Write,
) -> io::Result<()> {
    tests
        .iter()
        .filter(|test| arguments.selects(test))
        .try_for_each(|test| writeln!(out, "{}: test", test.full_name()))
}

/// Runs the selected tests, several at a time, and prints their results.
pub(in crate::harness) fn run(
    arguments: &Arguments,
    tests: &[Test],
    out: &mut dyn Write,
) -> io::Result<Summary> {
    let from = clock::now();
    let selected: Vec<&Test> = tests
        .iter()
        .filter(|test| arguments.selects(test))
        .collect();
    let mut summary = Summary {
        filtered_out: tests.len() - selected.len(),
        ..Summary::default()
    };
    let mut printer = Printer::new(out, arguments.format);
    printer.title(selected.len())?;
    let threads = arguments
        .threads
        .or_else(|| thread::available_parallelism().ok().map(usize::from))
        .unwrap_or(1);
    let next = AtomicUsize::new(0);
    let (sender, results) = mpsc::channel();
    let mut failures = thread::scope(|scope| -> io::Result<_> {
        for _ in 0..threads.min(selected.len()) {
            let sender = sender.clone();
            let (next, selected) = (&next, &selected);
            scope.spawn(move || {
                while let Some(test) = selected.get(next.fetch_add(1, Ordering::Relaxed)) {
                    // After a failed write the receiver is gone, and the remaining tests are not run.
                    if sender.send((*test, outcome(arguments, test))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let results = results;
        let mut failures = Vec::new();
        for (test, outcome) in &results {
            printer.result(test, &outcome)?;
            match outcome {
                Outcome::Passed => summary.passed += 1,
                Outcome::Ignored(_) => summary.ignored += 1,
                Outcome::Failed(message) => {
                    summary.failed += 1;
                    failures.push((test, message));
                }
            }
        }
        Ok(failures)
    })?;
    failures.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
    printer.failures(&failures)?;
    printer.summary(&summary, from.elapsed())?;
    Ok(summary)
}

fn outcome(arguments: &Arguments, test: &Test) -> Outcome {
    if test.is_ignored && arguments.ignored == IgnoredTests::Counted {
        return Outcome::Ignored(None);
    }
    catch_unwind(AssertUnwindSafe(|| (test.run)()))
        .unwrap_or_else(|payload| Outcome::Failed(panic_message(payload.as_ref())))
}

fn panic_message(payload: &(dyn Any + Send)) -> String {
    let text = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied());
    match text {
        Some(text) => format!("test panicked: {text}"),
        None => "test panicked".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tests() -> Vec<Test> {
        vec![
            Test::new("passes", || Outcome::Passed).kind("must"),
            Test::new("fails", || Outcome::failed("expected 1, found 2")),
            Test::new("panics", || panic!("out of range")),
            Test::new("reason", || Outcome::ignored("not declared: sign.fc")),
            Test::new("ignored", || Outcome::Passed).ignored(true),
        ]
    }

    fn printed(arguments: &[&str]) -> (Summary, String) {
        let arguments = arguments.iter().map(ToString::to_string);
        let arguments = Arguments::parse(arguments).unwrap();
        let mut out = Vec::new();
        let summary = run(&arguments, &tests(), &mut out).unwrap();
        let text = anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string();
        let (text, _time) = text.split_once("finished in").unwrap();
        (summary, text.to_owned())
    }

    #[test]
    fn a_run_prints_each_result_and_then_the_failures() {
        let (summary, text) = printed(&["--test-threads", "1", "--skip", "nothing"]);
        let counts = (summary.passed, summary.failed, summary.ignored);
        assert_eq!((counts, summary.filtered_out), ((1, 2, 2), 0));
        let expected = [
            "running 5 tests",
            "test [must] passes ... ok",
            "test fails ... FAILED",
            "test panics ... FAILED",
            "test reason ... ignored (not declared: sign.fc)",
            "test ignored ... ignored",
            "",
            "failures:",
            "",
            "---- fails ----",
            "expected 1, found 2",
            "",
            "---- panics ----",
            "test panicked: out of range",
            "",
            "",
            "failures:",
            "    fails",
            "    panics",
            "",
            "test result: FAILED. 1 passed; 2 failed; 2 ignored; 0 measured; 0 filtered out;",
        ];
        assert_eq!(text.trim().lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_terse_run_prints_one_character_for_each_test() {
        let (summary, text) = printed(&["-q", "--test-threads=1", "--include-ignored", "e"]);
        assert_eq!((summary.passed, summary.filtered_out), (2, 2));
        assert!(text.starts_with("\nrunning 3 tests\n.i.\n"), "{text}");
    }

    #[test]
    fn several_threads_run_each_test_once() {
        let (summary, _) = printed(&["--test-threads", "4"]);
        assert_eq!(summary, printed(&["--test-threads", "1"]).0);
    }

    #[test]
    fn a_list_has_one_line_for_each_selected_test() {
        let listed = |arguments: &[&str]| {
            let arguments = arguments.iter().map(ToString::to_string);
            let arguments = Arguments::parse(arguments).unwrap();
            let mut out = Vec::new();
            list(&arguments, &tests(), &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let all = "[must] passes: test\nfails: test\npanics: test\nreason: test\nignored: test\n";
        assert_eq!(listed(&["--list", "--format", "terse"]), all);
        assert_eq!(listed(&["--list", "--ignored"]), "ignored: test\n");
    }
}
