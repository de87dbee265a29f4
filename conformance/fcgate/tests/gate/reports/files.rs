//! Reports as files: whole or not at all, never in the place of something else.

use std::fs;
use std::path::Path;
use std::time::Duration;

use fcgate::writers::{Kind, WriteError, json, write};

use super::sample::every_status;

fn written(kind: Kind, path: &Path) -> Result<(), WriteError> {
    let (report, corpus) = every_status();
    write(kind, &report, &corpus, None, path)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn every_kind_is_written_and_replaced() {
    let folder = tempfile::tempdir().unwrap();
    for kind in Kind::ALL {
        let path = folder.path().join(kind.name());
        written(kind, &path).unwrap();
        let first = fs::read(&path).unwrap();
        assert!(first.ends_with(b"\n") || first.ends_with(b">"), "{kind}");
        fs::write(&path, "something else, much longer than nothing").unwrap();
        written(kind, &path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), first, "{kind}");
    }
    assert_eq!(names(folder.path()).len(), Kind::ALL.len());
}

#[test]
fn the_timings_go_beside_the_json_report_and_only_there() {
    let folder = tempfile::tempdir().unwrap();
    let (report, corpus) = every_status();
    let times = [("sign.a.b".to_owned(), Duration::from_millis(7))];
    for name in ["fcgate.json", "fcgate.html"] {
        let kind = if name.ends_with("json") {
            Kind::Json
        } else {
            Kind::Html
        };
        write(
            kind,
            &report,
            &corpus,
            Some(&times),
            &folder.path().join(name),
        )
        .unwrap();
    }
    let expected = ["fcgate.html", "fcgate.json", "fcgate.timings.json"];
    assert_eq!(names(folder.path()), expected);
    let shown = fs::read_to_string(folder.path().join("fcgate.json")).unwrap();
    assert_eq!(shown, json(&report).unwrap());
}

#[test]
fn a_folder_a_link_and_a_device_are_wrong_to_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("folder")).unwrap();
    fs::write(path("target"), "precious").unwrap();
    std::os::unix::fs::symlink(path("target"), path("link")).unwrap();
    std::os::unix::fs::symlink(path("nowhere"), path("dangling")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(path("socket")).unwrap();
    let before = names(folder.path());
    for (name, what) in [
        ("folder", "a folder"),
        ("link", "a symbolic link"),
        ("dangling", "a symbolic link"),
        ("socket", "not a regular file"),
        ("..", "no file"),
    ] {
        let error = written(Kind::Html, &path(name)).unwrap_err();
        assert!(error.is_usage(), "{error}");
        assert!(
            error
                .to_string()
                .ends_with(&format!("is not written: it is {what}")),
            "{error}"
        );
    }
    assert_eq!(names(folder.path()), before);
    assert_eq!(fs::read_to_string(path("target")).unwrap(), "precious");
}

#[test]
fn folders_are_not_made_and_their_absence_is_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let error = written(Kind::Md, &folder.path().join("missing/report.md")).unwrap_err();
    assert!(!error.is_usage(), "{error}");
    assert!(names(folder.path()).is_empty());
}

#[test]
fn others_may_read_a_report() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plain");
    fs::write(&path, "").unwrap();
    let report = folder.path().join("report");
    written(Kind::Tap, &report).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&report), mode(&path));
}

#[test]
fn an_unknown_kind_is_met_with_help() {
    let message = |name: &str| name.parse::<Kind>().unwrap_err().to_string();
    assert_eq!(
        message("htm"),
        "no report is of kind 'htm'; did you mean 'html'?"
    );
    assert_eq!(
        message("\u{1b}yaml"),
        "no report is of kind '\\u{1b}yaml'; there are: json, jsonl, junit, tap, md, html, badge"
    );
    for kind in Kind::ALL {
        assert_eq!(kind.to_string().parse(), Ok(kind));
    }
}
