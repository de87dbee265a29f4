//! The results of the official SDKs, committed so that no check needs an SDK.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::programs;

use super::corpus::json;

const FILE: &str = "conformance/adapters/sdk-results.json";
const SOURCE: &str = "reports of the gate over each official SDK; `cargo xtask subjects --write` writes this file. \
     A result has one letter for each SDK, in their order: m the SDK meets the case, f it fails it, known or not, v it meets the case in some runs and fails it in others, - it does not reach it";

/// The SDKs whose answer to a case is not the same in each run, with the case.
///
/// The Go SDK collects the names that start with `x-fc-` from a map and sorts them by the name only, so it signs two spellings of one
/// name in the order of the map, which Go changes at random.
const VARYING: [(&str, &str); 1] = [("go-fc", "sign.fc-vectors.fc-14")];

/// The file with the results.
#[derive(Serialize, Deserialize)]
pub(super) struct SdkResults {
    schema: u32,
    source: String,
    pub(super) sdks: Vec<Sdk>,
    /// By the id of a case, one letter for each SDK.
    results: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Sdk {
    /// The name in the matrix.
    name: String,
    /// The name of its package, as evidence cites it.
    pub(super) package: String,
    version: String,
    revisions: Vec<String>,
}

/// What one SDK did with a case and its variations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SdkResult {
    Met,
    Failed,
    NotReached,
}

#[derive(Deserialize)]
struct Report {
    subject: Subject,
    claims: Claims,
    cases: Vec<ReportedCase>,
}

#[derive(Deserialize)]
struct Subject {
    name: String,
    version: String,
}

#[derive(Deserialize)]
struct Claims {
    revisions: Vec<String>,
}

#[derive(Deserialize)]
struct ReportedCase {
    id: String,
    status: String,
}

impl SdkResults {
    pub(super) fn read() -> Result<Self, String> {
        json(&programs::root().join(FILE))
    }

    fn of_reports(reports: &[(&str, PathBuf)]) -> Result<Self, String> {
        let mut sdks = Vec::new();
        let mut results: BTreeMap<String, String> = BTreeMap::new();
        for (name, path) in reports {
            let report: Report = json(path)?;
            for case in report.cases {
                let letters = results.entry(case.id.clone()).or_default();
                while letters.len() < sdks.len() {
                    letters.push('-');
                }
                letters.push(letter(name, &case));
            }
            sdks.push(Sdk {
                name: (*name).to_owned(),
                package: report.subject.name,
                version: report.subject.version,
                revisions: report.claims.revisions,
            });
        }
        Ok(Self {
            schema: 1,
            source: SOURCE.to_owned(),
            sdks,
            results,
        })
    }

    /// The result of each SDK for a case; a case with variations is met if all of them are, in every run.
    pub(super) fn of(&self, case: &str) -> Vec<SdkResult> {
        let variation = format!("{case}@");
        let letters: Vec<&str> = self
            .results
            .iter()
            .filter(|(id, _)| *id == case || id.starts_with(&variation))
            .map(|(_, letters)| letters.as_str())
            .collect();
        (0..self.sdks.len())
            .map(|place| {
                let of_sdk: Vec<char> = letters
                    .iter()
                    .filter_map(|text| text.chars().nth(place))
                    .collect();
                let fails = of_sdk.contains(&'f') || of_sdk.contains(&'v');
                match (fails, of_sdk.contains(&'m')) {
                    (true, _) => SdkResult::Failed,
                    (false, true) => SdkResult::Met,
                    (false, false) => SdkResult::NotReached,
                }
            })
            .collect()
    }
}

fn letter(sdk: &str, case: &ReportedCase) -> char {
    match case.status.as_str() {
        "pass" | "fail" if VARYING.contains(&(sdk, case.id.as_str())) => 'v',
        "pass" => 'm',
        "fail" | "known" | "crash" | "timeout" => 'f',
        _ => '-',
    }
}

