//! The test target of an implementation in Rust: what becomes a test, and how each ends.

use std::fs;

use anstream::adapter::strip_str;
use fc_conformance::Harness;
use fc_conformance::diagnosis::explain;
use fc_conformance::known::today;
use fc_conformance::report::{Report, Verbosity, text};
use fc_conformance::verdict::Rules;
use fcgate_cases::Claims;
use fcgate_cases::Profile;
use fcgate_cases::corpus::{Case, Corpus, Level};
use fcgate_protocol::Implementation;
use fcgate_protocol::{Hello, OutcomeKind, ParseInput, ParseOutput, Reply, capability};
use fcgate_reference::Reference;
use fcgate_runner::{self as runner, InProcess, Plan};
use jiff::ToSpan as _;
use libtest_mimic::{Arguments, Trial};
use tempfile::TempDir;

/// It takes a function error for a success, shows no message of the service, and does not expect a 202.
struct Wrong;

impl Implementation for Wrong {
    fn hello(&self) -> Hello {
        Hello::new("wrong", "1.0.0", "rust")
            .claim(capability::PARSE)
            .claim(capability::FUNCTION_ERROR)
            .revision("2021-04-06")
    }

    fn parse(&self, input: &ParseInput) -> Reply<ParseOutput> {
        assert_ne!(input.status, 202, "nobody expects a 202");
        Reference.parse(input).map(|mut output| {
            if output.outcome.kind == OutcomeKind::FunctionError {
                output.outcome.kind = OutcomeKind::Completed;
            }
            output.outcome.message = None;
            output
        })
    }
}

/// It claims nothing, or panics when it is asked.
struct Silent(bool);

impl Implementation for Silent {
    fn hello(&self) -> Hello {
        assert!(!self.0, "nobody is at home");
        Hello::new("silent", "1.0.0", "rust")
    }
}

const HANDLED: &str = "parse.recorded-scripts-function-error.200-error-type-handled-json";
const HANDLED_AS_LISTED: &str = "kind function_error>completed";
/// An unknown error type, of which nothing is required.
const OBSERVED: &str = "parse.function-errors.type-unknown";
/// A message that should be shown.
const SHOULD: &str = "parse.service-errors.code-function-not-found";
const ACCEPTED: &str = "parse.recorded-scripts-accepted.202-async-json-body";
const COMPLETED: &str = "parse.recorded-scripts-success.200-json";
const UNCLAIMED: &str = "sign.fc-vectors.fc-01";

const PASSED: (u64, u64, u64) = (1, 0, 0);
const FAILED: (u64, u64, u64) = (0, 1, 0);
const IGNORED: (u64, u64, u64) = (0, 0, 1);

/// How many tests that these arguments select pass, fail and are ignored, and what they print.
fn run(harness: Harness, arguments: &[&str]) -> ((u64, u64, u64), String) {
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("log").display().to_string();
    let mut arguments = Arguments::from_iter(["target"].iter().chain(arguments));
    arguments.logfile = Some(log.clone());
    let ended = libtest_mimic::run(&arguments, harness.trials(&arguments).unwrap());
    let counts = (ended.num_passed, ended.num_failed, ended.num_ignored);
    (counts, fs::read_to_string(log).unwrap())
}

/// What a process without arguments runs.
fn all() -> Arguments {
    Arguments::from_iter(["target"])
}

fn wrong(arguments: &[&str]) -> ((u64, u64, u64), String) {
    run(Harness::new(&Wrong), arguments)
}

/// A harness with a file of known failures: one entry, valid from today on for so many days.
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
fn every_case_is_a_test_with_its_id_and_its_level() {
    let corpus = Corpus::embedded().unwrap();
    let trials = Harness::new(&Wrong).trials(&all()).unwrap();
    let named: Vec<(String, String)> = trials
        .iter()
        .filter(|trial| !trial.kind().is_empty())
        .map(|trial| (trial.name().to_owned(), trial.kind().to_owned()))
        .collect();
    let cases = corpus.cases().into_iter();
    let cases: Vec<(String, String)> = cases
        .map(|case| (case.id.clone(), case.level.to_string()))
        .collect();
    assert_eq!(named, cases);
    let guards: Vec<&str> = trials
        .iter()
        .filter(|trial| trial.kind().is_empty())
        .map(Trial::name)
        .collect();
    assert_eq!(
        guards,
        [
            "conformance.gate-is-sound",
            "conformance.something-required-ran"
        ]
    );
}

#[test]
fn filters_are_those_of_cargo_test() {
    let (counts, printed) = wrong(&["recorded-scripts-success", "--skip", "[observe]"]);
    assert_eq!(counts, (8, 0, 0), "{printed}");
    let (counts, printed) = wrong(&["--exact", &format!("[must] {COMPLETED}")]);
    assert_eq!(counts, PASSED, "{printed}");
    let (counts, printed) = wrong(&["conformance."]);
    assert_eq!(counts, (2, 0, 0), "{printed}");
}

