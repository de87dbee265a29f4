//! Every promise of the threat model and every invariant names tests, and these tests run.
//!
//! The promises are the rows of tables with a column of tests. A test has its package, its target and its name:
//! `fc-sign/lib::credentials::tests::a_name`, `fc-sign/vectors::a_name`. `fc-sign/bad_inputs::sg-*` names all tests that begin like this.

mod tables;

use std::collections::BTreeSet;
use std::fs;

use self::tables::Row;
use super::test_list::Test;
use crate::programs;

const THREAT_MODEL: &str = "SECURITY.md";
const INVARIANTS: &str = "ARCHITECTURE.md";
const CAMPAIGNS: &str = "docs/trust.md";

/// Compares the documents with the tests. Returns the number of promises.
pub(super) fn check(tests: &[Test]) -> Result<usize, String> {
    let mut findings = Vec::new();
    let mut count = 0;
    for document in [THREAT_MODEL, INVARIANTS, CAMPAIGNS] {
        let path = programs::root().join(document);
        let text = fs::read_to_string(&path).map_err(|error| format!("{document}: {error}"))?;
        let rows = tables::rows(&text);
        if rows.is_empty() {
            findings.push(format!("{document}: no table has a column of tests"));
        }
        if document == INVARIANTS {
            findings.extend(of_invariants(tables::numbered_items(&text), &rows));
        }
        findings.extend(of_rows(&rows, tests).map(|finding| format!("{document}: {finding}")));
        count += rows.len();
    }
    if findings.is_empty() {
        return Ok(count);
    }
    Err(format!(
        "{} findings in the promises\n{}",
        findings.len(),
        findings.join("\n")
    ))
}

/// Each numbered invariant has one row, and each row an invariant.
fn of_invariants(count: usize, rows: &[Row]) -> Vec<String> {
    let expected: Vec<String> = (1..=count).map(|number| number.to_string()).collect();
    let found: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    if found == expected {
        return Vec::new();
    }
    vec![format!(
        "{INVARIANTS}: expected one row of tests for each of the {count} invariants, in order; found {found:?}"
    )]
}

fn of_rows<'a>(rows: &'a [Row], tests: &'a [Test]) -> impl Iterator<Item = String> + 'a {
    rows.iter().flat_map(move |row| {
        let name = &row.name;
        let mut found = Vec::new();
        if row.tests.code.is_empty() {
            found.push(format!("{name}: names no test"));
        }
        for path in &row.tests.code {
            let named: Vec<&Test> = tests.iter().filter(|test| is_named(test, path)).collect();
            if named.is_empty() {
                found.push(format!(
                    "{name}: no test is named `{path}`{}",
                    hint(path, tests)
                ));
            }
            let ignored = named.iter().filter(|test| test.is_ignored);
            found.extend(ignored.map(|test| format!("{name}: `{}` is ignored", test.path())));
        }
        found
    })
}

fn is_named(test: &Test, path: &str) -> bool {
    match path.strip_suffix('*') {
        Some(start) => start.contains("::") && test.path().starts_with(start),
        None => test.path() == path,
    }
}

/// The tests whose last part is the same: a test that has moved keeps its name.
fn hint(path: &str, tests: &[Test]) -> String {
    let last = |path: &str| path.rsplit("::").next().map(str::to_owned);
    let wanted = last(path).filter(|last| last != "*");
    let same = tests.iter().map(Test::path);
    let same: BTreeSet<String> = same
        .filter(|other| wanted.is_some() && last(other) == wanted)
        .collect();
    if same.is_empty() {
        return String::new();
    }
    let same: Vec<String> = same.into_iter().map(|path| format!("`{path}`")).collect();
    format!("; it may be {}", same.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::{Test, of_invariants, of_rows, tables};

    fn found(cell: &str) -> Vec<String> {
        let test = |name: &str, is_ignored| Test {
            target: "p/t".to_owned(),
            name: name.to_owned(),
            is_ignored,
        };
        let tests = [
            test("a::one", false),
            test("a::two", true),
            test("b::one", false),
        ];
        let table = format!("| id | tests |\n| --- | --- |\n| N1 | {cell} |\n");
        of_rows(&tables::rows(&table), &tests).collect()
    }

    #[test]
    fn a_row_with_a_test_that_runs_is_no_finding() {
        assert_eq!(found("`p/t::a::one`"), Vec::<String>::new());
        assert_eq!(found("`p/t::b::*`"), Vec::<String>::new());
        assert_eq!(found("`p/t::b*`"), Vec::<String>::new());
    }

    #[test]
    fn a_row_without_a_test_is_a_finding() {
        assert_eq!(found("reviewed by hand"), ["N1: names no test"]);
    }

    #[test]
    fn a_missing_test_is_a_finding_that_names_where_the_test_is_now() {
        assert_eq!(
            found("`p/old::one`"),
            ["N1: no test is named `p/old::one`; it may be `p/t::a::one` or `p/t::b::one`"]
        );
        assert_eq!(found("`p/t::c`"), ["N1: no test is named `p/t::c`"]);
        assert_eq!(found("`p/t::c::*`"), ["N1: no test is named `p/t::c::*`"]);
        assert_eq!(found("`p/*`"), ["N1: no test is named `p/*`"]);
    }

    #[test]
    fn an_ignored_test_is_a_finding() {
        assert_eq!(found("`p/t::a::two`"), ["N1: `p/t::a::two` is ignored"]);
        assert_eq!(found("`p/t::a::*`"), ["N1: `p/t::a::two` is ignored"]);
    }

    #[test]
    fn each_invariant_has_one_row() {
        let rows = |numbers: &[&str]| {
            let rows = numbers
                .iter()
                .map(|number| format!("| {number} | `p/t::x` |\n"));
            tables::rows(&format!(
                "| n | tests |\n| --- | --- |\n{}",
                rows.collect::<String>()
            ))
        };
        assert_eq!(of_invariants(2, &rows(&["1", "2"])), Vec::<String>::new());
        assert_eq!(of_invariants(3, &rows(&["1", "2"])).len(), 1);
        assert_eq!(of_invariants(1, &rows(&["1", "2"])).len(), 1);
        assert_eq!(of_invariants(2, &rows(&["1", "1"])).len(), 1);
    }
}
