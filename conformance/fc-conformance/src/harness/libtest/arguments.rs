//! The command line of a test target.

use anstream::ColorChoice;

use super::test::Test;

const USAGE: &str = "\
Usage: [OPTIONS] [FILTER...]

Runs the tests whose names contain one of the filters, or all.

Options:
      --exact              Match whole names instead of parts of them
      --skip FILTER        Skip tests whose names match; may be given several times
      --ignored            Run only ignored tests
      --include-ignored    Run ignored tests too
      --list               List the tests instead of running them
      --test-threads N     Run so many tests at a time
      --format FORMAT      pretty (one line for each test) or terse (one character)
  -q, --quiet              The same as --format terse
      --color WHEN         auto, always or never
      --nocapture, --no-capture, --show-output, --test
                           Accepted for compatibility, without effect
  -h, --help               Show this text
";

/// What the command line selects.
#[derive(Debug, Clone)]
pub(in crate::harness) struct Arguments {
    pub(in crate::harness) task: Task,
    pub(in crate::harness) color: ColorChoice,
    pub(in crate::harness) filters: Vec<String>,
    pub(in crate::harness) is_exact: bool,
    pub(super) skipped: Vec<String>,
    pub(super) ignored: IgnoredTests,
    pub(super) threads: Option<usize>,
    pub(super) format: Format,
}

/// What to do with the selected tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::harness) enum Task {
    Run,
    List,
    /// Show the usage.
    Help,
}

/// How ignored tests are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IgnoredTests {
    /// They are counted as ignored and do not run.
    Counted,
    /// They run like all others.
    Included,
    /// Only they run.
    Only,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// One line for each test.
    Pretty,
    /// One character for each test.
    Terse,
}

/// A command line that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::harness) struct ArgumentsError(pub(in super::super) String);

pub(in crate::harness) fn usage() -> &'static str {
    USAGE
}

impl Arguments {
    /// Parses the arguments after the name of the program.
    pub(in crate::harness) fn parse(
        arguments: impl IntoIterator<Item = String>,
    ) -> Result<Self, ArgumentsError> {
        let mut parsed = Self {
            task: Task::Run,
            color: ColorChoice::Auto,
            filters: Vec::new(),
            is_exact: false,
            skipped: Vec::new(),
            ignored: IgnoredTests::Counted,
            threads: None,
            format: Format::Pretty,
        };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            if argument == "--" {
                parsed.filters.extend(arguments.by_ref());
            } else if argument.starts_with('-') && argument != "-" {
                parsed.option(&argument, &mut arguments)?;
            } else {
                parsed.filters.push(argument);
            }
        }
        Ok(parsed)
    }

    fn option(
        &mut self,
        argument: &str,
        following: &mut impl Iterator<Item = String>,
    ) -> Result<(), ArgumentsError> {
        let (name, mut attached) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument, None),
        };
        let mut value = || {
            let value = attached.take().or_else(|| following.next());
            value.ok_or_else(|| ArgumentsError(format!("{name} needs a value")))
        };
        match name {
            "--skip" => self.skipped.push(value()?),
            "--test-threads" => self.threads = Some(threads(&value()?)?),
            "--format" => self.format = format(&value()?)?,
            "--color" => self.color = color(&value()?)?,
            "--exact" => self.is_exact = true,
            "--ignored" => self.ignored = IgnoredTests::Only,
            "--include-ignored" => self.ignored = IgnoredTests::Included,
            "--list" => self.task = Task::List,
            "-h" | "--help" => self.task = Task::Help,
            "-q" | "--quiet" => self.format = Format::Terse,
            "--nocapture" | "--no-capture" | "--show-output" | "--test" => {}
            _ => {
                let shown = fcgate_text::visible::line(name, 60);
                return Err(ArgumentsError(format!(
                    "unknown option '{shown}'; --help lists the options"
                )));
            }
        }
        match attached {
            Some(_) => Err(ArgumentsError(format!("{name} has no value"))),
            None => Ok(()),
        }
    }

    /// Whether this test is listed or run, or counted as ignored.
    pub(super) fn selects(&self, test: &Test) -> bool {
        let full_name = test.full_name();
        let matches = |filter: &String| {
            if self.is_exact {
                *filter == test.name || *filter == full_name
            } else {
                full_name.contains(filter)
            }
        };
        (self.filters.is_empty() || self.filters.iter().any(matches))
            && !self.skipped.iter().any(matches)
            && (self.ignored != IgnoredTests::Only || test.is_ignored)
    }
}

