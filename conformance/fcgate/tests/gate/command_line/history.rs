//! `fcgate history` of the built binary.

use serde_json::Value;

use super::work_folder::WorkFolder;

/// Writes the report of the reference, or of a mutant of it, as that of a version.
fn release(folder: &WorkFolder, version: &str, mutant: &[&str]) -> String {
    let name = format!("{version}.json");
    let target = format!("json={name}");
    let run = [
        "run",
        "-q",
        "--only",
        "sign.fc-headers.*",
        "--partial-ok",
        "--report",
        &target,
    ];
    let adapter = ["--", env!("CARGO_BIN_EXE_fcgate"), "reference"];
    folder.fcgate(&[&run[..], &adapter, mutant].concat());
    let mut report: Value = serde_json::from_str(&folder.read(&name)).unwrap();
    report["subject"]["version"] = version.into();
    std::fs::write(folder.path(&name), report.to_string()).unwrap();
    name
}

#[test]
fn the_command_orders_releases_and_says_what_each_broke_and_fixed() {
    let folder = WorkFolder::new();
    let fixed = release(&folder, "1.10.0", &[]);
    let broken = release(&folder, "1.9.0", &["--mutant", "content-md5-hex"]);
    let first = release(&folder, "1.8.0", &[]);
    let history = |options: &[&str]| {
        let reports = [fixed.as_str(), &broken, &first];
        let output = folder.fcgate(&[&["history"], &reports[..], options].concat());
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    };
    let text = history(&["--not-judged", "1.2.0=it cannot be installed"]);
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
    assert!(at("\n1.9.0, since 1.8.0:\n  broken: ") < at("\n1.10.0, since 1.9.0:\n  fixed: "));
    at("    sign.fc-headers.all-pieces (must): passed, now failed (");
    at("1.2.0   not judged, because it cannot be installed\n");

    let json: Value = serde_json::from_str(&history(&["--format", "json"])).unwrap();
    let versions: Vec<&str> = json["releases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|release| release["version"].as_str().unwrap())
        .collect();
    assert_eq!(versions, ["1.8.0", "1.9.0", "1.10.0"]);
    history(&["--format", "md", "--output", "history.md"]);
    assert!(folder.read("history.md").starts_with("# The releases of "));
}

#[test]
fn a_reason_without_a_version_and_a_release_that_was_judged_are_usage_errors() {
    let folder = WorkFolder::new();
    let one = release(&folder, "1.0.0", &[]);
    for (value, reason) in [
        ("1.2.0", "expected VERSION=REASON, found no version"),
        ("1.2.0=", "expected VERSION=REASON, found no reason"),
        (
            "1.0.0=it fails",
            "1.0.0.json: it is about version 1.0.0, which --not-judged names too",
        ),
    ] {
        let output = folder.fcgate(&["history", &one, "--not-judged", value]);
        assert_eq!(output.status.code(), Some(2), "{value}");
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains(reason), "{text}");
    }
}
