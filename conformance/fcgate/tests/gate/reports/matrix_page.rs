//! The matrix as a page, parsed by an independent parser.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fc_conformance::report::Report;
use fc_conformance::verdict::Rules;
use fcgate::writers::{Matrix, json};
use fcgate_cases::corpus::{Corpus, Level};
use fcgate_cases::judge::{CaseResult, Status};
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest as _, Sha256};

use super::sample::{HOSTILE, differing, every_status, report, report_with_text};
use crate::small_corpus::small_corpus;

fn page(reports: &[&Report], corpus: &Corpus) -> String {
    let texts = reports.iter().enumerate();
    let texts: Vec<(String, String)> = texts
        .map(|(place, report)| (format!("{place}.json"), json(report).unwrap()))
        .collect();
    Matrix::read(&texts).unwrap().html(corpus)
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn words(element: ElementRef<'_>) -> String {
    let text: Vec<&str> = element.text().collect();
    let text = text.join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A report in which one case passes and one fails, known or not.
fn failing(status: Status) -> (Report, Corpus) {
    let corpus = small_corpus();
    let passed = CaseResult::unjudged(corpus.case("parse.basic.completed").unwrap(), Status::Pass);
    let case = corpus.case("sign.basic.minimal").unwrap();
    let mut failed = CaseResult::judged(case, vec![differing("POST\nright", "POST\nwrong")]);
    failed.status = status;
    (report(&corpus, vec![passed, failed], Rules::new()), corpus)
}

#[test]
fn the_content_security_policy_allows_only_the_script_and_the_style_of_the_page() {
    let (report, corpus) = every_status();
    let text = page(&[&report], &corpus);
    let html = Html::parse_document(&text);
    let only = |selector: &str| {
        let found = all(&html, selector);
        assert_eq!(found.len(), 1, "{selector}");
        found[0].text().collect::<String>()
    };
    let digest = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let (style, script) = (only("style"), only("script"));
    let policy = all(&html, "meta[http-equiv='Content-Security-Policy']")[0];
    let expected = format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        digest(&style),
        digest(&script)
    );
    assert_eq!(policy.attr("content"), Some(expected.as_str()));
    assert!(!style.contains("url(") && !style.contains("@import"));
    for word in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
        "import(",
    ] {
        assert!(!script.contains(word), "{word}");
    }
    for selector in [
        "img", "link", "iframe", "object", "base", "[src]", "[style]", "[action]",
    ] {
        assert!(all(&html, selector).is_empty(), "{selector}");
    }
    for element in all(&html, "*") {
        for (name, _) in element.value().attrs() {
            assert!(!name.starts_with("on"), "{name}");
        }
    }
}

#[test]
fn a_client_first_shows_how_many_required_cases_pass() {
    for status in [Status::Known, Status::Fail] {
        let (report, corpus) = failing(status);
        let html = Html::parse_document(&page(&[&report], &corpus));
        let client = words(all(&html, ".clients > li")[0]);
        assert!(
            client.starts_with("double 1.0.0 1 of 2 required cases pass 2 ran; failed: 1"),
            "{client}"
        );
        assert_eq!(
            client.contains("1, all known;"),
            status == Status::Known,
            "{client}"
        );
        assert!(!client.contains("conforming except"), "{client}");
    }
}

#[test]
fn each_failed_result_opens_its_case_with_both_texts() {
    let (report, corpus) = failing(Status::Known);
    let (other, _) = failing(Status::Fail);
    let html = Html::parse_document(&page(&[&report, &other], &corpus));
    let cells = all(&html, "#table td a");
    assert_eq!(cells.len(), 2);
    for (cell, word) in cells.iter().zip(["failed, known", "failed"]) {
        assert_eq!(words(*cell), word);
        let target = cell.attr("href").unwrap().strip_prefix('#').unwrap();
        let details = all(&html, &format!("article [id='{target}']"));
        let text = |row: &str| -> String {
            let cell = Selector::parse(&format!("tr.{row} td")).unwrap();
            let found = details[0].select(&cell).flat_map(|cell| cell.text());
            found.collect()
        };
        assert_eq!(
            (text("expected"), text("actual")),
            ("right⌁".to_owned(), "wrong⌁".to_owned())
        );
    }
    let article = words(all(&html, "article")[0]);
    for part in [
        "T-SIGN-001",
        "The string to sign is six pieces in order.",
        "Every request would be refused with 403.",
    ] {
        assert!(article.contains(part), "{article}");
    }
}

#[test]
fn ids_are_unique_and_links_and_labels_have_targets() {
    let (report, corpus) = every_status();
    let html = Html::parse_document(&page(&[&report, &report], &corpus));
    let ids: Vec<&str> = all(&html, "[id]")
        .iter()
        .map(|one| one.attr("id").unwrap())
        .collect();
    let once: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), once.len());
    for link in all(&html, "a[href^='#']") {
        let target = link.attr("href").unwrap().trim_start_matches('#');
        assert!(once.contains(target), "{target}");
    }
    for labelled in all(&html, "[aria-labelledby]") {
        assert!(once.contains(labelled.attr("aria-labelledby").unwrap()));
    }
    // Every element that the script looks up by its id is in the page.
    let script = all(&html, "script")[0].text().collect::<String>();
    let named = script
        .split("byId('")
        .skip(1)
        .map(|rest| rest.split('\'').next().unwrap());
    let listed = ["search", "client", "check", "show"];
    for id in named.chain(listed) {
        assert!(once.contains(id), "{id}");
    }
    assert!(script.contains("['search', 'client', 'check', 'show'].map(byId)"));
}

