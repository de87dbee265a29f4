//! A file of known failures.

use fc_conformance::known::Known;
use toml::Table;

use crate::shown::assert_harmless;

/// Reads a file.
///
/// # Panics
///
/// If an accepted file is not a table with version 1 whose entries all have a reason, an issue that no browser runs as a script,
/// and patterns that are listed; or if an error names a line or an entry that the file does not have.
pub fn check(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    match Known::read(text, "known.toml") {
        Ok(known) => {
            let table: Table = text.parse().unwrap_or_default();
            assert_eq!(
                table.get("version").and_then(toml::Value::as_integer),
                Some(1)
            );
            let entries = table.get("known").and_then(toml::Value::as_array);
            let entries: Vec<&toml::Value> = entries.into_iter().flatten().collect();
            assert_eq!(known.is_empty(), entries.is_empty());
            for entry in entries {
                check_entry(entry, &known);
            }
            known
                .warnings()
                .iter()
                .for_each(|warning| assert_harmless(warning));
        }
        Err(error) => {
            assert_harmless(&error);
            assert!(error.to_string().starts_with("known.toml"), "{error}");
            let lines = text.split('\n').count();
            assert!(
                error.line().is_none_or(|line| (1..=lines).contains(&line)),
                "{error}"
            );
            assert_ne!(error.entry(), Some(0));
        }
    }
}

fn check_entry(entry: &toml::Value, known: &Known) {
    let text = |name| {
        entry
            .get(name)
            .and_then(toml::Value::as_str)
            .unwrap_or_default()
    };
    assert!(!text("because").trim().is_empty());
    let issue = text("issue").to_ascii_lowercase();
    assert!(!issue.is_empty());
    for scheme in ["javascript:", "data:", "vbscript:", "file:"] {
        assert!(
            !issue.contains(scheme) || issue.starts_with("http"),
            "{issue}"
        );
    }
    let patterns = entry.get("match");
    let one = patterns.and_then(toml::Value::as_str);
    let several = patterns
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten();
    let patterns: Vec<&str> = several.filter_map(toml::Value::as_str).chain(one).collect();
    assert!(!patterns.is_empty());
    for pattern in patterns {
        assert!(!pattern.is_empty());
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
        if pattern.bytes().all(is_plain) {
            assert!(known.lists(pattern), "{pattern} is not listed");
        }
    }
}
