//! Writes the duration of every case to a separate file, because durations differ from run to run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::report_data::{Report, SCHEMA};

#[derive(Serialize)]
struct Timings<'a> {
    schema: u32,
    suite: &'a str,
    corpus_sha256: &'a str,
    /// The duration of each case, in whole milliseconds.
    milliseconds: BTreeMap<&'a str, u64>,
}

/// Returns the duration of every case that ran, in whole milliseconds, as JSON text.
///
/// # Errors
///
/// If serialization fails.
pub fn timings(report: &Report, times: &[(String, Duration)]) -> serde_json::Result<String> {
    let milliseconds = times.iter().map(|(id, time)| {
        (
            id.as_str(),
            u64::try_from(time.as_millis()).unwrap_or(u64::MAX),
        )
    });
    let timings = Timings {
        schema: SCHEMA,
        suite: &report.suite,
        corpus_sha256: &report.corpus_sha256,
        milliseconds: milliseconds.collect(),
    };
    serde_json::to_string_pretty(&timings).map(|text| text + "\n")
}

/// Whether a text is a timings file, independently of its file name.
pub fn is_timings(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Timed {
        #[serde(rename = "milliseconds")]
        _milliseconds: BTreeMap<String, u64>,
    }
    serde_json::from_str::<Timed>(text).is_ok()
}

/// Returns the path of the timings file for the JSON report at `path`: `a.timings.json` for `a.json`.
pub fn timings_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    if path
        .extension()
        .is_some_and(|extension| extension == "json")
    {
        name = path.file_stem().unwrap_or_default().to_os_string();
    }
    name.push(".timings.json");
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::timings_path;

    #[test]
    fn the_timings_file_is_next_to_the_report() {
        for (path, timings) in [
            ("out/fcgate.json", "out/fcgate.timings.json"),
            ("report", "report.timings.json"),
            ("a.b/report.txt", "a.b/report.txt.timings.json"),
        ] {
            assert_eq!(timings_path(Path::new(path)), Path::new(timings));
        }
    }
}
