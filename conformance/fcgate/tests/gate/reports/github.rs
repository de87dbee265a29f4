//! The workflow commands for GitHub, parsed as the GitHub runner parses them.

use fc_conformance::report::{Report, Verbosity, text};
use fc_conformance::verdict::{Rules, Verdict};
use fcgate::writers::annotations;
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_text::visible::visible;

use super::sample::{HOSTILE, every_status, every_verdict, hostile, report};
use crate::small_corpus::small_corpus;

/// A command: its name, its title and its message.
type Command = (String, String, String);

fn read(text: &str) -> Vec<Command> {
    text.lines()
        .map(|line| {
            let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
            let (name, properties) = head.split_once(' ').unwrap();
            let title = properties.strip_prefix("title=").unwrap();
            assert!(!title.contains([',', ':']), "{line}");
            (name.to_owned(), unescaped(title), unescaped(message))
        })
        .collect()
}

fn unescaped(text: &str) -> String {
    [
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%3A", ":"),
        ("%2C", ","),
        ("%25", "%"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[test]
fn each_cause_is_an_annotation() {
    let (report, corpus) = every_status();
    let commands = read(&annotations(&report, &corpus));
    let shown: Vec<String> = commands
        .into_iter()
        .map(|(name, title, message)| format!("{name} | {title}\n{message}"))
        .collect();
    insta::assert_snapshot!(shown.join("\n\n"), @r#"
error | fcgate: sign crashes (1 case)
sign.basic.crash: crashed: a note on crash
Every request would be refused with 403.
fcgate run --partial-ok --only sign.basic.crash

error | fcgate: sign: string to sign differs (1 case)
sign.basic.fail: string_to_sign differs at byte 0 (line 1, column 1): expected `l` (6c), got `r` (72)
Every request would be refused with 403.
fcgate run --partial-ok --only sign.basic.fail

error | fcgate: sign does not reply within the time limit (1 case)
sign.basic.timeout: no reply within the time limit: a note on timeout
Every request would be refused with 403.
fcgate run --partial-ok --only sign.basic.timeout
"#);
}

#[test]
fn at_most_ten_annotations_are_written_and_the_last_one_counts_the_rest() {
    let corpus = small_corpus();
    let case = corpus.case("sign.basic.minimal").unwrap();
    let result = CaseResult::unjudged(case, Status::Crash);
    let mut report: Report = report(&corpus, vec![result], Rules::new());
    report.causes = vec![report.causes[0].clone(); 10];
    assert_eq!(read(&annotations(&report, &corpus)).len(), 10);
    report.causes = vec![report.causes[0].clone(); 30];
    let commands = read(&annotations(&report, &corpus));
    assert_eq!(commands.len(), 10);
    assert_eq!(commands[9].2, "21 more causes in the report");
}

#[test]
fn an_error_is_written_exactly_if_the_run_does_not_conform() {
    for (report, corpus) in every_verdict() {
        let commands = read(&annotations(&report, &corpus));
        let error = commands.iter().any(|(name, _, _)| name == "error");
        assert_eq!(error, report.verdict != Verdict::Conforming, "{commands:?}");
    }
}

#[test]
fn hostile_text_is_escaped() {
    let of = |text: &str| {
        let (report, corpus) = hostile(text);
        read(&annotations(&report, &corpus))
    };
    for text in HOSTILE {
        let commands = of(text);
        assert_eq!(commands.len(), of("harmless").len());
        let shown = visible(text.as_bytes());
        let title = format!("fcgate: {shown} (");
        assert!(commands[0].1.starts_with(&title), "{title} in {commands:?}");
        let contains_text = |(_, _, message): &Command| message.contains(&format!(": {shown}\n"));
        assert!(
            commands.iter().any(contains_text),
            "{shown} in {commands:?}"
        );
    }
}

#[test]
fn no_line_of_the_text_report_is_a_workflow_command() {
    for hostile_text in HOSTILE {
        let (report, corpus) = hostile(hostile_text);
        let shown = text(&report, &corpus, Verbosity::Verbose);
        for line in shown.lines() {
            assert!(!line.trim_start().starts_with("::"), "{line}");
        }
    }
}
