//! Workflow commands of GitHub: an annotation for each cause.

use std::fmt::Write as _;

use fc_conformance::verdict::{Cause, Verdict};
use fcgate_cases::corpus::Corpus;

use fc_conformance::report::Report;
use fc_conformance::report::disposition::reason;
use fc_conformance::report::escape::escape;
use fc_conformance::report::failure::repro;
use fc_conformance::report::totals::{
    cases_of_cause, counted, gates, gating_first, sentences, shown_case, verdict,
};

/// The most annotations that GitHub shows for one step.
const MOST: usize = 10;

/// Returns at most ten workflow commands.
///
/// A cause that affects the verdict gives an error; any other cause gives a warning. A verdict that
/// has no cause gives one command.
pub fn annotations(report: &Report, corpus: &Corpus) -> String {
    let mut commands: Vec<String> = gating_first(report)
        .into_iter()
        .map(|cause| command_of_cause(report, corpus, cause))
        .collect();
    let has_gating_cause = report.causes.iter().any(|cause| gates(report, cause));
    let title = format!("fcgate: {}", verdict(report));
    if report.verdict != Verdict::Conforming && !has_gating_cause {
        commands.insert(0, command("error", &title, &sentences(report).join("\n")));
    }
    if commands.len() > MOST {
        let more = commands.len() - (MOST - 1);
        commands.truncate(MOST - 1);
        let more = format!("{} in the report", counted(more, "more cause"));
        commands.push(command("warning", &title, &more));
    }
    commands.concat()
}

fn command_of_cause(report: &Report, corpus: &Corpus, cause: &Cause) -> String {
    let word = if gates(report, cause) {
        "error"
    } else {
        "warning"
    };
    let title = format!(
        "fcgate: {} ({})",
        cause.summary,
        cases_of_cause(report, cause)
    );
    let mut message = String::new();
    if let Some(result) = shown_case(report, cause) {
        let _ = writeln!(message, "{}: {}", result.id, reason(report, corpus, result));
        if let Some(case) = corpus.case(&result.id) {
            let _ = writeln!(message, "{}", case.because);
        }
        message += &repro(report, &result.id);
    }
    command(word, &title, &message)
}

/// One workflow command on one line; the message may have several lines.
fn command(word: &str, title: &str, message: &str) -> String {
    let title = escaped(&escape(title))
        .replace(':', "%3A")
        .replace(',', "%2C");
    let lines: Vec<String> = message
        .lines()
        .map(|line| escape(line).into_owned())
        .collect();
    format!("::{word} title={title}::{}\n", escaped(&lines.join("\n")))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
