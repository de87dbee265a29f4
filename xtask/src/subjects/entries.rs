//! The known failures of an SDK: one entry for each set of deviations.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Deserialize;
use toml::value::Datetime;

use crate::sdks::Sdk;

use super::deviation::{self, Deviation};
use super::report::Report;

/// A file of known failures.
#[derive(Deserialize, Default)]
struct File {
    #[serde(default)]
    known: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "match")]
    patterns: OneOrMore,
    sees: OneOrMore,
    because: String,
    added: Datetime,
    expires: Datetime,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn all(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::More(texts) => texts,
        }
    }
}

/// The entry for one set of deviations.
#[derive(Default)]
struct New<'a> {
    ids: BTreeSet<&'a str>,
    sees: BTreeSet<&'a str>,
}

pub(super) fn text(
    sdk: Sdk,
    report: &Report,
    proposal: &str,
    deviations: &[Deviation],
    before: &str,
) -> Result<String, String> {
    let proposed = read(proposal)?;
    let dates = Dates::of(&proposed, &read(before)?)?;
    let mut fingerprints: BTreeMap<&str, &str> = BTreeMap::new();
    for entry in &proposed.known {
        for (id, sees) in entry
            .patterns
            .all()
            .iter()
            .zip(entry.sees.all().iter().cycle())
        {
            fingerprints.insert(id, sees);
        }
    }
    let mut entries: BTreeMap<Vec<usize>, New<'_>> = BTreeMap::new();
    let place = |wanted: &Deviation| {
        deviations
            .iter()
            .position(|other| other.name == wanted.name)
    };
    for case in &report.cases {
        let Some(sees) = fingerprints.get(case.id.as_str()) else {
            continue;
        };
        let found = deviation::explaining(deviations, sdk.name, case)?;
        let set = found.into_iter().filter_map(place).collect();
        let entry = entries.entry(set).or_default();
        entry.ids.insert(&case.id);
        entry.sees.insert(sees);
    }
    let mut out = format!(
        "# The known failures of {}. `cargo xtask subjects --write` writes this file; the reasons are\n\
         # those of ../../deviations.json, and docs/sdk-deviations.md describes them.\n\nversion = 1\n",
        sdk.name
    );
    for (set, new) in entries {
        let found: Vec<&Deviation> = set
            .iter()
            .filter_map(|place| deviations.get(*place))
            .collect();
        out.push_str(&entry(report, &found, &new, &dates));
    }
    Ok(out)
}

/// Removes the last entry.
pub(super) fn without_last(known: &str) -> Result<String, String> {
    known
        .rsplit_once("\n[[known]]\n")
        .map(|(before, _)| before.to_owned())
        .filter(|before| before.contains("[[known]]"))
        .ok_or_else(|| "the file has fewer than two entries".to_owned())
}

/// The first pattern of the last entry.
pub(super) fn last_pattern(known: &str) -> Result<String, String> {
    let last = read(known)?.known.pop();
    last.and_then(|entry| entry.patterns.all().first().cloned())
        .ok_or_else(|| "the file has no entry".to_owned())
}

/// Checks that each pattern matches a case in the report that failed, as a known failure or not.
pub(super) fn check_patterns(known: &str, report: &Report) -> Result<(), String> {
    let has_failed = |pattern: &str| {
        let group = pattern.strip_suffix('*');
        report.cases.iter().any(|case| {
            let matches = group.map_or(case.id == pattern, |group| case.id.starts_with(group));
            let failed = ["fail", "known"].contains(&case.status.as_str());
            matches && failed && case.level != "observe"
        })
    };
    for entry in read(known)?.known {
        if let Some(pattern) = entry
            .patterns
            .all()
            .iter()
            .find(|pattern| !has_failed(pattern))
        {
            return Err(format!("no failed case matches {pattern}"));
        }
    }
    Ok(())
}

fn read(text: &str) -> Result<File, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

/// The first and last day of a new entry, and of each existing entry.
struct Dates {
    new: (String, String),
    old: BTreeMap<String, (String, String)>,
}

impl Dates {
    fn of(proposed: &File, before: &File) -> Result<Self, String> {
        let pair = |entry: &Entry| (entry.added.to_string(), entry.expires.to_string());
        let new = proposed
            .known
            .first()
            .map(pair)
            .ok_or("the gate proposed no entry")?;
        let entries = before.known.iter();
        // An expired entry gets new dates.
        let old = entries
            .map(|entry| (entry.because.clone(), pair(entry)))
            .filter(|(_, (_, expires))| *expires >= new.0);
        Ok(Self {
            old: old.collect(),
            new,
        })
    }

