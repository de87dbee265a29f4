//! Report files: written whole or not at all, and only to regular files.

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
fn every_kind_is_written_and_replaces_an_existing_file() {
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
fn timings_are_written_next_to_the_json_report_only() {
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
fn folders_links_and_special_files_are_usage_errors() {
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
        ("socket", "a special file"),
        ("..", "a path without a file name"),
    ] {
        let error = written(Kind::Html, &path(name)).unwrap_err();
        assert!(error.is_usage(), "{error}");
        assert!(
            error.to_string().ends_with(&format!(
                "expected a regular file or an unused path, found {what}"
            )),
            "{error}"
        );
    }
    assert_eq!(names(folder.path()), before);
    assert_eq!(fs::read_to_string(path("target")).unwrap(), "precious");
}

#[test]
fn a_missing_folder_is_a_write_error() {
    let folder = tempfile::tempdir().unwrap();
    let error = written(Kind::Md, &folder.path().join("missing/report.md")).unwrap_err();
    assert!(!error.is_usage(), "{error}");
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_report_has_the_default_file_permissions() {
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
fn an_unknown_kind_is_rejected_with_a_suggestion() {
    let message = |name: &str| name.parse::<Kind>().unwrap_err().to_string();
    assert_eq!(
        message("htm"),
        "unknown report kind 'htm'; did you mean 'html'?"
    );
    assert_eq!(
        message("\u{1b}yaml"),
        "unknown report kind '\\u{1b}yaml'; expected one of: json, jsonl, junit, tap, md, html, badge"
    );
    for kind in Kind::ALL {
        assert_eq!(kind.to_string().parse(), Ok(kind));
    }
}
