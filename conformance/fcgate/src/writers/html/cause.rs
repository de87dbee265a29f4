//! A cause: the rule, where the reply differs from it, why it matters, and all its cases.

use std::collections::HashMap;

use maud::{Markup, html};

use fc_conformance::report::Report;
use fc_conformance::report::escape::escape;
use fc_conformance::report::totals::{cases_of_cause, counted, gates, shown_case};
use fc_conformance::verdict::Cause;
use fcgate_cases::corpus::Corpus;

use super::super::html_value::anchor;
use super::case;

/// The number of causes that are expanded at first.
const OPEN: usize = 5;

/// The anchors of the causes. A repeated anchor gets a number, so that every anchor is unique.
#[derive(Debug, Default)]
pub(super) struct Anchors(HashMap<String, usize>);

impl Anchors {
    pub(super) fn next(&mut self, cause: &Cause) -> String {
        let anchor = format!("cause.{}", anchor(&cause.code));
        let times = self.0.entry(anchor.clone()).or_default();
        *times += 1;
        match *times {
            1 => anchor,
            times => format!("{anchor}-{times}"),
        }
    }
}

pub(super) fn block(
    report: &Report,
    corpus: &Corpus,
    cause: &Cause,
    anchor: &str,
    place: usize,
) -> Markup {
    let gates = gates(report, cause);
    let result = shown_case(report, cause);
    let others = || {
        let shown = result.map(|result| &result.id);
        cause.cases.iter().filter(move |id| Some(*id) != shown)
    };
    let class = if gates { "failed" } else { "differs" };
    html! {
        details.cause.(class) open[gates && place < OPEN] {
            summary {
                span.what { (escape(&cause.summary)) }
                span.chip.(class) { @if gates { "failed" } @else { "not required" } }
                span.count { (cases_of_cause(report, cause)) }
            }
            div.body id=(anchor) {
                p.line { code { (escape(&cause.code)) } " " a.self href={ "#" (anchor) } { "link to this cause" } }
                @if !cause.mutants.is_empty() {
                    p.mutant { "The replies are exactly those of the mutant "
                        @for (place, mutant) in cause.mutants.iter().enumerate() {
                            @if place > 0 { " or " }
                            strong { (escape(mutant)) }
                        }
                        "."
                    }
                }
                @if let Some(result) = result {
                    (case::illustrating_case(report, corpus, result))
                }
                @if others().next().is_some() {
                    details.others {
                        summary { (counted(others().count(), "more case")) " with this cause" }
                        ul.ids { @for id in others() { li { (case::link(id)) } } }
                    }
                }
            }
        }
    }
}