    fn of_entry(&self, because: &str) -> &(String, String) {
        self.old.get(because).unwrap_or(&self.new)
    }
}

fn entry(report: &Report, found: &[&Deviation], new: &New<'_>, dates: &Dates) -> String {
    let because: Vec<&str> = found.iter().map(|one| one.because.as_str()).collect();
    let because = because.join(" ");
    let issue = found.first().map_or("unfiled", |one| one.issue.as_str());
    let (added, expires) = dates.of_entry(&because);
    let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
    let mut out = format!("\n[[known]]\n# {}\n", names.join(", "));
    let _ = writeln!(out, "match = {}", list(&patterns(report, &new.ids)));
    let _ = writeln!(out, "sees = {}", list(&owned(&new.sees)));
    let _ = writeln!(out, "because = {}", quoted(&because));
    let _ = writeln!(out, "issue = {}", quoted(issue));
    let _ = writeln!(out, "added = {added}\nexpires = {expires}");
    out
}

/// The patterns for the ids; a group whose executed cases are all among them becomes one glob.
fn patterns(report: &Report, ids: &BTreeSet<&str>) -> Vec<String> {
    let mut patterns = Vec::new();
    for (group, cases) in report.groups() {
        let executed: Vec<&str> = cases
            .iter()
            .filter(|case| case.executed())
            .map(|case| case.id.as_str())
            .collect();
        let listed: Vec<&str> = executed
            .iter()
            .copied()
            .filter(|id| ids.contains(id))
            .collect();
        if listed.len() > 1 && listed.len() == executed.len() {
            patterns.push(format!("{group}.*"));
        } else {
            patterns.extend(listed.into_iter().map(str::to_owned));
        }
    }
    patterns
}

fn owned(texts: &BTreeSet<&str>) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn list(texts: &[String]) -> String {
    if let [text] = texts {
        return quoted(text);
    }
    let lines: Vec<String> = texts
        .iter()
        .map(|text| format!("    {},\n", quoted(text)))
        .collect();
    format!("[\n{}]", lines.concat())
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str =
        "version = 1\n\n[[known]]\nmatch = \"a.b.c\"\n\n[[known]]\nmatch = \"a.b.d\"\n";

    #[test]
    fn removing_the_last_entry_keeps_the_others() {
        let less = without_last(TWO).unwrap();
        assert!(less.contains("a.b.c") && !less.contains("a.b.d"));
        assert!(without_last(&less).is_err());
    }

    #[test]
    fn a_group_whose_cases_all_fail_becomes_one_pattern() {
        let text = r#"{"cases":[
            {"id":"a.b.c","level":"must","status":"fail","checks":[]},
            {"id":"a.b.d","level":"must","status":"fail","checks":[]},
            {"id":"a.b.e","level":"must","status":"unsupported","checks":[]},
            {"id":"a.f.g","level":"must","status":"fail","checks":[]},
            {"id":"a.f.h","level":"must","status":"pass","checks":[]}]}"#;
        let report: Report = serde_json::from_str(text).unwrap();
        let ids = BTreeSet::from(["a.b.c", "a.b.d", "a.f.g"]);
        assert_eq!(patterns(&report, &ids), ["a.b.*", "a.f.g"]);
    }

    #[test]
    fn a_pattern_without_a_failed_case_is_an_error() {
        let report = |status: &str| -> Report {
            let case =
                format!(r#"{{"id":"a.b.c","level":"must","status":"{status}","checks":[]}}"#);
            serde_json::from_str(&format!(r#"{{"cases":[{case}]}}"#)).unwrap()
        };
        let dates = "added = 2026-11-22\nexpires = 2027-02-20\n";
        for pattern in ["a.b.c", "a.b.*"] {
            let known =
                format!("[[known]]\nmatch = \"{pattern}\"\nsees = \"x\"\nbecause = \"y\"\n{dates}");
            assert_eq!(last_pattern(&known), Ok(pattern.to_owned()));
            assert_eq!(check_patterns(&known, &report("fail")), Ok(()));
            assert_eq!(check_patterns(&known, &report("known")), Ok(()));
            let failure = check_patterns(&known, &report("unsupported")).unwrap_err();
            assert_eq!(failure, format!("no failed case matches {pattern}"));
        }
    }
}
