//! The history as text.

use std::fmt::Write as _;

use fc_conformance::report::escape::escape_line;
use fc_conformance::report::totals::counted;

use super::super::numbers::Numbers;
use super::change::{Change, ChangeKind};
use super::not_judged::NotJudged;
use super::release::{Release, always_failing, by_group, conclusion, of_kind};

pub(super) fn text(releases: &[Release<'_>], not_judged: &[NotJudged]) -> String {
    let mut out = String::new();
    if let Some(first) = releases.first() {
        let subject = &first.report.subject;
        let (name, language) = (escape_line(&subject.name), escape_line(&subject.language));
        let suite = escape_line(&first.report.suite);
        let _ = writeln!(out, "{name} ({language}), suite {suite}\n");
    }
    let width = releases
        .iter()
        .map(|one| escape_line(one.version()).chars().count());
    let width = width.max().unwrap_or_default();
    for release in releases {
        let numbers = Numbers::of(release.report);
        let version = escape_line(release.version());
        let _ = write!(
            out,
            "  {version:<width$}  {} of {} required cases passed, {} failed",
            numbers.passed,
            numbers.required(),
            numbers.known + numbers.failed
        );
        if let Some(revision) = &release.report.provenance.source_revision {
            let _ = write!(out, ", source {revision}");
        }
        if let Some(url) = &release.report.provenance.run_url {
            let _ = write!(out, ", {url}");
        }
        out.push('\n');
    }
    for one in not_judged {
        let (version, reason) = (escape_line(one.version()), escape_line(one.reason()));
        let _ = writeln!(out, "  {version:<width$}  not judged, because {reason}");
    }
    for release in releases.iter().filter(|one| !one.changes.is_empty()) {
        let since = release.since.map(escape_line).unwrap_or_default();
        let _ = writeln!(out, "\n{}, since {since}:", escape_line(release.version()));
        for kind in ChangeKind::ALL {
            list(kind, &of_kind(release, kind), &mut out);
        }
    }
    let always = always_failing(releases).len();
    if always > 0 && releases.len() > 1 {
        let cases = counted(always, "required case");
        let _ = writeln!(out, "\nin every judged release: {cases} failed");
    }
    let _ = writeln!(out, "\n{}", conclusion(releases));
    out
}

fn list(kind: ChangeKind, changes: &[&Change<'_>], out: &mut String) {
    if changes.is_empty() {
        return;
    }
    let _ = writeln!(out, "  {}: {}", kind.title(), changes.len());
    if kind.names_cases() {
        for one in changes {
            let (before, after) = (escape_line(&one.before), escape_line(&one.after));
            let _ = writeln!(
                out,
                "    {} ({}): {before}, now {after}",
                escape_line(one.case),
                one.level
            );
        }
    } else {
        for (group, count) in by_group(changes.iter().map(|one| one.case)) {
            let _ = writeln!(
                out,
                "    {}: {}",
                escape_line(group),
                counted(count, "case")
            );
        }
    }
}
