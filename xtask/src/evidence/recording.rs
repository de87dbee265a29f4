//! Recorded evidence: the recording exists, and each source has the kind that its words have.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::programs;

use super::corpus::{Evidence, json};

/// The names of the recorded calls and answers, and the ids of published captures.
pub(super) struct Recordings {
    calls: BTreeSet<String>,
    answers: BTreeSet<String>,
    captures: BTreeSet<String>,
}

impl Recordings {
    pub(super) fn read() -> Result<Self, String> {
        let folder = programs::root().join("fixtures/recorded");
        let mut calls = BTreeSet::new();
        let requests = folder.join("requests");
        let entries = fs::read_dir(&requests).map_err(|error| error.to_string())?;
        for entry in entries.flatten() {
            let file: Value = json(&entry.path())?;
            calls.extend(names(&file, "requests", "case"));
        }
        let answers: Value = json(&folder.join("responses.json"))?;
        let captures: Value = json(&folder.join("published.json"))?;
        Ok(Self {
            calls,
            answers: names(&answers, "scripts", "name").collect(),
            captures: names(&captures, "captures", "id").collect(),
        })
    }
}

fn names<'a>(file: &'a Value, list: &'a str, key: &'a str) -> impl Iterator<Item = String> + 'a {
    let items = file
        .get(list)
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    items.filter_map(move |item| item.get(key)?.as_str().map(str::to_owned))
}

/// Finds evidence of the wrong kind, and recordings that do not exist.
pub(super) fn of_evidence(id: &str, evidence: &[Evidence], recordings: &Recordings) -> Vec<String> {
    let mut findings = Vec::new();
    for one in evidence {
        let cites_itself = ["sdk-agreement", "inference", "sdk-test"].contains(&one.kind.as_str());
        let kind = kind_of(&one.source).filter(|kind| *kind != one.kind);
        if let Some(kind) = kind.filter(|_| !cites_itself) {
            findings.push(format!(
                "{id}: filed as {}, expected {kind}: {}",
                one.kind, one.source
            ));
        }
        if one.kind != "recorded" {
            continue;
        }
        let known = match one.source.split_once(' ') {
            Some(("published", rest)) => {
                let mut words = words(rest).filter(|word| recordings.captures.contains(*word));
                words.next().is_some()
            }
            Some(("recorded", rest)) => words(rest)
                .any(|word| recordings.calls.contains(word) || recordings.answers.contains(word)),
            _ => false,
        };
        if !known {
            findings.push(format!(
                "{id}: names no recording of the fixtures: {}",
                one.source
            ));
        }
    }
    findings
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', ':', ';'])
}

/// The kind that the words of a source require.
fn kind_of(source: &str) -> Option<&'static str> {
    let starts = |word: &str| source.starts_with(word);
    if starts("adapter protocol") {
        Some("protocol")
    } else if starts("RFC ") {
        Some("standard")
    } else if starts("manual page") {
        Some("manual")
    } else if source.contains("computed by") {
        Some("computed")
    } else if starts("published capture") || starts("recorded traffic") {
        Some("recorded")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(kind: &str, source: &str) -> usize {
        let set = |name: &str| BTreeSet::from([name.to_owned()]);
        let recordings = Recordings {
            calls: set("sync_json"),
            answers: set("200_json"),
            captures: set("http-1"),
        };
        let evidence = Evidence {
            kind: kind.to_owned(),
            source: source.to_owned(),
            agree: None,
            of: None,
        };
        of_evidence("a.b.c", &[evidence], &recordings).len()
    }

    #[test]
    fn a_source_that_is_filed_as_another_kind_is_found() {
        assert_eq!(found("manual", "adapter protocol 1, section Commands"), 1);
        assert_eq!(found("recorded", "computed by aliyun-fc2 over the path"), 2);
        assert_eq!(found("manual", "RFC 9110 section 5.1"), 1);
        assert_eq!(found("standard", "RFC 9110 section 5.1"), 0);
    }

    #[test]
    fn a_recording_that_does_not_exist_is_found() {
        assert_eq!(
            found("recorded", "published capture http-1: the figures"),
            0
        );
        assert_eq!(found("recorded", "published capture http-2"), 1);
        assert_eq!(
            found("recorded", "recorded traffic of a 1, case sync_json"),
            0
        );
        assert_eq!(found("recorded", "recorded traffic of a 1, case other"), 1);
    }
}
