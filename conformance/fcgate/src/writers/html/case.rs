//! A table row for each case, with its details.

use std::collections::HashMap;

use maud::{Markup, html};

use fc_conformance::report::Report;
use fc_conformance::report::disposition::{Disposition, reason};
use fc_conformance::report::escape::escape;
use fc_conformance::report::failure::repro;
use fc_conformance::report::sent_request::{request_lines, shown_request, signed_with};
use fc_conformance::report::totals::Tally;
use fcgate_cases::corpus::{Corpus, Group};
use fcgate_cases::judge::{CaseResult, Check, CheckStatus, Status};

use super::super::html_value::{anchor, comparison, linked, sentence, text, with_code_spans};

/// The extra bytes that a row with details needs.
const ROW: usize = 80;

/// The details of the rows, by case id. Cases that do not fit are absent.
pub(super) type Details = HashMap<String, Markup>;

/// Returns the details of as many cases as fit into `room` bytes. Cases that need attention come first.
pub(super) fn details(report: &Report, corpus: &Corpus, room: usize) -> Details {
    let mut details = Details::new();
    let mut left = room;
    for disposition in Disposition::ALL {
        let cases = report.selected();
        for result in cases.filter(|result| Disposition::of(report, result) == disposition) {
            let markup = case_details(report, corpus, result);
            let Some(rest) = left.checked_sub(markup.0.len() + ROW) else {
                continue;
            };
            left = rest;
            details.insert(result.id.clone(), markup);
        }
    }
    details
}

/// The filter for the visible cases. The style sheet applies it.
pub(super) fn filter(report: &Report) -> Markup {
    let tally = Tally::of(report, report.cases.iter());
    let passed = tally.get(Disposition::Passed);
    let attention = tally.total() - passed - tally.get(Disposition::Skipped);
    if attention == 0 {
        return html! {};
    }
    html! {
        fieldset.filter {
            legend { "Show" }
            label { input type="radio" name="show" id="show-all" checked; " all " (tally.total()) }
            label { input type="radio" name="show" id="show-attention"; " only the " (attention) " that did not pass" }
        }
    }
}

pub(super) fn link(id: &str) -> Markup {
    html! { a href={ "#" (anchor(id)) } { (escape(id)) } }
}

/// A note with the number of cases without details, if there are any.
pub(super) fn note(report: &Report, details: &Details) -> Markup {
    let left_out = report.selected().count().saturating_sub(details.len());
    html! {
        @if left_out > 0 && !details.is_empty() {
            p.quiet { "To keep the page short, the details of " (left_out) " cases are left out; the JSON report has all of them." }
        }
    }
}

/// The cases of one group of the corpus.
pub(super) fn group(
    report: &Report,
    corpus: &Corpus,
    group: &Group,
    results: &[&CaseResult],
    details: &Details,
) -> Markup {
    if results.is_empty() {
        return html! {};
    }
    let tally = Tally::of(report, results.iter().copied());
    let counts: Vec<(Disposition, usize)> = Disposition::ALL
        .into_iter()
        .map(|disposition| (disposition, tally.get(disposition)))
        .filter(|(_, count)| *count > 0)
        .collect();
    let bad = counts.iter().any(|(disposition, _)| disposition.is_bad());
    html! {
        details.group open[bad] {
            summary {
                span.what { code { (group.name) } " " span.quiet { (group.summary) } }
                span.counts { @for (disposition, count) in &counts {
                    span.chip.(disposition.word()) { (count) " " (disposition.word()) }
                } }
            }
            @for result in results { (row(report, corpus, result, details.get(&result.id))) }
        }
    }
}

fn row(report: &Report, corpus: &Corpus, result: &CaseResult, behind: Option<&Markup>) -> Markup {
    let disposition = Disposition::of(report, result);
    let title = corpus
        .case(&result.id)
        .map_or("", |case| case.title.as_str());
    let name = result.id.splitn(3, '.').nth(2).unwrap_or(&result.id);
    let line = html! {
        span.chip.(disposition.word()) { (disposition.word()) }
        span.title { (with_code_spans(title)) }
        code { (escape(name)) }
        span.level { (result.level) }
    };
    let anchor = anchor(&result.id);
    html! {
        @if let Some(behind) = behind {
            details.case.(disposition.word()) {
                summary { (line) }
                div.body id=(anchor) { (behind) }
            }
        } @else {
            div.case.(disposition.word()) id=(anchor) { (line) }
        }
    }
}