/// Writes the results of these reports, each with the name of its SDK, or compares them with the file.
pub(crate) fn write(reports: &[(&str, PathBuf)], write: bool) -> Result<(), String> {
    let results = SdkResults::of_reports(reports)?;
    let text = serde_json::to_string_pretty(&results).map_err(|error| error.to_string())? + "\n";
    let path = programs::root().join(FILE);
    if write {
        return fs::write(&path, text).map_err(|error| format!("{FILE}: {error}"));
    }
    if text_of(&path) == text {
        return Ok(());
    }
    let written: SdkResults = json(&path)?;
    Err(format!(
        "{FILE} differs from the reports of the SDKs{}; run `cargo xtask subjects --write` and review the difference",
        difference(&written, &results)
    ))
}

/// The first case with another result, with both; empty if only something else differs.
fn difference(written: &SdkResults, now: &SdkResults) -> String {
    let mut ids = written.results.keys().chain(now.results.keys());
    let result = |of: &SdkResults, id: &str| of.results.get(id).cloned().unwrap_or_default();
    let differs = |id: &&String| result(written, id) != result(now, id);
    ids.find(differs).map_or_else(String::new, |id| {
        let (expected, found) = (result(written, id), result(now, id));
        format!(": {id}: expected {expected:?}, found {found:?}")
    })
}

fn text_of(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_failure_is_a_failure() {
        let letters = ["pass", "fail", "known", "timeout", "unsupported"]
            .map(|status| letter("node-fc2", &case("sign.fc-vectors.fc-14", status)));
        assert_eq!(letters, ['m', 'f', 'f', 'f', '-']);
    }

    #[test]
    fn an_answer_that_varies_has_one_letter_in_every_run() {
        let of_go = |status| letter("go-fc", &case("sign.fc-vectors.fc-14", status));
        let letters = ["pass", "fail", "crash", "unsupported"].map(of_go);
        assert_eq!(letters, ['v', 'v', 'f', '-']);
    }

    #[test]
    fn every_answer_that_varies_is_in_the_file() {
        let written = SdkResults::read().unwrap();
        for (sdk, case) in VARYING {
            let place = written.sdks.iter().position(|one| one.name == sdk);
            let letters = written.results.get(case).unwrap();
            assert_eq!(letters.chars().nth(place.unwrap()), Some('v'), "{case}");
        }
    }

    fn case(id: &str, status: &str) -> ReportedCase {
        ReportedCase {
            id: id.to_owned(),
            status: status.to_owned(),
        }
    }

    #[test]
    fn the_first_case_with_another_result_is_named() {
        let results = |letters: &[(&str, &str)]| SdkResults {
            schema: 1,
            source: String::new(),
            sdks: Vec::new(),
            results: letters
                .iter()
                .map(|(id, letters)| ((*id).to_owned(), (*letters).to_owned()))
                .collect(),
        };
        let written = results(&[("a", "m"), ("b", "mf")]);
        let found = difference(&written, &results(&[("a", "m"), ("b", "ff")]));
        assert_eq!(found, r#": b: expected "mf", found "ff""#);
        let found = difference(&written, &results(&[("a", "m"), ("b", "mf"), ("c", "-")]));
        assert_eq!(found, r#": c: expected "", found "-""#);
        assert_eq!(
            difference(&written, &results(&[("a", "m"), ("b", "mf")])),
            ""
        );
    }

    #[test]
    fn a_case_with_variations_is_met_only_if_every_variation_is() {
        let text = r#"{"schema":1,"source":"s","sdks":[
            {"name":"a","package":"a","version":"1","revisions":[]},{"name":"b","package":"b","version":"1","revisions":[]}],
            "results":{"x.y.z@s=1":"mm","x.y.z@s=2":"m-","x.y.z@s=3":"mf","x.y.zz":"ff","x.y.v":"vm"}}"#;
        let results: SdkResults = serde_json::from_str(text).unwrap();
        assert_eq!(results.of("x.y.z"), [SdkResult::Met, SdkResult::Failed]);
        assert_eq!(results.of("x.y"), [SdkResult::NotReached; 2]);
        assert_eq!(results.of("x.y.v"), [SdkResult::Failed, SdkResult::Met]);
    }
}
