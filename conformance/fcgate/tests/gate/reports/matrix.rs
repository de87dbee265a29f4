//! Several implementations side by side.

use std::fs;
use std::process::Command;

use fc_conformance::report::Report;
use fc_conformance::verdict::{Rules, Shard};
use fcgate::writers::{Matrix, json};
use fcgate_cases::corpus::{Corpus, Level};
use fcgate_cases::judge::{CaseResult, Check, Status};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use scraper::{Html, Selector};

use super::sample::{HOSTILE, differing, report, said};
use crate::small_corpus::small_corpus;

/// One case with these checks beside one that passed.
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

fn refused(reports: &[&Report]) -> String {
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
fn a_known_way_to_fail_counts_as_one_that_is_not_known() {
    let corpus = small_corpus();
    let missing = || Check::equal("error_type", b"X", None);
    let one = failing(&corpus, vec![kind("completed"), missing()], Status::Known);
    let other = failing(&corpus, vec![missing(), differing("a", "b")], Status::Fail);
    let markdown = read(&[&one, &other]).unwrap().markdown();
    assert_eq!(
        rows(&markdown, "Where they differ"),
        [
            "| `sign#error_type: missing` | – | 1 |",
            "| `sign#kind: completed instead of function_error` | 1 | – |",
            "| `sign#string_to_sign: differs` | – | 1 |",
        ]
    );
    let who = rows(&markdown, "Who is judged");
    assert_eq!(who[3], "| verdict | conforming, 1 known | nonconforming |");
    let cases = rows(&markdown, "Cases");
    assert_eq!(cases[0], "| sign | 0 / 1 / 0 / 0 | 0 / 0 / 1 / 0 |");
    assert_eq!(cases[2], "| parse | 1 / 0 / 0 / 0 | 1 / 0 / 0 / 0 |");
}

#[test]
fn what_only_records_is_in_no_table() {
    let corpus = small_corpus();
    let mut report = failing(&corpus, vec![kind("completed")], Status::Fail);
    for case in &mut report.cases {
        case.level = Level::Observe;
    }
    let markdown = read(&[&report]).unwrap().markdown();
    assert!(rows(&markdown, "Where they differ").is_empty());
    assert!(rows(&markdown, "Groups of cases").is_empty());
}

#[test]
fn the_same_reports_give_the_same_tables() {
    let corpus = small_corpus();
    let report = failing(&corpus, vec![kind("completed")], Status::Fail);
    let draw = || read(&[&report, &report]).unwrap();
    assert_eq!(draw().markdown(), draw().markdown());
    assert_eq!(draw().html(), draw().html());
}

#[test]
fn reports_that_do_not_go_together_are_refused() {
    let corpus = small_corpus();
    let whole = failing(&corpus, vec![kind("completed")], Status::Fail);
    let shard = whole.clone().of_shard("1/2".parse::<Shard>().unwrap());
    assert_eq!(
        refused(&[&shard]),
        "a.json: it is the report of a shard: merge them first"
    );
    let mut other = whole.clone();
    other.corpus_sha256 = "0".repeat(64);
    assert_eq!(
        refused(&[&whole, &other]),
        "b.json: it is about another corpus than the first"
    );
}

#[test]
fn both_forms_begin_with_what_their_words_mean() {
    let corpus = small_corpus();
    let report = failing(&corpus, vec![kind("completed")], Status::Fail);
    let matrix = read(&[&report]).unwrap();
    let markdown = matrix.markdown();
    let (head, _) = markdown.split_once("\n## ").unwrap();
    let page = Html::parse_document(&matrix.html());
    let words: String = page.root_element().text().collect();
    for part in [
        "conforming means: no required case fails but the known failures",
        "fcgate-known.toml",
        "operation#check: way",
        "fcgate matrix",
    ] {
        assert!(head.contains(part), "{part}: {head}");
        assert!(words.contains(part), "{part}: {words}");
    }
    assert!(!words.contains('`'), "{words}");
}

#[test]
fn what_a_server_has_seen_stands_in_no_matrix() {
    let corpus = small_corpus();
    let run = failing(&corpus, vec![kind("completed")], Status::Fail);
    let mut served = run.clone();
    for case in &mut served.cases {
        case.id = "serve.echo.1.signature".to_owned();
    }
    for reports in [&[&run, &served][..], &[&served, &run], &[&served]] {
        let said = refused(reports);
        assert!(
            said.contains(".json: it is the report of `fcgate serve`"),
            "{said}"
        );
    }
    served.cases.clear();
    assert_eq!(refused(&[&run, &served]), "b.json: it holds no case");
}

#[test]
fn the_timings_that_a_glob_names_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let fcgate = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_fcgate"))
            .current_dir(folder.path())
            .args(words)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), said)
    };
    let few = ["--partial-ok", "--only", "sign.fc-vectors.*"];
    for shard in ["1/2", "2/2"] {
        let target = format!("json={}.json", &shard[..1]);
        let run = ["run", "-q", "--shard", shard, "--report", &target];
        fcgate(&[&run[..], &few].concat());
    }
    assert!(folder.path().join("1.timings.json").exists());
    let shards = ["1.json", "1.timings.json", "2.json", "2.timings.json"];
    let merged = ["merge", "-q", "--report", "json=a.json"];
    let (code, said) = fcgate(&[&merged[..], &shards].concat());
    assert_eq!((code, said.as_str()), (Some(0), ""));
    let (code, said) = fcgate(&["matrix", "1.timings.json", "a.json"]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    let (code, said) = fcgate(&["matrix", "1.timings.json"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("found the timings of a run"), "{said}");
}

#[test]
fn hostile_names_stay_text() {
    for text in HOSTILE {
        let matrix = read(&[&said(text).0]).unwrap();
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

        let page = Html::parse_document(&matrix.html());
        let count = |selector: &str| page.select(&Selector::parse(selector).unwrap()).count();
        assert_eq!(count("script, img, svg, link, a, iframe"), 0, "{text}");
        assert_eq!(count("table"), 5, "{text}");
    }
}

#[test]
fn the_command_draws_reports_of_the_gate_and_refuses_anything_else() {
    let folder = tempfile::tempdir().unwrap();
    let fcgate = |words: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_fcgate"))
            .current_dir(folder.path())
            .args(words)
            .output()
            .unwrap()
    };
    fs::write(folder.path().join("no.json"), "{}").unwrap();
    let refused = fcgate(&["matrix", "no.json"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("no.json: invalid report: "), "{said}");
    assert_eq!(fcgate(&["matrix", "nowhere.json"]).status.code(), Some(2));

    let corpus = small_corpus();
    let report = failing(&corpus, vec![kind("completed")], Status::Known);
    fs::write(folder.path().join("a.json"), text(&report)).unwrap();
    let drawn = fcgate(&["matrix", "a.json"]);
    assert_eq!(drawn.status.code(), Some(0));
    let expected = Matrix::read(&[("a.json".to_owned(), text(&report))]).unwrap();
    assert_eq!(
        String::from_utf8(drawn.stdout).unwrap(),
        expected.markdown()
    );
    let words = ["matrix", "a.json", "--format", "html", "--output", "m.html"];
    assert_eq!(fcgate(&words).status.code(), Some(0));
    let page = fs::read_to_string(folder.path().join("m.html")).unwrap();
    assert_eq!(page, expected.html());
}