fn threads(value: &str) -> Result<usize, ArgumentsError> {
    match value.parse() {
        Ok(threads @ 1..) => Ok(threads),
        _ => Err(unexpected("--test-threads", value, "a number from 1")),
    }
}

fn format(value: &str) -> Result<Format, ArgumentsError> {
    match value {
        "pretty" => Ok(Format::Pretty),
        "terse" => Ok(Format::Terse),
        _ => Err(unexpected("--format", value, "pretty or terse")),
    }
}

fn color(value: &str) -> Result<ColorChoice, ArgumentsError> {
    match value {
        "auto" => Ok(ColorChoice::Auto),
        "always" => Ok(ColorChoice::Always),
        "never" => Ok(ColorChoice::Never),
        _ => Err(unexpected("--color", value, "auto, always or never")),
    }
}

fn unexpected(option: &str, value: &str, expected: &str) -> ArgumentsError {
    let value = fcgate_text::visible::line(value, 60);
    ArgumentsError(format!("{option}: expected {expected}, found '{value}'"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::harness::libtest::Outcome;

    fn parse(arguments: &[&str]) -> Result<Arguments, String> {
        let arguments = arguments.iter().map(ToString::to_string);
        Arguments::parse(arguments).map_err(|ArgumentsError(message)| message)
    }

    /// Whether the command line selects the test `[must] a.b`, ignored or not.
    fn selects(arguments: &[&str], is_ignored: bool) -> bool {
        let test = Test::new("a.b", || Outcome::Passed).kind("must");
        parse(arguments).unwrap().selects(&test.ignored(is_ignored))
    }

    #[test]
    fn filters_and_skips_match_a_part_of_the_listed_name() {
        for arguments in [&[][..], &["a"], &["x", "a."], &["[must]"], &["--skip", "x"]] {
            assert!(selects(arguments, false), "{arguments:?}");
        }
        for arguments in [&["x"][..], &["a", "--skip", "b"], &["--skip=[must]"]] {
            assert!(!selects(arguments, false), "{arguments:?}");
        }
    }

    #[test]
    fn exact_filters_and_skips_match_the_name_with_or_without_its_kind() {
        for arguments in [&["--exact", "a.b"][..], &["[must] a.b", "--exact"]] {
            assert!(selects(arguments, false), "{arguments:?}");
        }
        for arguments in [&["--exact", "a"][..], &["--exact", "--skip", "a.b"]] {
            assert!(!selects(arguments, false), "{arguments:?}");
        }
    }

    #[test]
    fn only_ignored_tests_are_selected_with_ignored() {
        assert!(selects(&["--ignored"], true));
        assert!(!selects(&["--ignored"], false));
        assert!(selects(&["--include-ignored"], true));
        assert!(selects(&["--include-ignored"], false));
    }

    #[test]
    fn options_of_libtest_are_accepted_in_both_spellings() {
        let parsed = parse(&[
            "--test-threads=3",
            "--format",
            "terse",
            "--color=never",
            "--nocapture",
            "--no-capture",
            "--show-output",
            "--test",
            "--list",
        ])
        .unwrap();
        assert_eq!((parsed.threads, parsed.task), (Some(3), Task::List));
        assert_eq!(parsed.format, Format::Terse);
        assert_eq!(parse(&["-q"]).unwrap().format, Format::Terse);
        assert_eq!(parse(&["-h"]).unwrap().task, Task::Help);
        assert_eq!(parse(&["--", "--list"]).unwrap().filters, ["--list"]);
    }

    #[test]
    fn an_unusable_command_line_is_an_error_that_names_the_option() {
        for (arguments, expected) in [
            (
                &["--bogus"][..],
                "unknown option '--bogus'; --help lists the options",
            ),
            (&["--skip"], "--skip needs a value"),
            (&["--exact=yes"], "--exact has no value"),
            (
                &["--test-threads", "0"],
                "--test-threads: expected a number from 1, found '0'",
            ),
            (
                &["--format=json"],
                "--format: expected pretty or terse, found 'json'",
            ),
            (
                &["--color", "red"],
                "--color: expected auto, always or never, found 'red'",
            ),
        ] {
            assert_eq!(parse(arguments).unwrap_err(), expected);
        }
    }
}
