//! The baseline: with this file the next run is conforming.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fc_conformance::known::Known;
use fc_conformance::verdict::{Rules, Verdict, decide};
use fcgate_cases::corpus::{Corpus, Level};
use fcgate_cases::judge::{CaseResult, Check, Status};
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::small_corpus::small_corpus;

const TODAY: Date = date(2026, 12, 1);

static CORPUS: LazyLock<Corpus> = LazyLock::new(small_corpus);

const OLD: &str = r#"# What we know.
version = 1

# The payload is wrong.
[[known]]
match = "parse.*" # all of them
sees = "kind completed>accepted"
because = "kept as it is"
issue = "https://example.invalid/1"
added = 2026-11-01
expires = 2027-01-01

[[known]]
match = ["build.basic.plain", "sign.basic.minimal"] # two
sees = ["crash", "timeout"]
because = "one of them passes now"
issue = "https://example.invalid/2"
added = 2026-01-01
expires = 2026-06-01 # too late

# Gone with its entry.
[[known]]
match = "invoke.*"
sees = "crash"
because = "passes now"
issue = "https://example.invalid/3"
added = 2026-11-01
expires = 2027-01-01
"#;

/// Every case of the small corpus passes except the named ones.
fn results(red: &[(&str, &str)]) -> Vec<CaseResult> {
    let red: BTreeMap<&str, &str> = red.iter().copied().collect();
    let result = |id: &str| {
        let case = CORPUS.case(id).unwrap();
        match red.get(id).copied() {
            None => CaseResult::unjudged(case, Status::Pass),
            Some("crash") => CaseResult::unjudged(case, Status::Crash),
            Some("timeout") => CaseResult::unjudged(case, Status::Timeout),
            Some("unsupported") => CaseResult::unjudged(case, Status::Unsupported),
            Some("filtered") => CaseResult::unjudged(case, Status::Filtered),
            Some(failure) => {
                let (check, actual) = failure.split_once(' ').unwrap();
                let check = Check::equal_text(check, "completed", Some(actual));
                CaseResult::judged(case, vec![check])
            }
        }
    };
    CORPUS.cases().iter().map(|case| result(&case.id)).collect()
}

fn baseline(existing: Option<&str>, results: &[CaseResult], issue: Option<&str>) -> String {
    Known::baseline(existing, results, &CORPUS, Rules::new(), TODAY, issue).unwrap()
}

#[track_caller]
fn assert_conforming(baseline: &str, results: &[CaseResult]) {
    let known = Known::read(baseline, "known.toml").unwrap();
    known.check(&CORPUS).unwrap();
    let mut results = results.to_vec();
    assert_eq!(known.apply(&mut results, TODAY), [], "{baseline}");
    let mut rules = Rules::new();
    rules.partial_ok = true;
    assert_eq!(decide(&results, rules), Verdict::Conforming, "{baseline}");
}

