//! Every fixture names its source, and the fixtures stay small.

use serde_json::Value;

use super::tree::{File, Tree};

/// The limit for all fixtures together.
const MAX_BYTES: usize = 5_000_000;

pub(super) fn find(tree: &Tree) -> Vec<String> {
    let mut found: Vec<String> = tree.below("fixtures/", "json").flat_map(of_file).collect();
    let bytes: usize = tree
        .below("fixtures/", "")
        .map(|file| file.text.len())
        .sum();
    if bytes > MAX_BYTES {
        found.push(format!(
            "the fixtures have {bytes} bytes, at most {MAX_BYTES} are allowed"
        ));
    }
    found
}

/// A file names its source, or each of its cases or requirements has evidence.
fn of_file(file: &File) -> Vec<String> {
    let value: Value = match serde_json::from_str(&file.text) {
        Ok(value) => value,
        Err(error) => return vec![format!("{} is not valid JSON: {error}", file.path)],
    };
    if is_named(value.get("source")) {
        return Vec::new();
    }
    let items = ["cases", "requirements"]
        .iter()
        .find_map(|list| value.get(list)?.as_array());
    let Some(items) = items else {
        return vec![format!("{} names no source", file.path)];
    };
    let without = items.iter().filter(|item| !has_evidence(item));
    without
        .map(|item| {
            format!(
                "{}: {} names no source",
                file.path,
                item.get("id").unwrap_or(&Value::Null)
            )
        })
        .collect()
}

fn has_evidence(item: &Value) -> bool {
    let evidence = item.get("evidence").and_then(Value::as_array);
    evidence.is_some_and(|all| !all.is_empty() && all.iter().all(|one| is_named(one.get("source"))))
}

fn is_named(source: Option<&Value>) -> bool {
    source
        .and_then(Value::as_str)
        .is_some_and(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixture_without_a_source_is_a_finding() {
        let count = |text: &str| find(&Tree::of(&[("fixtures/a.json", text)])).len();
        assert_eq!(count(r#"{"source":"manual page"}"#), 0);
        assert_eq!(count(r#"{"source":" "}"#), 1);
        assert_eq!(
            count(r#"{"cases":[{"id":"a","evidence":[{"source":"manual"}]}]}"#),
            0
        );
        assert_eq!(
            count(r#"{"cases":[{"id":"a","evidence":[{"source":""}]}]}"#),
            1
        );
        assert_eq!(count(r#"{"cases":[{"id":"a","evidence":[]}]}"#), 1);
        assert_eq!(count("{}"), 1);
        assert_eq!(count("{"), 1);
    }
}
