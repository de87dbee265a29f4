//! `fcgate matrix`: the reports of several implementations in one table.

use std::fs;

use fc_conformance::report::Report;
use fc_conformance::verdict::{Rules, Shard};
use fcgate::writers::{Matrix, json};
use fcgate_cases::corpus::{Corpus, Level};
use fcgate_cases::judge::{CaseResult, Check, Status};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use scraper::{Html, Selector};

use super::sample::{HOSTILE, differing, report, report_with_text};
use crate::binary;
use crate::small_corpus::small_corpus;

/// A report with one passed case, and one case with these checks and this status.
fn failing(corpus: &Corpus, checks: Vec<Check>, status: Status) -> Report {
    let passed = CaseResult::unjudged(corpus.case("parse.basic.completed").unwrap(), Status::Pass);
    let mut failed = CaseResult::judged(corpus.case("sign.basic.minimal").unwrap(), checks);
    failed.status = status;
    let mut rules = Rules::new();
    rules.level = Level::Must;
    report(corpus, vec![passed, failed], rules)
}

fn text(report: &Report) -> String {
    json(report).unwrap()
}

fn kind(actual: &str) -> Check {
    Check::equal_text("kind", "function_error", Some(actual))
}

fn read(reports: &[&Report]) -> Result<Matrix, String> {
    let texts = reports.iter().zip(["a.json", "b.json"]);
    let texts: Vec<(String, String)> = texts
        .map(|(report, name)| (name.to_owned(), text(report)))
        .collect();
    Matrix::read(&texts).map_err(|error| error.to_string())
}

fn read_error(reports: &[&Report]) -> String {
    read(reports).unwrap_err()
}

/// The rows of a table of the Markdown form, by its heading.
fn rows(markdown: &str, title: &str) -> Vec<String> {
    let start = markdown.find(&format!("## {title}\n")).unwrap();
    let text = &markdown[start + 3..];
    let end = text.find("\n## ").unwrap_or(text.len());
    let lines = text[..end].lines().filter(|line| line.starts_with('|'));
    lines.skip(2).map(str::to_owned).collect()
}

#[test]
fn known_failures_and_other_failures_are_counted_in_the_same_rows() {
    let corpus = small_corpus();
    let missing = || Check::equal("error_type", b"X", None);
    let one = failing(&corpus, vec![kind("completed"), missing()], Status::Known);
    let other = failing(&corpus, vec![missing(), differing("a", "b")], Status::Fail);
    let markdown = read(&[&one, &other]).unwrap().markdown();
    assert_eq!(
        rows(&markdown, "Differences"),
        [
            "| `sign#error_type: missing` | – | 1 |",
            "| `sign#kind: completed instead of function_error` | 1 | – |",
            "| `sign#string_to_sign: differs` | – | 1 |",
        ]
    );
    let subjects = rows(&markdown, "Implementations");
    assert_eq!(subjects[0], "| required cases passed | 1 of 2 | 1 of 2 |");
    assert_eq!(subjects[1], "| required cases failed | 1, all known | 1 |");
    assert_eq!(
        subjects[6],
        "| verdict of the run | exit 0 because of 1 known failure | not conforming (exit 1) |"
    );
    assert_eq!(subjects.len(), 7);
    let cases = rows(&markdown, "Cases");
    assert_eq!(cases[0], "| sign | 0 / 1 / 0 / 0 | 0 / 0 / 1 / 0 |");
    assert_eq!(cases[2], "| parse | 1 / 0 / 0 / 0 | 1 / 0 / 0 / 0 |");
}

#[test]
fn observe_cases_are_not_in_the_tables_of_failures() {
    let corpus = small_corpus();
    let mut report = failing(&corpus, vec![kind("completed")], Status::Fail);
    for case in &mut report.cases {
        case.level = Level::Observe;
    }
    let markdown = read(&[&report]).unwrap().markdown();
    assert!(rows(&markdown, "Differences").is_empty());
    assert!(rows(&markdown, "Groups of cases").is_empty());
}

#[test]
fn the_same_reports_give_identical_output() {
    let corpus = small_corpus();
    let report = failing(&corpus, vec![kind("completed")], Status::Fail);
    let matrix = || read(&[&report, &report]).unwrap();
    assert_eq!(matrix().markdown(), matrix().markdown());
    assert_eq!(matrix().html(&corpus), matrix().html(&corpus));
}

#[test]
fn shards_and_reports_of_different_corpora_are_rejected() {
    let corpus = small_corpus();
    let whole = failing(&corpus, vec![kind("completed")], Status::Fail);
    let shard = whole.clone().of_shard("1/2".parse::<Shard>().unwrap());
    assert_eq!(
        read_error(&[&shard]),
        "a.json: this is the report of a shard; merge the shards with `fcgate merge` first"
    );
    let mut other = whole.clone();
    other.corpus_sha256 = "0".repeat(64);
    assert_eq!(
        read_error(&[&whole, &other]),
        "b.json: its corpus differs from that of the first report; run all with the same version of fcgate"
    );
}

