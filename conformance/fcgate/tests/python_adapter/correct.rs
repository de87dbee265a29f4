//! The adapter without a mistake.

use std::collections::BTreeSet;
use std::process::Command;

use fcgate_protocol::{Capabilities, REVISIONS};
use serde_json::json;

use crate::gate::{GateRun, Python, folder, judge, judge_configured};
use crate::mistakes::MISTAKES;

pub(crate) fn conforms(python: &Python) {
    let run = judge(python, &[], &[]);
    assert_conforms(&run);
    let cache = folder().join("__pycache__");
    assert!(!cache.exists(), "a run must leave no file");
}

pub(crate) fn capabilities(_: &Python) {
    // The configuration demands the profile `full`.
    let report = &judge_configured().report;
    let declared: BTreeSet<_> = strings(&report["claims"]["capabilities"]).collect();
    let all = serde_json::to_value(Capabilities::all()).unwrap();
    assert_eq!(declared, strings(&all).collect());
    assert_eq!(report["claims"]["revisions"], json!(REVISIONS));
    for status in ["unsupported", "untestable", "filtered", "known", "new"] {
        assert_eq!(report["counts"][status], 0, "{status}");
    }
}

pub(crate) fn breaks(python: &Python) {
    let script = "import mistakes; print(*mistakes.MISTAKES)";
    let output = Command::new(python)
        .args(["-B", "-c", script])
        .current_dir(folder())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let run: Vec<&str> = MISTAKES.iter().map(|mistake| mistake.name).collect();
    assert_eq!(text.split_whitespace().collect::<Vec<_>>(), run);
}

pub(crate) fn configuration(_: &Python) {
    assert_conforms(judge_configured());
}

fn assert_conforms(run: &GateRun) {
    assert_eq!(run.exit, Some(0), "{}", run.text);
    assert_eq!(run.report["counts"]["filtered"], 0);
    assert_eq!(run.failed_required().count(), 0, "{}", run.text);
    assert_eq!(
        run.report["subject"],
        json!({"name": "python-plain", "version": "1.0.0", "language": "python"})
    );
}

fn strings(list: &serde_json::Value) -> impl Iterator<Item = String> {
    let list = list.as_array().unwrap().iter();
    list.map(|name| name.as_str().unwrap().to_owned())
}