/// The details of a case: its rules, checks, reason and evidence.
fn case_details(report: &Report, corpus: &Corpus, result: &CaseResult) -> Markup {
    html! {
        p.line { (link(&result.id)) }
        (rules(corpus, result))
        @if result.checks.is_empty() {
            p.reason { (with_code_spans(&sentence(&reason(report, corpus, result)))) }
        } @else {
            @if let Some(note) = &result.note { p.reason { (with_code_spans(&sentence(note))) } }
            (checks(result))
        }
        (sent(result))
        (evidence_and_repro(report, corpus, result, &[]))
    }
}

/// The case that illustrates a cause, from the rule to the command that runs the case again.
pub(super) fn illustrating_case(report: &Report, corpus: &Corpus, result: &CaseResult) -> Markup {
    let title = corpus
        .case(&result.id)
        .map_or("", |case| case.title.as_str());
    let mut failed = result.checks.iter().filter(|check| check.failed());
    let first = failed.next();
    let also: Vec<&str> = failed.map(|check| check.id.as_str()).collect();
    html! {
        p.line { (link(&result.id)) ": " (with_code_spans(title)) " " span.level { (result.level) } }
        (rules(corpus, result))
        p.reason { (with_code_spans(&sentence(&reason(report, corpus, result)))) }
        @if let Some(check) = first { (comparison(check)) }
        (sent(result))
        (evidence_and_repro(report, corpus, result, &also))
    }
}

/// The request of a failed case, and for a wrong signature the text that had to be signed and the text that was signed.
fn sent(result: &CaseResult) -> Markup {
    let Some(request) = shown_request(result) else {
        return html! {};
    };
    html! {
        p.quiet { "The request:" }
        pre.request { @for line in request_lines(request) { (text(&line)) "\n" } }
        @if let Some(check) = &request.signed_text {
            p.reason { (with_code_spans(&signed_with(request, check))) "; the text to sign:" }
            @if check.actual.is_some() {
                (comparison(check))
            } @else {
                pre.request { (text(&check.expected_text().unwrap_or_default())) }
            }
        }
    }
}

fn rules(corpus: &Corpus, result: &CaseResult) -> Markup {
    html! {
        @for id in &result.requirements {
            @if let Some(rule) = corpus.requirement(id) {
                p.rule { b { (id) } " " (with_code_spans(&rule.text)) }
            }
        }
    }
}

fn evidence_and_repro(
    report: &Report,
    corpus: &Corpus,
    result: &CaseResult,
    also: &[&str],
) -> Markup {
    let case = corpus.case(&result.id);
    html! {
        dl {
            @if !also.is_empty() { dt { "also fails" } dd { (escape(&also.join(", "))) } }
            @if let Some(case) = case {
                @if !case.because.is_empty() { dt { "why" } dd { (with_code_spans(&case.because)) } }
                @if !case.evidence.is_empty() { dt { "evidence" } }
                @for evidence in &case.evidence { dd { (linked(&evidence.to_string())) } }
            }
            @if result.status != Status::Pass { dt { "repro" } dd { code { (repro(report, &result.id)) } } }
        }
    }
}

fn checks(result: &CaseResult) -> Markup {
    html! {
        table.checks {
            @for check in &result.checks { (stage(check)) }
        }
    }
}

fn stage(check: &Check) -> Markup {
    let id = html! { th { (escape(&check.id)) } };
    match check.status {
        CheckStatus::Pass => html! {
            tr { (id) td { @match check.expected_text() {
                Some(expected) => (text(&expected)),
                None => em { "not there" },
            } } }
        },
        CheckStatus::Unsupported => html! { tr.unseen { (id) td { em { "not shown" } } } },
        CheckStatus::Fail => html! {
            tr.failed { (id) td {
                @if let Some(first) = &check.first_difference {
                    p {
                        "byte " (first.offset) " (line " (first.line) ", column " (first.column) "): "
                        (with_code_spans(&sentence(&first.sentence())))
                    }
                }
                (comparison(check))
            } }
        },
    }
}
