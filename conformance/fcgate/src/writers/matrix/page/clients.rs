//! The clients: first how many required cases pass, then what the client is and who ran it.

use maud::{Markup, html};

use fc_conformance::report::Report;
use fc_conformance::report::escape::escape_line;

use super::super::super::html_value::linked;
use super::super::super::numbers::Numbers;

/// The width of a bar, in SVG units.
const WIDTH: usize = 1000;

pub(super) fn section(reports: &[Report]) -> Markup {
    html! {
        section #clients aria-labelledby="clients-title" {
            h2 #clients-title { "Clients" }
            ul.clients { @for report in reports { li { (client(report)) } } }
        }
    }
}

fn client(report: &Report) -> Markup {
    let (subject, numbers) = (&report.subject, Numbers::of(report));
    let provenance = &report.provenance;
    html! {
        h3 { (escape_line(&subject.name)) " " span.version { (escape_line(&subject.version)) } }
        p.score {
            strong { (numbers.passed) } " of " (numbers.required()) " required cases pass"
        }
        (bar(&numbers))
        p.numbers {
            (numbers.ran()) " ran; failed: " (numbers.failed_in_words()) "; did not run: " (numbers.not_run)
        }
        dl {
            dt { "language" } dd { (escape_line(&subject.language)) }
            dt { "revision" } dd { (escape_line(&report.claims.revisions.join(", "))) }
            dt { "verdict" } dd { (numbers.verdict(report)) }
            @if let Some(revision) = &provenance.source_revision {
                dt { "source" } dd { code { (escape_line(revision.as_str())) } }
            }
            @if let Some(url) = &provenance.run_url {
                dt { "run" } dd { (linked(url.as_str())) }
            }
        }
    }
}

/// The required cases as a bar. Each part has a minimum width, so that a single failure is visible.
pub(super) fn bar(numbers: &Numbers) -> Markup {
    let all = numbers.required().max(1);
    let mut from = 0;
    let mut parts = Vec::new();
    for (count, class) in [
        (numbers.passed, "passed"),
        (numbers.known, "known"),
        (numbers.failed, "failed"),
        (numbers.not_run, "skipped"),
    ] {
        if count > 0 {
            let width = (count * WIDTH / all).max(8);
            parts.push((from, width, class));
            from += width;
        }
    }
    html! {
        svg.bar viewBox={ "0 0 " (from.max(1)) " 10" } preserveAspectRatio="none" aria-hidden="true" {
            @for (from, width, class) in parts {
                rect class=(class) x=(from) width=(width) height="10" {}
            }
        }
    }
}
