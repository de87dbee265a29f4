//! `fcgate history`: which release fixed or broke which case.

use fc_conformance::report::Report;
use fc_conformance::verdict::Rules;
use fcgate::writers::{History, Matrix, NotJudged, json};
use fcgate_cases::judge::{CaseResult, Check, Status};
use jsonschema::Registry;
use scraper::{Html, Selector};
use serde_json::Value;

use super::sample::{HOSTILE, differing, report};
use crate::small_corpus::small_corpus;

const CASE: &str = "sign.basic.minimal";

/// The report of a version in which the case has this result; another case always passes.
fn release(version: &str, result: CaseResult) -> Report {
    let corpus = small_corpus();
    let passed = CaseResult::unjudged(corpus.case("parse.basic.completed").unwrap(), Status::Pass);
    let mut release = report(&corpus, vec![passed, result], Rules::new());
    version.clone_into(&mut release.subject.version);
    release
}

fn with(status: Status) -> CaseResult {
    CaseResult::unjudged(small_corpus().case(CASE).unwrap(), status)
}

fn failing(checks: Vec<Check>) -> CaseResult {
    CaseResult::judged(small_corpus().case(CASE).unwrap(), checks)
}

fn files(reports: &[Report]) -> Vec<(String, String)> {
    let named = reports.iter().enumerate();
    named
        .map(|(place, report)| (format!("{place}.json"), json(report).unwrap()))
        .collect()
}

fn read(reports: &[Report]) -> Result<History, String> {
    History::read(&files(reports), Vec::new()).map_err(|error| error.to_string())
}

/// Every kind of change, in reports whose order is not that of their versions.
fn every_change() -> Vec<Report> {
    let mut known = failing(vec![differing("a", "c")]);
    known.status = Status::Known;
    vec![
        release("1.10", with(Status::Unsupported)),
        release("1.2", failing(vec![differing("a", "b")])),
        release("1.1", with(Status::Pass)),
        release("1.3", known),
        release("1.9", with(Status::Pass)),
        release("2.0", failing(vec![differing("a", "b")])),
        release("2.1rc1", with(Status::Unsupported)),
        release("2.1", with(Status::Pass)),
    ]
}

