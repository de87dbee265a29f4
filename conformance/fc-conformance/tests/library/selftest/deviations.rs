//! Every known deviation of official SDKs has cases that detect it: docs/deviations-and-cases.md.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fcgate_cases::Claims;
use fcgate_cases::corpus::{Corpus, Level};
use fcgate_mutants::{self as mutant, Mutant, Mutated};
use fcgate_protocol::Implementation as _;
use fcgate_reference::Reference;
use fcgate_runner::{self as runner, InProcess, Plan};

/// A row of a table: its cases, and the mutants that make its mistake.
struct Row {
    what: String,
    cases: BTreeSet<String>,
    mutants: Vec<&'static Mutant>,
}

fn document() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/deviations-and-cases.md");
    fs::read_to_string(path).unwrap()
}

/// The rows of the section, or of all sections whose heading contains the text.
fn rows(corpus: &Corpus, heading: &str) -> Vec<Row> {
    let document = document();
    let sections = document.split("\n## ").skip(1);
    let lines = sections
        .filter(|section| section.lines().next().unwrap().contains(heading))
        .flat_map(str::lines);
    let rows = lines.filter(|line| line.starts_with('|'));
    let rows = rows.filter(|line| !line.starts_with("| ---") && !line.ends_with("| mutants |"));
    rows.map(|line| row(corpus, line)).collect()
}

fn row(corpus: &Corpus, line: &str) -> Row {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [who, what, cases, mutants] = cells[..] else {
        panic!("four cells: {line}");
    };
    let mut ids = BTreeSet::new();
    for word in cases.split_whitespace() {
        let pattern = word.trim_matches('`');
        let start = pattern.strip_suffix('*');
        let found: Vec<String> = corpus
            .cases()
            .iter()
            .map(|case| &case.id)
            .filter(|id| start.map_or(*id == pattern, |start| id.starts_with(start)))
            .cloned()
            .collect();
        assert!(!found.is_empty(), "no case has the id {pattern}");
        ids.extend(found);
    }
    let mutants = mutants.split_whitespace();
    Row {
        what: format!("{who}: {what}"),
        cases: ids,
        mutants: mutants
            .map(|code| mutant::named(code).unwrap_or_else(|| panic!("no mutant is {code}")))
            .collect(),
    }
}

#[test]
fn every_row_of_the_deviations_names_existing_cases() {
    let corpus = Corpus::embedded().unwrap();
    let rows = rows(&corpus, "");
    assert!(rows.iter().all(|row| !row.cases.is_empty()));
    assert_eq!(rows.len(), 76);
}

#[test]
fn every_disagreement_of_official_code_has_a_gating_case() {
    let corpus = Corpus::embedded().unwrap();
    let rows = rows(&corpus, "disagrees with itself");
    assert_eq!(rows.len(), 11);
    for row in rows {
        let level = |id: &String| corpus.case(id).unwrap().level;
        let gates = row.cases.iter().any(|id| level(id) > Level::Observe);
        assert!(gates, "{}", row.what);
    }
}

#[test]
fn each_mutant_of_a_row_fails_a_case_of_the_row() {
    let corpus = Corpus::embedded().unwrap();
    let claims = Claims::of(&Reference.hello());
    let mut missed = Vec::new();
    for row in rows(&corpus, "") {
        let red = |subject: &InProcess<'_>| {
            let run = runner::run(&corpus, subject, &claims, &Plan::new(), &|case| {
                row.cases.contains(&case.id) && case.level > Level::Observe
            });
            let mut results = run.results.into_iter();
            results.any(|result| result.status.is_red())
        };
        let right = Reference;
        assert!(!red(&InProcess::new(&right)), "{}", row.what);
        for mutant in &row.mutants {
            let mutated = Mutated::new(&right, mutant);
            if !red(&InProcess::new(&mutated)) {
                missed.push(format!("{}: {} {}", row.what, mutant.code, mutant.name));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
