//! Paths of reports, with the built binary.

use std::fs;
use std::path::Path;
use std::process::Command;

use fc_bad_inputs::Entry;

use crate::command::{clean, fcgate, run};

const RUN: [&str; 5] = ["run", "-q", "--partial-ok", "--only", "parse.status.4*"];

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let codes = match entry.id() {
        "px-033" => vec![on_a_full_disk(folder.path())],
        _ => vec![at_a_link(folder.path()), at_a_folder(folder.path())],
    };
    for (code, text) in codes {
        if entry.number("exit") != Some(code) {
            return Err(format!(
                "expected {}, found exit {code}: {text}",
                entry.expected()
            ));
        }
    }
    Ok(())
}

/// A limit of the size of files has the effect of a full disk: a write fails after some bytes.
fn on_a_full_disk(folder: &Path) -> (i32, String) {
    let mut command = Command::new("sh");
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
    command
        .args(["-c", script, env!("CARGO_BIN_EXE_fcgate")])
        .args(RUN)
        .args(["--report", "json=report.json"])
        .current_dir(folder);
    clean(&mut command);
    let found = run(command);
    assert!(!folder.join("report.json").exists(), "a partial report");
    found
}

fn at_a_link(folder: &Path) -> (i32, String) {
    fs::write(folder.join("target"), "kept").unwrap();
    std::os::unix::fs::symlink("target", folder.join("link")).unwrap();
    let found = run(fcgate(
        folder,
        &[&RUN[..], &["--report", "json=link"]].concat(),
    ));
    assert_eq!(fs::read_to_string(folder.join("target")).unwrap(), "kept");
    assert!(folder.join("link").is_symlink());
    found
}

fn at_a_folder(folder: &Path) -> (i32, String) {
    fs::create_dir(folder.join("folder")).unwrap();
    let found = run(fcgate(
        folder,
        &[&RUN[..], &["--report", "json=folder"]].concat(),
    ));
    assert_eq!(fs::read_dir(folder.join("folder")).unwrap().count(), 0);
    found
}
