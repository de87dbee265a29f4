//! The adapter as it is.

use std::collections::BTreeSet;
use std::process::Command;

use fcgate_protocol::{Capabilities, REVISIONS};
use serde_json::json;

use crate::gate::{Judged, Python, folder, judge, judge_configured};
use crate::mistakes::MISTAKES;

pub(crate) fn conforms(python: &Python) {
    let judged = judge(python, &[]);
    assert_green(&judged);
    let cache = folder().join("__pycache__");
    assert!(!cache.exists(), "a run leaves nothing behind");
}

pub(crate) fn claims(python: &Python) {
    let report = judge(python, &[]).report;
    let claimed: BTreeSet<_> = strings(&report["claims"]["capabilities"]).collect();
    let all = serde_json::to_value(Capabilities::all()).unwrap();
    assert_eq!(claimed, strings(&all).collect());
    assert_eq!(report["claims"]["revisions"], json!(REVISIONS));
    for status in ["unsupported", "untestable", "filtered", "known", "new"] {
        assert_eq!(report["counts"][status], 0, "{status}");
    }
}

pub(crate) fn names(python: &Python) {
    let script = "import mistakes; print(*mistakes.MISTAKES)";
    let output = Command::new(python)
        .args(["-B", "-c", script])
        .current_dir(folder())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let judged: Vec<&str> = MISTAKES.iter().map(|mistake| mistake.name).collect();
    assert_eq!(text.split_whitespace().collect::<Vec<_>>(), judged);
}

pub(crate) fn configuration(_: &Python) {
    assert_green(&judge_configured());
}

fn assert_green(judged: &Judged) {
    assert_eq!(judged.exit, Some(0), "{}", judged.text);
    assert_eq!(judged.red().count(), 0, "{}", judged.text);
    assert_eq!(
        judged.report["subject"],
        json!({"name": "python-plain", "version": "1.0.0", "language": "python"})
    );
}

fn strings(list: &serde_json::Value) -> impl Iterator<Item = String> {
    let list = list.as_array().unwrap().iter();
    list.map(|name| name.as_str().unwrap().to_owned())
}
