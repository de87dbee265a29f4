//! The history as Markdown.

use std::fmt::Write as _;

use fc_conformance::report::escape::escape_line;
use fc_conformance::report::totals::counted;

use super::super::markdown::escape::{code, plain};
use super::super::numbers::Numbers;
use super::change::{Change, ChangeKind};
use super::not_judged::NotJudged;
use super::release::{Release, always_failing, by_group, conclusion, of_kind};

/// The content of an empty cell.
const NONE: &str = "–";

pub(super) fn markdown(releases: &[Release<'_>], not_judged: &[NotJudged]) -> String {
    let mut out = String::new();
    let Some(first) = releases.first() else {
        return out;
    };
    let subject = &first.report.subject;
    let (name, language) = (escape_line(&subject.name), escape_line(&subject.language));
    let _ = write!(
        out,
        "# The releases of {}\n\nLanguage {}, suite {}: {}.\n\n",
        plain(&name),
        plain(&language),
        plain(&escape_line(&first.report.suite)),
        plain(&conclusion(releases))
    );
    table(releases, not_judged, &mut out);
    for release in releases.iter().filter(|one| !one.changes.is_empty()) {
        let since = plain(&release.since.map(escape_line).unwrap_or_default());
        let version = plain(&escape_line(release.version()));
        let _ = writeln!(out, "\n## {version}, since {since}");
        for kind in ChangeKind::ALL {
            list(kind, &of_kind(release, kind), &mut out);
        }
    }
    let always = always_failing(releases);
    if !always.is_empty() && releases.len() > 1 {
        let cases = counted(always.len(), "required case");
        let _ = write!(out, "\n## Failed in every judged release\n\n{cases}:\n\n");
        for (group, count) in by_group(always) {
            let _ = writeln!(out, "- {}: {count}", code(&escape_line(group)));
        }
    }
    out
}

fn table(releases: &[Release<'_>], not_judged: &[NotJudged], out: &mut String) {
    let stated = releases
        .iter()
        .any(|release| !release.report.provenance.is_empty());
    let (head, line) = if stated {
        (" source and run |", " --- |")
    } else {
        ("", "")
    };
    let _ = writeln!(
        out,
        "| version | required cases passed | failed | did not run | fixed | broken |{head}\n| --- | ---: | ---: | ---: | ---: | ---: |{line}"
    );
    for release in releases {
        let numbers = Numbers::of(release.report);
        let count = |kind| of_kind(release, kind).len();
        let _ = write!(
            out,
            "| {} | {} of {} | {} | {} | {} | {} |",
            plain(&escape_line(release.version())),
            numbers.passed,
            numbers.required(),
            numbers.known + numbers.failed,
            numbers.not_run,
            count(ChangeKind::Fixed),
            count(ChangeKind::Broken)
        );
        if stated {
            let provenance = &release.report.provenance;
            let revision = provenance.source_revision.as_ref().map(ToString::to_string);
            let url = provenance.run_url.as_ref().map(ToString::to_string);
            let words: Vec<String> = revision.into_iter().chain(url).collect();
            let words = words.join(", ");
            let words = if words.is_empty() { NONE } else { &words };
            let _ = write!(out, " {} |", plain(words));
        }
        out.push('\n');
    }
    for one in not_judged {
        let (version, reason) = (escape_line(one.version()), escape_line(one.reason()));
        let _ = writeln!(
            out,
            "\nNot judged: {}, because {}.",
            plain(&version),
            plain(&reason)
        );
    }
}

fn list(kind: ChangeKind, changes: &[&Change<'_>], out: &mut String) {
    if changes.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "\n{} {}:\n\n",
        counted(changes.len(), "case"),
        kind.title()
    );
    if kind.names_cases() {
        for one in changes {
            let words = format!(
                "{}, now {}",
                escape_line(&one.before),
                escape_line(&one.after)
            );
            let _ = writeln!(
                out,
                "- {} ({}): {}",
                code(&escape_line(one.case)),
                one.level,
                plain(&words)
            );
        }
    } else {
        for (group, count) in by_group(changes.iter().map(|one| one.case)) {
            let _ = writeln!(out, "- {}: {count}", code(&escape_line(group)));
        }
    }
}
