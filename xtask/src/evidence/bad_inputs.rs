//! Every entry of the catalogue of malformed inputs is the name of exactly one test.
//!
//! The test binaries themselves list the names, so that a test that is not compiled, or that is ignored, is missing.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::programs;

const CATALOGUE: &str = "fixtures/bad-inputs.json";

/// The names of all tests. With the same selection as the command for all tests, nothing is compiled again: with `--test` the
/// features of the dependencies differ.
const LIST: &str = "cargo test --quiet --workspace --locked --tests -- --list";

/// Compares the catalogue with the tests. Returns the number of entries.
pub(super) fn check() -> Result<usize, String> {
    let path = programs::root().join(CATALOGUE);
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{CATALOGUE}: {error}"))?;
    let ids = ids(&text)?;
    let list = |more: &str| {
        let command = format!("{LIST}{more}");
        programs::output(&command.split(' ').collect::<Vec<_>>())
    };
    let (all, ignored) = (list("")?, list(" --ignored")?);
    let findings = findings(&ids, &names(&all), &names(&ignored));
    if findings.is_empty() {
        return Ok(ids.len());
    }
    Err(format!(
        "{CATALOGUE}: {} findings\n{}",
        findings.len(),
        findings.join("\n")
    ))
}

fn ids(text: &str) -> Result<Vec<String>, String> {
    let catalogue: Value =
        serde_json::from_str(text).map_err(|error| format!("{CATALOGUE}: {error}"))?;
    let entries = catalogue.get("entries").and_then(Value::as_array);
    let ids = entries.into_iter().flatten().map(|entry| {
        let id = entry.get("id").and_then(Value::as_str);
        id.map(str::to_owned)
            .ok_or_else(|| format!("{CATALOGUE}: an entry has no id"))
    });
    let ids: Vec<String> = ids.collect::<Result<_, _>>()?;
    if ids.is_empty() {
        return Err(format!("{CATALOGUE} has no entries"));
    }
    Ok(ids)
}

/// The names in a list of tests. The kind of a test, in brackets before its name, is left out.
fn names(list: &str) -> Vec<&str> {
    let tests = list.lines().filter_map(|line| line.strip_suffix(": test"));
    tests
        .map(|name| match name.rsplit_once("] ") {
            Some((_, name)) if name.len() == "rb-001".len() => name,
            _ => name,
        })
        .collect()
}

fn findings(ids: &[String], all: &[&str], ignored: &[&str]) -> Vec<String> {
    let mut tests: BTreeMap<&str, usize> = BTreeMap::new();
    for name in all.iter().filter(|name| is_id(name)) {
        *tests.entry(name).or_default() += 1;
    }
    let mut found = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        if ids.iter().take(place).any(|other| other == id) {
            found.push(format!("{id} is in the catalogue twice"));
        }
        match tests.remove(id.as_str()) {
            None => found.push(format!("{id} is the name of no test")),
            Some(1) => {}
            Some(count) => found.push(format!("{id} is the name of {count} tests")),
        }
        if ignored.contains(&id.as_str()) {
            found.push(format!("the test {id} is ignored"));
        }
    }
    found.extend(tests.keys().map(|id| format!("the test {id} has no entry")));
    found
}

/// Whether a name is two letters, a hyphen and three digits.
fn is_id(name: &str) -> bool {
    let Some((area, number)) = name.split_once('-') else {
        return false;
    };
    area.len() == 2
        && area.bytes().all(|byte| byte.is_ascii_lowercase())
        && number.len() == 3
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{findings, ids, names};

    const CATALOGUE: &str = r#"{"entries": [{"id": "ap-001"}, {"id": "rb-001"}]}"#;

    fn found(list: &str, ignored: &str) -> Vec<String> {
        findings(&ids(CATALOGUE).unwrap(), &names(list), &names(ignored))
    }

    #[test]
    fn one_test_for_each_entry_is_no_finding() {
        let list =
            "[noise: a line [that] is not JSON] ap-001: test\nanother test: test\nrb-001: test\n";
        assert_eq!(found(list, ""), Vec::<String>::new());
    }

    #[test]
    fn a_missing_a_repeated_an_ignored_and_an_unknown_test_are_findings() {
        assert_eq!(
            found("rb-001: test\n", ""),
            ["ap-001 is the name of no test"]
        );
        assert_eq!(
            found("rb-001: test\nap-001: test\nap-001: test\n", ""),
            ["ap-001 is the name of 2 tests"]
        );
        assert_eq!(
            found("rb-001: test\nap-001: test\n", "ap-001: test\n"),
            ["the test ap-001 is ignored"]
        );
        assert_eq!(
            found("rb-001: test\nap-001: test\nzz-999: test\n", ""),
            ["the test zz-999 has no entry"]
        );
    }

    #[test]
    fn a_catalogue_without_entries_is_an_error() {
        assert!(ids(r#"{"entries": []}"#).is_err());
        assert!(ids("{}").is_err());
    }
}