#[test]
fn a_failure_prints_the_block_of_the_human_report_with_a_command_of_its_own() {
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
fn a_panic_fails_the_case_in_hand_and_no_other() {
    let (counts, printed) = wrong(&["parse.recorded-scripts-accepted"]);
    assert_eq!(counts.0 + counts.2, 0, "{printed}");
    let (counts, printed) = wrong(&["--exact", ACCEPTED]);
    assert_eq!(counts, FAILED);
    assert!(printed.contains("nobody expects a 202"), "{printed}");
    assert_eq!(wrong(&["--exact", COMPLETED]).0, PASSED);
}

#[test]
fn what_is_not_claimed_is_ignored_and_never_passed() {
    let (counts, printed) = wrong(&["--exact", UNCLAIMED]);
    assert_eq!(counts, IGNORED, "{printed}");
    let (counts, printed) = wrong(&["--exact", UNCLAIMED, "--include-ignored"]);
    assert_eq!(counts, IGNORED);
    assert!(
        printed.contains("ignored (not claimed: sign.fc)"),
        "{printed}"
    );
}

#[test]
fn what_is_not_required_is_ignored_with_what_differs() {
    let (counts, printed) = wrong(&["--exact", OBSERVED]);
    assert_eq!(counts, IGNORED);
    assert!(printed.contains("[observe]"), "{printed}");
    assert!(
        printed.contains("ignored (not required, but kind "),
        "{printed}"
    );
}

#[test]
fn a_level_decides_what_is_required() {
    let (counts, printed) = wrong(&["--exact", SHOULD]);
    assert_eq!(counts, IGNORED, "{printed}");
    let strict = Harness::new(&Wrong).level(Level::Should);
    assert_eq!(run(strict, &["--exact", SHOULD]).0, FAILED);
}

#[test]
fn who_claims_nothing_is_red() {
    let (counts, printed) = run(Harness::new(&Silent(false)), &[]);
    assert_eq!((counts.0, counts.1), (1, 1), "{printed}");
    assert!(printed.contains("no required case is covered"), "{printed}");
    assert!(counts.2 > 1000);
}

#[test]
fn a_revision_that_leaves_nothing_required_is_red() {
    let error = Harness::new(&Wrong)
        .revision("2016-08-15")
        .trials(&all())
        .unwrap_err();
    let message = error.to_string();
    assert_eq!(
        message,
        "revision 2016-08-15 is not spoken, but: 2021-04-06"
    );
    assert_eq!(error.verdict().code(), 2);
}

#[test]
fn an_introduction_that_panics_is_the_only_test() {
    let (counts, printed) = run(Harness::new(&Silent(true)), &[]);
    assert_eq!(counts, FAILED);
    assert!(
        printed.contains("hello panics: nobody is at home"),
        "{printed}"
    );
}

#[test]
fn a_profile_fails_what_it_demands_and_nobody_claims() {
    let demanding = Harness::new(&Wrong).profile(Profile::Core);
    let (counts, printed) = run(demanding.clone(), &["--exact", UNCLAIMED]);
    assert_eq!(counts, FAILED);
    let sentence = "the profile core demands it; not claimed: sign.fc";
    assert!(printed.contains(sentence), "{printed}");
    let (counts, printed) = run(demanding, &["--exact", "invoke.basic.2021-04-06-fc-sync"]);
    assert_eq!(counts, IGNORED, "{printed}");
}

#[test]
fn a_profile_fails_a_case_that_passes_without_showing_what_is_demanded() {
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
    let reason = format!("ignored (known failure: {HANDLED_AS_LISTED})");
    assert!(printed.contains(&reason), "{printed}");
    let (counts, printed) = run(harness, &["conformance.known"]);
    assert_eq!(counts, PASSED, "{printed}");
}

#[test]
fn a_listed_case_that_passes_or_fails_otherwise_is_red() {
    let (harness, _folder) = with_known(COMPLETED, HANDLED_AS_LISTED, 30);
    assert_eq!(run(harness, &["--exact", COMPLETED]).0, FAILED);
    let (harness, _folder) = with_known(HANDLED, "crash", 30);
    assert_eq!(run(harness, &["--exact", HANDLED]).0, FAILED);
    // Whatever its level.
    let (harness, _folder) = with_known(OBSERVED, "crash", 30);
    assert_eq!(run(harness, &["--exact", OBSERVED]).0, FAILED);
}

#[test]
fn an_entry_that_has_expired_is_red() {
    let (harness, _folder) = with_known(HANDLED, HANDLED_AS_LISTED, -1);
    assert_eq!(run(harness.clone(), &["--exact", HANDLED]).0, FAILED);
    let (counts, printed) = run(harness, &["conformance.known"]);
    assert_eq!(counts, FAILED);
    assert!(printed.contains("expired on"), "{printed}");
}

#[test]
fn known_failures_that_are_none_are_told_before_any_test() {
    let (harness, _folder) = with_known("sign.nothing", HANDLED_AS_LISTED, 30);
    let error = harness.trials(&all()).unwrap_err();
    assert!(
        error.to_string().contains("no case matches 'sign.nothing'"),
        "{error}"
    );
    assert_eq!(error.verdict().code(), 2);
    let error = Harness::new(&Wrong)
        .known("no-such-file.toml")
        .trials(&all())
        .unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("no-such-file.toml cannot be read: "),
        "{error}"
    );
    assert_eq!(error.verdict().code(), 2);
}