#[test]
fn each_release_is_compared_with_the_one_before_by_version() {
    insta::assert_snapshot!(read(&every_change()).unwrap().text(), @r"
double (rust), suite 2026.1

  1.1     2 of 2 required cases passed, 0 failed
  1.2     1 of 2 required cases passed, 1 failed
  1.3     1 of 2 required cases passed, 1 failed
  1.9     2 of 2 required cases passed, 0 failed
  1.10    1 of 2 required cases passed, 0 failed
  2.0     1 of 2 required cases passed, 1 failed
  2.1rc1  1 of 2 required cases passed, 0 failed
  2.1     2 of 2 required cases passed, 0 failed

1.2, since 1.1:
  broken: 1
    sign.basic.minimal (must): passed, now failed (string_to_sign a>b)

1.3, since 1.2:
  fail in another way: 1
    sign.basic.minimal (must): failed (string_to_sign a>b), now failed (string_to_sign a>c)

1.9, since 1.3:
  fixed: 1
    sign.basic.minimal (must): failed (string_to_sign a>c), now passed

1.10, since 1.9:
  no longer run: 1
    sign.basic: 1 case

2.0, since 1.10:
  did not run before, and fail: 1
    sign.basic.minimal (must): unsupported, now failed (string_to_sign a>b)

2.1rc1, since 2.0:
  no longer run: 1
    sign.basic: 1 case

2.1, since 2.1rc1:
  did not run before, and pass: 1
    sign.basic: 1 case

8 judged releases; 1 required case fixed, 1 required case broken
");
}

#[test]
fn a_failure_is_a_failure_whether_it_is_known_or_not() {
    let mut known = failing(vec![differing("a", "b")]);
    known.status = Status::Known;
    let releases = [
        release("1", failing(vec![differing("a", "b")])),
        release("2", known),
    ];
    let text = read(&releases).unwrap().text();
    assert!(
        text.contains("in every judged release: 1 required case failed"),
        "{text}"
    );
    assert!(
        text.ends_with("2 judged releases; none fixed or broke a required case\n"),
        "{text}"
    );
}

#[test]
fn the_json_matches_its_schema_and_markdown_has_the_same_numbers() {
    let parsed = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
    let report = parsed(include_str!("../../../../schema/report.schema.json"));
    let registry = Registry::new().add("json-schema:///report.schema.json", report);
    let registry = registry.unwrap().prepare().unwrap();
    let schema = parsed(include_str!("../../../../schema/history.schema.json"));
    let validator = jsonschema::options()
        .with_registry(&registry)
        .build(&schema)
        .unwrap();
    let mut reports = every_change();
    reports[0].provenance.source_revision = Some("abc".parse().unwrap());
    let not_judged: NotJudged = "1.0=it has no client".parse().unwrap();
    let history = History::read(&files(&reports), vec![not_judged]).unwrap();
    let json = parsed(&history.json().unwrap());
    let errors: Vec<String> = validator
        .iter_errors(&json)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    let kinds: Vec<&str> = json["releases"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|release| release["changes"].as_array().unwrap())
        .map(|change| change["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "broken",
            "fails_differently",
            "fixed",
            "no_longer_runs",
            "runs_and_fails",
            "no_longer_runs",
            "runs_and_passes"
        ]
    );
    let markdown = history.markdown();
    assert!(
        markdown.contains("| 1.2 | 1 of 2 | 1 | 0 | 0 | 1 | – |"),
        "{markdown}"
    );
    assert!(
        markdown.contains("| 1.10 | 1 of 2 | 0 | 1 | 0 | 0 | abc |"),
        "{markdown}"
    );
    assert!(
        markdown.contains("\nNot judged: 1.0, because it has no client.\n"),
        "{markdown}"
    );
}

#[test]
fn reports_of_two_clients_or_twice_of_one_version_are_rejected() {
    let one = release("1", with(Status::Pass));
    let mut other = release("2", with(Status::Pass));
    other.subject.name = "another".to_owned();
    let message = read(&[one.clone(), other]).unwrap_err();
    assert!(
        message.starts_with(
            "1.json: expected a report about double (rust) like the first one, found another (rust)"
        ),
        "{message}"
    );
    assert_eq!(
        read(&[one.clone(), one]).unwrap_err(),
        "1.json: it is about version 1, like 0.json; pass one report for each version"
    );
}

#[test]
fn the_matrix_page_shows_the_releases_of_a_client_that_has_several() {
    let corpus = small_corpus();
    let page = |reports: &[Report]| Matrix::read(&files(reports)).unwrap().html(&corpus);
    let every = page(&every_change());
    let html = Html::parse_document(&every);
    let all = |selector: &str| -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        html.select(&selector)
            .map(|one| one.text().collect())
            .collect()
    };
    assert_eq!(
        all("#releases tbody th"),
        ["1.1", "1.2", "1.3", "1.9", "1.10", "2.0", "2.1rc1", "2.1"]
    );
    // A changed case is a link to its details.
    assert!(
        every.contains(&format!("<a href=\"#c1\">{CASE}</a>"))
            || every.contains(&format!("<a href=\"#c0\">{CASE}</a>"))
    );
    let twice = [
        release("1", with(Status::Pass)),
        release("1", with(Status::Pass)),
    ];
    for reports in [&every_change()[..1], &twice] {
        assert!(!page(reports).contains("id=\"releases\""));
    }
}

#[test]
fn hostile_versions_and_reasons_are_escaped() {
    for text in HOSTILE {
        let reports = [
            release(text, with(Status::Pass)),
            release("2", failing(vec![differing("a", text)])),
        ];
        let not_judged = format!("1=x{text}").parse().unwrap();
        let history = History::read(&files(&reports), vec![not_judged]).unwrap();
        let shown = history.text();
        assert!(
            !shown.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{0}']),
            "{shown:?}"
        );
        let markdown = history.markdown();
        let events = pulldown_cmark::Parser::new_ext(&markdown, pulldown_cmark::Options::all());
        for event in events {
            use pulldown_cmark::{Event, Tag};
            assert!(
                !matches!(
                    event,
                    Event::Html(_)
                        | Event::InlineHtml(_)
                        | Event::Start(Tag::Link { .. } | Tag::Image { .. })
                ),
                "{event:?} in {markdown}"
            );
        }
        assert!(serde_json::from_str::<Value>(&history.json().unwrap()).is_ok());
    }
}
