//! The test target of an implementation in Rust: its tests and their results.

use std::fs;

use anstream::adapter::strip_str;
use fc_conformance::diagnosis::explain;
use fc_conformance::known::today;
use fc_conformance::report::{Report, Verbosity, text};
use fc_conformance::verdict::Rules;
use fc_conformance::{Harness, HarnessError};
use fcgate_cases::Claims;
use fcgate_cases::Profile;
use fcgate_cases::corpus::{Case, Corpus, Level};
use fcgate_protocol::Implementation;
use fcgate_protocol::{Hello, OutcomeKind, ParseInput, ParseOutput, Reply, capability};
use fcgate_reference::Reference;
use fcgate_runner::{self as runner, InProcess, Plan};
use jiff::ToSpan as _;
use tempfile::TempDir;

/// Reports a function error as a success, returns no error message, and panics on status 202.
struct Wrong;

impl Implementation for Wrong {
    fn hello(&self) -> Hello {
        Hello::new("wrong", "1.0.0", "rust")
            .claim(capability::PARSE)
            .claim(capability::FUNCTION_ERROR)
            .revision("2021-04-06")
    }

    fn parse(&self, input: &ParseInput) -> Reply<ParseOutput> {
        assert_ne!(input.status, 202, "status 202 is not implemented");
        Reference.parse(input).map(|mut output| {
            if output.outcome.kind == OutcomeKind::FunctionError {
                output.outcome.kind = OutcomeKind::Completed;
            }
            output.outcome.message = None;
            output
        })
    }
}

/// Declares nothing; `hello` panics if the flag is set.
struct Silent(bool);

impl Implementation for Silent {
    fn hello(&self) -> Hello {
        assert!(!self.0, "hello is not implemented");
        Hello::new("silent", "1.0.0", "rust")
    }
}

const HANDLED: &str = "parse.recorded-scripts-function-error.200-error-type-handled-json";
const HANDLED_AS_LISTED: &str = "kind function_error>completed";
/// An unknown error type: no check of this case is required.
const OBSERVED: &str = "parse.function-errors.type-unknown";
/// A case of level `should`.
const SHOULD: &str = "parse.service-errors.code-function-not-found";
const ACCEPTED: &str = "parse.recorded-scripts-accepted.202-async-json-body";
const COMPLETED: &str = "parse.recorded-scripts-success.200-json";
const UNCLAIMED: &str = "sign.fc-vectors.fc-01";

const PASSED: (u64, u64, u64) = (1, 0, 0);
const FAILED: (u64, u64, u64) = (0, 1, 0);
const IGNORED: (u64, u64, u64) = (0, 0, 1);

/// Runs the selected tests: how many passed, failed and were ignored, and what they printed.
fn run(harness: Harness, arguments: &[&str]) -> ((u64, u64, u64), String) {
    let mut out = Vec::new();
    let passed = harness
        .run(arguments.iter().map(ToString::to_string), &mut out)
        .unwrap();
    let printed = String::from_utf8(out).unwrap();
    let summary = printed.lines().rfind(|line| !line.is_empty()).unwrap();
    let count = |word: &str| -> u64 {
        let before = summary.split_once(word).unwrap().0.trim();
        before.rsplit(' ').next().unwrap().parse().unwrap()
    };
    let counts = (count("passed;"), count("failed;"), count("ignored;"));
    assert_eq!(passed, counts.1 == 0);
    (counts, printed)
}

/// The printed lines with the result of a test.
fn results(printed: &str) -> String {
    let lines = printed.lines().filter(|line| line.contains(" ... "));
    lines.collect::<Vec<_>>().join("\n")
}

/// The error before any test runs.
fn harness_error(harness: Harness, arguments: &[&str]) -> HarnessError {
    let arguments = arguments.iter().map(ToString::to_string);
    harness.run(arguments, &mut Vec::new()).unwrap_err()
}

fn wrong(arguments: &[&str]) -> ((u64, u64, u64), String) {
    run(Harness::new(&Wrong), arguments)
}

/// A harness with a file of known failures; its only entry expires in this number of days.
fn with_known(case: &str, sees: &str, days: i64) -> (Harness, TempDir) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("fcgate-known.toml");
    let (added, expires) = (today() - 10.days(), today() + days.days());
    let entry = format!(
        "version = 1\n[[known]]\nmatch = \"{case}\"\nsees = \"{sees}\"\n\
         because = \"a test\"\nissue = \"unfiled\"\nadded = {added}\nexpires = {expires}\n"
    );
    fs::write(&path, entry).unwrap();
    (Harness::new(&Wrong).known(path), folder)
}