#[test]
fn markdown_and_html_explain_their_terms() {
    let corpus = small_corpus();
    let report = failing(&corpus, vec![kind("completed")], Status::Fail);
    let matrix = read(&[&report]).unwrap();
    let markdown = matrix.markdown();
    let (head, _) = markdown.split_once("\n## ").unwrap();
    insta::assert_snapshot!(head, @r"
# How these clients behave

Each column is a client, and all clients are judged by the same cases. A client conforms if every required case passes. A failure that it lists in its `fcgate-known.toml`, with a reason and an expiry date, is still a failure; its run then ends with exit code 0.

`operation#check: way` names a way to fail. The operation is `sign`, `build`, `parse`, `invoke`, `trigger` or `task`. The check is the one that fails. The way is how it fails: its value differs, is missing, is unexpected, or has another kind. `fcgate explain operation#check` and `fcgate explain` with the id of a case describe the details.

Written by `fcgate matrix` from the JSON reports of `fcgate run --report json=FILE`.

Suite 2026.1, 2 cases.
");
    let page = Html::parse_document(&matrix.html(&corpus));
    let shown = Selector::parse("header, main").unwrap();
    let text: String = page.select(&shown).flat_map(|part| part.text()).collect();
    for line in head.lines().skip(1) {
        let line = line.trim_start_matches("- ").replace('`', "");
        assert!(text.contains(&line), "{line}: {text}");
    }
    assert!(!text.contains('`'), "{text}");
}

#[test]
fn reports_of_serve_are_rejected() {
    let corpus = small_corpus();
    let run = failing(&corpus, vec![kind("completed")], Status::Fail);
    let mut served = run.clone();
    for case in &mut served.cases {
        case.id = "serve.echo.1.signature".to_owned();
    }
    for reports in [&[&run, &served][..], &[&served, &run], &[&served]] {
        let message = read_error(reports);
        assert!(
            message.contains(".json: this is a report of `fcgate serve`"),
            "{message}"
        );
    }
    served.cases.clear();
    assert_eq!(
        read_error(&[&run, &served]),
        "b.json: the report contains no case"
    );
}

#[test]
fn merge_and_matrix_ignore_timings_files() {
    let folder = tempfile::tempdir().unwrap();
    let fcgate = |words: &[&str]| {
        let mut command = binary::fcgate(words);
        let output = command.current_dir(folder.path()).output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), message)
    };
    let selection = ["--partial-ok", "--only", "sign.fc-vectors.*"];
    for shard in ["1/2", "2/2"] {
        let target = format!("json={}.json", &shard[..1]);
        let run = ["run", "-q", "--shard", shard, "--report", &target];
        fcgate(&[&run[..], &selection].concat());
    }
    assert!(folder.path().join("1.timings.json").exists());
    let shards = ["1.json", "1.timings.json", "2.json", "2.timings.json"];
    let merged = ["merge", "-q", "--report", "json=a.json"];
    let (code, message) = fcgate(&[&merged[..], &shards].concat());
    assert_eq!((code, message.as_str()), (Some(0), ""));
    let (code, message) = fcgate(&["matrix", "1.timings.json", "a.json"]);
    assert_eq!((code, message.as_str()), (Some(0), ""));
    let (code, message) = fcgate(&["matrix", "1.timings.json"]);
    assert_eq!(code, Some(2));
    assert!(message.contains("found the timings of a run"), "{message}");
}

#[test]
fn hostile_names_are_escaped() {
    for text in HOSTILE {
        let matrix = read(&[&report_with_text(text).0]).unwrap();
        let markdown = matrix.markdown();
        let (mut heads, mut cells) = (0, Vec::new());
        for event in Parser::new_ext(&markdown, Options::all()) {
            match event {
                Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock)
                | Event::Html(_)
                | Event::InlineHtml(_) => panic!("{event:?} in {markdown}"),
                Event::Start(Tag::TableHead | Tag::TableRow) => cells.push(0),
                Event::End(TagEnd::TableCell) => *cells.last_mut().unwrap() += 1,
                Event::Start(Tag::Heading { .. }) => heads += 1,
                _ => {}
            }
        }
        assert_eq!(heads, 6, "{markdown}");
        assert!(cells.iter().all(|count| *count == 2), "{markdown}");
    }
}

#[test]
fn the_command_writes_markdown_and_html_and_rejects_other_files() {
    let folder = tempfile::tempdir().unwrap();
    let fcgate = |words: &[&str]| {
        let mut command = binary::fcgate(words);
        command.current_dir(folder.path()).output().unwrap()
    };
    fs::write(folder.path().join("no.json"), "{}").unwrap();
    let rejected = fcgate(&["matrix", "no.json"]);
    assert_eq!(rejected.status.code(), Some(2));
    let message = String::from_utf8(rejected.stderr).unwrap();
    assert!(message.contains("no.json: invalid report: "), "{message}");
    assert_eq!(fcgate(&["matrix", "nowhere.json"]).status.code(), Some(2));

    let corpus = small_corpus();
    let report = failing(&corpus, vec![kind("completed")], Status::Known);
    fs::write(folder.path().join("a.json"), text(&report)).unwrap();
    let output = fcgate(&["matrix", "a.json"]);
    assert_eq!(output.status.code(), Some(0));
    let expected = Matrix::read(&[("a.json".to_owned(), text(&report))]).unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        expected.markdown()
    );
    let words = ["matrix", "a.json", "--format", "html", "--output", "m.html"];
    assert_eq!(fcgate(&words).status.code(), Some(0));
    let page = fs::read_to_string(folder.path().join("m.html")).unwrap();
    assert_eq!(page, expected.html(&Corpus::embedded().unwrap()));
}