#[test]
fn each_cause_and_fingerprint_becomes_one_entry() {
    let results = results(&[
        ("sign.basic.minimal", "kind accepted"),
        ("sign.basic.log-type", "kind accepted"),
        ("build.basic.plain", "kind rejected"),
        ("sign.basic.padded", "crash"),
        ("sign.basic.line-feed", "crash"),
    ]);
    let text = baseline(None, &results, None);
    assert_conforming(&text, &results);
    insta::assert_snapshot!(text, @r#"
version = 1

[[known]]
match = [
    "sign.basic.log-type",
    "sign.basic.minimal",
]
sees = "kind completed>accepted"
because = "sign: kind differs"
issue = "unfiled"
added = 2026-12-01
expires = 2027-03-01

[[known]]
match = "build.basic.plain"
sees = "kind completed>rejected"
because = "build: kind differs"
issue = "unfiled"
added = 2026-12-01
expires = 2027-03-01
"#);
}

#[test]
fn matching_entries_keep_their_comments_passed_cases_are_removed_and_new_failures_are_added() {
    let results = results(&[
        ("parse.basic.completed", "kind accepted"),
        ("sign.basic.minimal", "timeout"),
        ("sign.basic.log-type", "crash"),
    ]);
    let text = baseline(Some(OLD), &results, Some("https://example.invalid/9"));
    assert_conforming(&text, &results);
    insta::assert_snapshot!(text, @r#"
# What we know.
version = 1

# The payload is wrong.
[[known]]
match = "parse.*" # all of them
sees = "kind completed>accepted"
because = "kept as it is"
issue = "https://example.invalid/1"
added = 2026-11-01
expires = 2027-01-01

[[known]]
match = "sign.basic.minimal" # two
sees = ["crash", "timeout"]
because = "one of them passes now"
issue = "https://example.invalid/2"
added = 2026-12-01
expires = 2027-03-01 # too late

[[known]]
match = "sign.basic.log-type"
sees = "crash"
because = "sign crashes"
issue = "https://example.invalid/9"
added = 2026-12-01
expires = 2027-03-01
"#);
}

#[test]
fn a_second_baseline_of_the_same_run_is_equal() {
    let results = results(&[
        ("parse.basic.completed", "kind accepted"),
        ("sign.basic.minimal", "timeout"),
    ]);
    let once = baseline(Some(OLD), &results, None);
    assert_eq!(baseline(Some(&once), &results, None), once);
}

#[test]
fn the_baseline_of_a_run_without_failures_has_no_entries() {
    assert_eq!(baseline(None, &results(&[]), None), "version = 1\n");
    let rest = baseline(Some(OLD), &results(&[]), None);
    assert!(Known::read(&rest, "known.toml").unwrap().is_empty());
    assert!(rest.starts_with("# What we know.\nversion = 1\n"));
}

#[test]
fn a_case_that_did_not_run_keeps_its_entry() {
    let old = OLD.replace("\"parse.*\"", "\"*.basic.??????*\"");
    let results = results(&[
        ("parse.basic.completed", "filtered"),
        ("sign.basic.minimal", "unsupported"),
        ("sign.basic.padded", "kind accepted"),
    ]);
    let text = baseline(Some(&old), &results, None);
    let known = Known::read(&text, "known.toml").unwrap();
    known.check(&CORPUS).unwrap();
    for id in [
        "parse.basic.completed",
        "sign.basic.minimal",
        "sign.basic.padded",
    ] {
        assert!(text.contains(id), "{text}");
    }
    assert!(!text.contains("sign.basic.log-type"), "{text}");
    assert_conforming(&text, &results);
}

#[test]
fn patterns_without_a_match_or_with_overlaps_are_corrected() {
    let old = OLD
        .replace("invoke.*", "retired.case")
        .replace("\"build.basic.plain\"", "\"parse.basic.*\"");
    let results = results(&[("parse.basic.completed", "kind accepted")]);
    let text = baseline(Some(&old), &results, None);
    assert_conforming(&text, &results);
    assert!(!text.contains("retired.case"));
}

#[test]
fn with_the_level_should_the_baseline_lists_should_cases() {
    let results = results(&[("sign.basic.line-feed", "crash")]);
    let mut rules = Rules::new();
    let baseline_with =
        |rules| Known::baseline(None, &results, &CORPUS, rules, TODAY, None).unwrap();
    assert!(!baseline_with(rules).contains("line-feed"));
    rules.level = Level::Should;
    assert!(baseline_with(rules).contains("sign.basic.line-feed"));
}

#[test]
fn an_invalid_file_has_no_baseline() {
    let text = "version = 1\nknwon = []";
    let baseline = Known::baseline(Some(text), &[], &CORPUS, Rules::new(), TODAY, None);
    assert_eq!(baseline.unwrap_err().line(), Some(2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_baseline_of_a_baseline_makes_the_next_run_conforming(
        before in prop::collection::vec(0_usize..7, 7),
        after in prop::collection::vec(0_usize..7, 7),
    ) {
        let ways = ["", "crash", "timeout", "kind accepted", "status 9", "filtered", "unsupported"];
            let red = |draw: &[usize]| {
            let cases = CORPUS.cases();
            let ids = cases.iter().map(|case| case.id.as_str()).zip(draw);
            let red: Vec<(&str, &str)> = ids
                .map(|(id, way)| (id, ways[*way]))
                // One case passes, so that something has run.
                .filter(|(id, way)| !way.is_empty() && *id != "build.basic.plain")
                .collect();
            results(&red)
        };
        let (before, after) = (red(&before), red(&after));
        let first = baseline(Some(OLD), &before, None);
        assert_conforming(&first, &before);
        let second = baseline(Some(&first), &after, None);
        assert_conforming(&second, &after);
    }
}