#[test]
fn the_list_has_a_test_for_each_case_with_its_level_and_id() {
    let mut out = Vec::new();
    assert!(
        Harness::new(&Wrong)
            .run(["--list".to_owned()], &mut out)
            .unwrap()
    );
    let guards = [
        "conformance.gate-is-sound: test".to_owned(),
        "conformance.something-required-ran: test".to_owned(),
    ];
    let corpus = Corpus::embedded().unwrap();
    let cases = corpus.cases().into_iter();
    let cases = cases.map(|case| format!("[{}] {}: test", case.level, case.id));
    let expected: Vec<String> = guards.into_iter().chain(cases).collect();
    let listed = String::from_utf8(out).unwrap();
    assert_eq!(listed.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn filters_work_as_in_cargo_test() {
    let (counts, printed) = wrong(&["recorded-scripts-success", "--skip", "[observe]"]);
    assert_eq!(counts, (5, 0, 0), "{printed}");
    let (counts, printed) = wrong(&["--exact", &format!("[must] {COMPLETED}")]);
    assert_eq!(counts, PASSED, "{printed}");
    let (counts, printed) = wrong(&["conformance."]);
    assert_eq!(counts, (2, 0, 0), "{printed}");
}

#[test]
fn a_failure_prints_the_human_report_with_the_cargo_test_command() {
    let (counts, printed) = wrong(&["--exact", HANDLED]);
    assert_eq!(counts, FAILED);
    let from = printed.find("error[").unwrap();
    let block = printed[from..].split("\n\n").next().unwrap();
    assert!(block.lines().count() > 5, "{block}");

    let (corpus, hello) = (Corpus::embedded().unwrap(), Wrong.hello());
    let (claims, plan) = (Claims::of(&hello), Plan::new());
    let selected = |case: &Case| case.id == HANDLED;
    let run = runner::run(&corpus, &InProcess::new(&Wrong), &claims, &plan, &selected);
    let attribution = explain(&run.results, &corpus, &Reference);
    let rules = Rules::new();
    let report = Report::new(
        &corpus,
        &hello,
        &claims,
        0,
        run.results,
        &attribution,
        rules,
    );
    let human = strip_str(&text(&report, &corpus, Verbosity::Normal)).to_string();
    let by_gate = format!("fcgate run --partial-ok --only {HANDLED}");
    let here = format!("cargo test -- --exact {HANDLED}");
    assert!(block.contains(&here), "{block}");
    assert!(
        human.contains(&block.replace(&here, &by_gate)),
        "{human}\n{block}"
    );
}

#[test]
fn a_panic_fails_only_the_case_that_was_running() {
    let (counts, printed) = wrong(&["parse.recorded-scripts-accepted"]);
    assert_eq!(counts.0 + counts.2, 0, "{printed}");
    let (counts, printed) = wrong(&["--exact", ACCEPTED]);
    assert_eq!(counts, FAILED);
    assert!(
        printed.contains("status 202 is not implemented"),
        "{printed}"
    );
    assert_eq!(wrong(&["--exact", COMPLETED]).0, PASSED);
}

#[test]
fn a_case_with_an_undeclared_capability_is_ignored() {
    let (counts, printed) = wrong(&["--exact", UNCLAIMED]);
    assert_eq!(counts, IGNORED, "{printed}");
    let (counts, printed) = wrong(&["--exact", UNCLAIMED, "--include-ignored"]);
    assert_eq!(counts, IGNORED);
    insta::assert_snapshot!(results(&printed), @"test [must] sign.fc-vectors.fc-01 ... ignored (not declared: sign.fc)");
}

#[test]
fn a_failing_case_that_is_not_required_is_ignored_with_the_difference() {
    let (counts, printed) = wrong(&["--exact", OBSERVED]);
    assert_eq!(counts, IGNORED);
    insta::assert_snapshot!(results(&printed), @"test [observe] parse.function-errors.type-unknown ... ignored (not required, but kind function_error>completed)");
}

#[test]
fn a_case_of_the_selected_level_is_required() {
    let (counts, printed) = wrong(&["--exact", SHOULD]);
    assert_eq!(counts, IGNORED, "{printed}");
    let strict = Harness::new(&Wrong).level(Level::Should);
    assert_eq!(run(strict, &["--exact", SHOULD]).0, FAILED);
}

#[test]
fn an_implementation_that_declares_nothing_fails() {
    let (counts, printed) = run(Harness::new(&Silent(false)), &[]);
    assert_eq!((counts.0, counts.1), (1, 1), "{printed}");
    assert!(printed.contains("no required case ran"), "{printed}");
    assert!(counts.2 > 1000);
}

#[test]
fn an_unsupported_revision_is_a_configuration_error() {
    let error = harness_error(Harness::new(&Wrong).revision("2016-08-15"), &[]);
    assert_eq!(
        error.to_string(),
        "revision 2016-08-15 is not supported; expected one of: 2021-04-06"
    );
    assert_eq!(error.verdict().code(), 2);
}

#[test]
fn a_hello_that_panics_is_the_only_test_and_fails() {
    let (counts, printed) = run(Harness::new(&Silent(true)), &[]);
    assert_eq!(counts, FAILED);
    assert!(
        printed.contains("\nhello panics: hello is not implemented\n"),
        "{printed}"
    );
}

#[test]
fn a_profile_fails_demanded_cases_that_are_not_declared() {
    let demanding = Harness::new(&Wrong).profile(Profile::Core);
    let (counts, printed) = run(demanding.clone(), &["--exact", UNCLAIMED]);
    assert_eq!(counts, FAILED);
    let sentence = "the profile core demands this case; not declared: sign.fc";
    assert!(printed.contains(sentence), "{printed}");
    let (counts, printed) = run(demanding, &["--exact", "invoke.basic.2021-04-06-fc-sync"]);
    assert_eq!(counts, IGNORED, "{printed}");
}

#[test]
fn a_profile_fails_a_passing_case_whose_outcome_field_is_not_declared() {
    let (counts, printed) = run(
        Harness::new(&Wrong).profile(Profile::Sign),
        &["--exact", COMPLETED],
    );
    assert_eq!(counts, PASSED, "{printed}");
    let (counts, printed) = run(
        Harness::new(&Wrong).profile(Profile::Full),
        &["--exact", COMPLETED],
    );
    assert_eq!(counts, FAILED, "{printed}");
    assert!(printed.contains("the profile demands a field"), "{printed}");
}

#[test]
fn a_known_failure_is_ignored_with_its_fingerprint() {
    let (harness, _folder) = with_known(HANDLED, HANDLED_AS_LISTED, 30);
    let (counts, printed) = run(harness.clone(), &["--exact", HANDLED]);
    assert_eq!(counts, IGNORED);
    insta::assert_snapshot!(results(&printed), @"test [must] parse.recorded-scripts-function-error.200-error-type-handled-json ... ignored (known failure: kind function_error>completed)");
    let (counts, printed) = run(harness, &["conformance.known"]);
    assert_eq!(counts, PASSED, "{printed}");
}

#[test]
fn a_known_case_that_passes_or_fails_differently_fails() {
    let (harness, _folder) = with_known(COMPLETED, HANDLED_AS_LISTED, 30);
    assert_eq!(run(harness, &["--exact", COMPLETED]).0, FAILED);
    let (harness, _folder) = with_known(HANDLED, "crash", 30);
    assert_eq!(run(harness, &["--exact", HANDLED]).0, FAILED);
    // This holds at any level.
    let (harness, _folder) = with_known(OBSERVED, "crash", 30);
    assert_eq!(run(harness, &["--exact", OBSERVED]).0, FAILED);
}

#[test]
fn an_expired_known_failure_fails() {
    let (harness, _folder) = with_known(HANDLED, HANDLED_AS_LISTED, -1);
    assert_eq!(run(harness.clone(), &["--exact", HANDLED]).0, FAILED);
    let (counts, printed) = run(harness, &["conformance.known"]);
    assert_eq!(counts, FAILED);
    assert!(printed.contains("expired on"), "{printed}");
}

#[test]
fn an_unusable_file_of_known_failures_is_a_configuration_error() {
    let (harness, _folder) = with_known("sign.nothing", HANDLED_AS_LISTED, 30);
    let error = harness_error(harness, &[]);
    insta::assert_snapshot!(error.to_string().rsplit('/').next().unwrap(), @"fcgate-known.toml:2: entry 1: no case matches 'sign.nothing'");
    assert_eq!(error.verdict().code(), 2);
    let error = harness_error(Harness::new(&Wrong).known("no-such-file.toml"), &[]);
    assert!(
        error
            .to_string()
            .starts_with("no-such-file.toml cannot be read: "),
        "{error}"
    );
    assert_eq!(error.verdict().code(), 2);
}

#[test]
fn an_unknown_option_is_a_usage_error() {
    let error = harness_error(Harness::new(&Wrong), &["--bogus"]);
    insta::assert_snapshot!(error, @"unknown option '--bogus'; --help lists the options");
    assert_eq!(error.verdict().code(), 2);
}

#[test]
fn the_command_line_of_nextest_runs_one_listed_test() {
    let list = ["--list", "--format", "terse", "--ignored"];
    let mut out = Vec::new();
    let arguments = list.map(str::to_owned);
    assert!(Harness::new(&Wrong).run(arguments, &mut out).unwrap());
    let ignored = String::from_utf8(out).unwrap();
    assert!(ignored.contains(&format!("{UNCLAIMED}: test\n")));
    assert!(!ignored.contains(COMPLETED));
    let (counts, printed) = wrong(&[&format!("[must] {COMPLETED}"), "--nocapture", "--exact"]);
    assert_eq!(counts, PASSED, "{printed}");
}
