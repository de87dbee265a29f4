//! Files of known failures, with the built binary.

use std::fs;

use fc_bad_inputs::Entry;

use crate::command::{fcgate, run};

/// A case that the built-in reference passes.
const CASE: &str = "parse.status.418";

/// An entry with these lines in place of the usual ones of the same name.
fn entry_with(lines: &[&str]) -> String {
    let usual = [
        format!("match = '{CASE}'"),
        "sees = 'crash'".to_owned(),
        "because = 'b'".to_owned(),
        "issue = '#1'".to_owned(),
        "added = 2026-11-22".to_owned(),
        "expires = 2027-01-20".to_owned(),
    ];
    let name = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    let replaced: Vec<String> = lines.iter().map(|line| name(line)).collect();
    let mut text = vec!["[[known]]"];
    let kept = usual.iter().map(String::as_str);
    text.extend(kept.filter(|line| !replaced.contains(&name(line))));
    text.extend(lines.iter().filter(|line| line.contains('=')));
    text.join("\n") + "\n"
}

fn file(entry: &Entry) -> Vec<String> {
    let text = entry.text("toml");
    let one = |lines: &[&str]| format!("version = 1\n{}", entry_with(lines));
    match text.strip_prefix("[[known]] ") {
        // Each of the two fields is missing in a file of its own.
        Some("without issue or because") => vec![one(&["issue"]), one(&["because"])],
        // An entry that expired was added before.
        Some(line) if line.contains("2020") => vec![one(&[line, "added = 2019-12-01"])],
        Some(line) => vec![one(&[line])],
        None if text == "same match twice" => {
            vec![format!(
                "version = 1\n{}{}",
                entry_with(&[]),
                entry_with(&[])
            )]
        }
        None if text.starts_with("version") => vec![text],
        None => vec![format!("version = 1\n{text}")],
    }
}

pub(crate) fn check(entry: &Entry) -> Result<(), String> {
    for text in file(entry) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("fcgate-known.toml"), &text).unwrap();
        let arguments = ["run", "-q", "--partial-ok", "--only", "parse.status.4*"];
        let (code, output) = run(fcgate(folder.path(), &arguments));
        if entry.number("exit") != Some(code) {
            return Err(format!(
                "expected {}, found exit {code}: {output}",
                entry.expected()
            ));
        }
        // A file that cannot be used is named with its line.
        assert!(
            code != 2 || output.contains("fcgate-known.toml:"),
            "{output}"
        );
    }
    Ok(())
}