#[test]
fn every_field_has_a_label_and_every_result_a_word_and_a_header() {
    let (report, corpus) = every_status();
    let html = Html::parse_document(&page(&[&report], &corpus));
    let fields = all(&html, "input, select").len();
    assert_eq!(all(&html, "label input, label select").len(), fields);
    assert!(all(&html, "output[aria-live='polite']").len() == 1);
    for row in all(&html, "#table tbody tr:not(.group)") {
        let head = row
            .select(&Selector::parse("th[scope='row'] a").unwrap())
            .count();
        assert_eq!(head, 1);
        for cell in row.select(&Selector::parse("td").unwrap()) {
            assert!(!words(cell).is_empty());
        }
    }
    assert_eq!(all(&html, "#table thead th[scope='col']").len(), 2);
    // Without the script the filter is hidden, and nothing else is.
    let hidden: Vec<&str> = all(&html, "[hidden]")
        .iter()
        .map(|one| one.attr("id").unwrap())
        .collect();
    assert_eq!(hidden, ["filter", "none"]);
}

#[test]
fn the_checks_of_a_failed_result_are_those_of_the_filter() {
    let (report, corpus) = failing(Status::Fail);
    let html = Html::parse_document(&page(&[&report], &corpus));
    let options: Vec<(&str, String)> = all(&html, "#check option")
        .into_iter()
        .map(|option| (option.attr("value").unwrap(), words(option)))
        .collect();
    assert_eq!(options[1], ("0", "sign#string_to_sign".to_owned()));
    assert_eq!(all(&html, "td[data-c='0']").len(), 1);
}

#[test]
fn hostile_text_is_escaped() {
    let corpus = small_corpus();
    let shape = |text: &str| -> BTreeSet<String> {
        let (report, _) = report_with_text(text);
        let html = Html::parse_document(&page(&[&report], &corpus));
        let elements = all(&html, "*").into_iter();
        elements
            .map(|element| {
                let mut names: Vec<&str> = element.value().attrs().map(|(name, _)| name).collect();
                names.sort_unstable();
                format!("{} {}", element.value().name(), names.join(" "))
            })
            .collect()
    };
    let harmless = shape("harmless");
    for text in HOSTILE {
        // A text with several lines has more rows, and control characters have names.
        let known =
            ["i ", "tr class", "mark ", "code ", "tr ", "td ", "th scope"].map(str::to_owned);
        let new: Vec<String> = shape(text)
            .into_iter()
            .filter(|one| !harmless.contains(one) && !known.contains(one))
            .collect();
        assert!(new.is_empty(), "{new:?} of {text}");
    }
}

#[test]
fn reports_about_another_corpus_show_the_ids_of_the_cases() {
    let (report, mut corpus) = failing(Status::Fail);
    corpus.sha256 = "0".repeat(64);
    let html = Html::parse_document(&page(&[&report], &corpus));
    let titles: Vec<String> = all(&html, "#table tbody th[scope='row'] a")
        .into_iter()
        .map(words)
        .collect();
    assert_eq!(titles, ["sign.basic.minimal", "parse.basic.completed"]);
}

#[test]
fn cases_that_ran_for_no_client_and_cases_without_expectation_are_left_out_and_counted() {
    let corpus = small_corpus();
    let mut results: Vec<CaseResult> = corpus
        .cases()
        .into_iter()
        .map(|case| CaseResult::unjudged(case, Status::Unsupported))
        .collect();
    let all_cases = results.len();
    results[0].status = Status::Pass;
    results[1].status = Status::Pass;
    results[1].level = Level::Observe;
    let report = report(&corpus, results, Rules::new());
    let html = Html::parse_document(&page(&[&report], &corpus));
    assert_eq!(all(&html, "#table tbody tr:not(.group)").len(), 1);
    let head = words(all(&html, "header")[0]);
    let left_out = format!(
        "Left out: {} cases that ran for no client, and 2 cases of level observe, which have no expectation.",
        all_cases - 3
    );
    assert!(head.contains(&left_out), "{head}");
}

/// So many cases of the corpus, each failed with long texts.
fn failed_cases(corpus: &Corpus, count: usize) -> Report {
    let long: String = "junk \u{1}\r\n".repeat(300);
    let results = corpus.cases().into_iter().take(count);
    let results = results
        .map(|case| CaseResult::judged(case, vec![differing("a\nb\nc", &long)]))
        .collect();
    report(corpus, results, Rules::new())
}

#[test]
fn the_size_of_the_page_grows_in_proportion_to_the_cases_and_the_clients() {
    let corpus = Corpus::embedded().unwrap();
    let (some, twice) = (failed_cases(&corpus, 100), failed_cases(&corpus, 200));
    let size = |reports: &[&Report]| page(reports, &corpus).len();
    let one = size(&[&some]);
    assert!(size(&[&twice]) < 2 * one);
    assert!(size(&[&some, &some, &some, &some]) < 4 * one);
}
