//! The releases of a client that has several: what each release changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use maud::{Markup, html};

use fc_conformance::report::Report;
use fc_conformance::report::escape::{escape, escape_line};
use fc_conformance::report::totals::counted;

use super::super::super::history::{
    Change, ChangeKind, Release, by_group, conclusion, of_kind, releases,
};
use super::super::super::numbers::Numbers;
use super::catalog::Catalog;
use super::clients::bar;

/// A section for each client with several versions; nothing if no client has them.
pub(super) fn section(catalog: &Catalog<'_>, reports: &[Report]) -> Markup {
    let mut clients: BTreeMap<(&str, &str), Vec<&Report>> = BTreeMap::new();
    for report in reports {
        let subject = &report.subject;
        let client = clients
            .entry((&subject.name, &subject.language))
            .or_default();
        client.push(report);
    }
    // Two reports of one version are not a history: their order is not known.
    clients.retain(|_, reports| {
        let versions: BTreeSet<&str> = reports
            .iter()
            .map(|one| one.subject.version.as_str())
            .collect();
        versions.len() > 1 && versions.len() == reports.len()
    });
    if clients.is_empty() {
        return html! {};
    }
    let rows = catalog.rows.iter().enumerate();
    let places: HashMap<&str, usize> = rows.map(|(index, row)| (row.id, index)).collect();
    html! {
        section #releases aria-labelledby="releases-title" {
            h2 #releases-title { "Releases" }
            @for ((name, _), reports) in &clients { (client(name, &releases(reports), &places)) }
        }
    }
}

fn client(name: &str, releases: &[Release<'_>], places: &HashMap<&str, usize>) -> Markup {
    html! {
        h3 { (escape_line(name)) }
        p { (conclusion(releases)) "." }
        div.wide tabindex="0" role="region" aria-label={ "Releases of " (escape_line(name)) } {
            table.counts.releases {
                thead { tr {
                    th scope="col" { "version" }
                    th.share scope="col" { "required cases passed" }
                    @for words in ["failed", "did not run", "fixed", "broken"] { th scope="col" { (words) } }
                } }
                tbody { @for release in releases { (line(release)) } }
            }
        }
        @for release in releases.iter().filter(|release| !release.changes.is_empty()) {
            details.table {
                summary {
                    h4 { (escape_line(release.version())) " " span.version { "since " (release.since.map(escape_line).unwrap_or_default()) } }
                    " " span.quiet { (counted(release.changes.len(), "change")) }
                }
                @for kind in ChangeKind::ALL {
                    @let changes = of_kind(release, kind);
                    @if !changes.is_empty() { (list(kind, &changes, places)) }
                }
            }
        }
    }
}

fn line(release: &Release<'_>) -> Markup {
    let numbers = Numbers::of(release.report);
    html! {
        tr {
            th scope="row" { (escape_line(release.version())) }
            td.share { (numbers.passed) " of " (numbers.required()) " " (bar(&numbers)) }
            td { (numbers.known + numbers.failed) }
            td { (numbers.not_run) }
            @for kind in [ChangeKind::Fixed, ChangeKind::Broken] { td { (of_kind(release, kind).len()) } }
        }
    }
}

fn list(kind: ChangeKind, changes: &[&Change<'_>], places: &HashMap<&str, usize>) -> Markup {
    html! {
        p { (counted(changes.len(), "case")) " " (kind.title()) ":" }
        ul.changes {
            @if kind.names_cases() {
                @for change in changes {
                    li {
                        @match places.get(change.case) {
                            Some(place) => a href={ "#c" (place) } { (escape(change.case)) },
                            None => (escape(change.case)),
                        }
                        " " span.quiet { (change.level) ": " (escape_line(&change.before)) ", now " (escape_line(&change.after)) }
                    }
                }
            } @else {
                @for (group, count) in by_group(changes.iter().map(|change| change.case)) {
                    li { code { (escape_line(group)) } " " span.quiet { (counted(count, "case")) } }
                }
            }
        }
    }
}
