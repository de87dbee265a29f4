//! Every entry of the catalogue of malformed inputs is the name of exactly one test.
//!
//! The test binaries themselves list the names, so that a test that is not compiled, or that is ignored, is missing.

use std::collections::BTreeMap;

use serde_json::Value;

use super::test_list::Test;
use crate::programs;

const CATALOGUE: &str = "fixtures/bad-inputs.json";

/// Compares the catalogue with the tests. Returns the number of entries.
pub(super) fn check(tests: &[Test]) -> Result<usize, String> {
    let path = programs::root().join(CATALOGUE);
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{CATALOGUE}: {error}"))?;
    let ids = ids(&text)?;
    let findings = findings(&ids, tests);
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

fn findings(ids: &[String], tests: &[Test]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for test in tests.iter().filter(|test| is_id(&test.name)) {
        *counts.entry(&test.name).or_default() += 1;
    }
    let mut found = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        if ids.iter().take(place).any(|other| other == id) {
            found.push(format!("{id} is in the catalogue twice"));
        }
        match counts.remove(id.as_str()) {
            None => found.push(format!("{id} is the name of no test")),
            Some(1) => {}
            Some(count) => found.push(format!("{id} is the name of {count} tests")),
        }
        if tests.iter().any(|test| test.is_ignored && test.name == *id) {
            found.push(format!("the test {id} is ignored"));
        }
    }
    found.extend(
        counts
            .keys()
            .map(|id| format!("the test {id} has no entry")),
    );
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
    use super::{Test, findings, ids};

    const CATALOGUE: &str = r#"{"entries": [{"id": "ap-001"}, {"id": "rb-001"}]}"#;

    /// The findings for tests with these names, of which the last may be ignored.
    fn found(names: &[&str], is_last_ignored: bool) -> Vec<String> {
        let last = names.len() - 1;
        let tests = names.iter().enumerate().map(|(place, name)| Test {
            target: "p/bad_inputs".to_owned(),
            name: (*name).to_owned(),
            is_ignored: is_last_ignored && place == last,
        });
        findings(&ids(CATALOGUE).unwrap(), &tests.collect::<Vec<_>>())
    }

    #[test]
    fn one_test_for_each_entry_is_no_finding() {
        let names = ["ap-001", "another test", "rb-001"];
        assert_eq!(found(&names, false), Vec::<String>::new());
    }

    #[test]
    fn a_missing_a_repeated_an_ignored_and_an_unknown_test_are_findings() {
        assert_eq!(found(&["rb-001"], false), ["ap-001 is the name of no test"]);
        assert_eq!(
            found(&["rb-001", "ap-001", "ap-001"], false),
            ["ap-001 is the name of 2 tests"]
        );
        assert_eq!(
            found(&["rb-001", "ap-001"], true),
            ["the test ap-001 is ignored"]
        );
        assert_eq!(
            found(&["rb-001", "ap-001", "zz-999"], false),
            ["the test zz-999 has no entry"]
        );
    }

    #[test]
    fn a_catalogue_without_entries_is_an_error() {
        assert!(ids(r#"{"entries": []}"#).is_err());
        assert!(ids("{}").is_err());
    }
}
