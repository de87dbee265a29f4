//! Several copies of an adapter that answers one request after the other.

use std::path::Path;
use std::process::Output;

use crate::binary;

/// Notes every start in a file, and declares that it answers one request at a time.
const ADAPTER: &str =
    "echo start >> starts; \"$0\" reference | sed -u 's/\"parallel\":8/\"parallel\":1/'";

fn run(folder: &Path, script: &str, options: &[&str]) -> Output {
    let run = [
        "run",
        "-q",
        "--only",
        "sign.fc-headers.*",
        "--only",
        "invoke.redirects.*",
        "--partial-ok",
    ];
    let adapter = ["--", "sh", "-c", script, env!("CARGO_BIN_EXE_fcgate")];
    let mut command = binary::fcgate(&[&run[..], options, &adapter].concat());
    command.current_dir(folder).output().unwrap()
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn copies_of_an_adapter_give_the_report_of_one() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let options = ["--hello-timeout", "60", "--timeout", "60"];
    for (processes, starts) in [("1", 1), ("4", 4)] {
        let target = format!("json={processes}.json");
        let copies = ["--processes", processes, "--report", &target];
        let output = run(folder, ADAPTER, &[&options[..], &copies].concat());
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{message}");
        assert_eq!(read(folder, "starts").lines().count(), starts);
        std::fs::remove_file(folder.join("starts")).unwrap();
    }
    assert!(read(folder, "1.json") == read(folder, "4.json"));
}

#[test]
fn copies_whose_hello_differs_break_the_protocol() {
    let folder = tempfile::tempdir().unwrap();
    // Of all copies, one creates the folder.
    let script = "if mkdir first 2>/dev/null; then n=1; else n=2; fi; \
        \"$0\" reference | sed -u \"s/\\\"parallel\\\":8/\\\"parallel\\\":$n/\"";
    let options = ["--processes", "2", "--hello-timeout", "60"];
    let output = run(folder.path(), script, &options);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(5), "{message}");
    assert!(
        message.contains("two copies of the adapter to hello differ"),
        "{message}"
    );
}

#[test]
fn a_wrong_number_of_copies_is_a_usage_error() {
    let folder = tempfile::tempdir().unwrap();
    for number in ["0", "65", "x"] {
        let output = run(folder.path(), ADAPTER, &["--processes", number]);
        assert_eq!(output.status.code(), Some(2), "{number}");
    }
}
