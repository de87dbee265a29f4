//! The HTML report, parsed by an independent parser.

use std::collections::BTreeSet;

use fc_conformance::report::Report;
use fc_conformance::verdict::Rules;
use fcgate::writers::html;
use fcgate_cases::corpus::Corpus;
use fcgate_cases::judge::{CaseResult, Check, Status};
use scraper::{Html, Selector};

use super::sample::{HOSTILE, differing, every_status, hostile, report, report_of};
use crate::doubles::{Double, hello, results};

fn parsed((report, corpus): &(Report, Corpus)) -> Html {
    Html::parse_document(&html(report, corpus))
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// Every element with the names of its attributes, in order.
fn shape(page: &Html) -> Vec<String> {
    all(page, "*")
        .into_iter()
        .map(|element| {
            let mut names: Vec<&str> = element.value().attrs().map(|(name, _)| name).collect();
            names.sort_unstable();
            format!("{} {}", element.value().name(), names.join(" "))
        })
        .collect()
}

#[test]
fn the_page_has_no_script_loads_nothing_and_has_a_strict_content_security_policy() {
    let page = parsed(&every_status());
    let policy = all(&page, "meta[http-equiv='Content-Security-Policy']")[0]
        .attr("content")
        .unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    for selector in [
        "script", "img", "link", "iframe", "object", "base", "form", "[src]", "[style]",
    ] {
        assert!(all(&page, selector).is_empty(), "{selector}");
    }
    for element in all(&page, "*") {
        for (name, _) in element.value().attrs() {
            assert!(!name.starts_with("on"), "{name}");
        }
    }
    let style = all(&page, "style")[0].text().collect::<String>();
    assert!(!style.contains("url(") && !style.contains("@import"));
}

#[test]
fn cases_and_causes_have_anchors_and_links_have_targets() {
    let sample = every_status();
    let page = parsed(&sample);
    let ids: Vec<&str> = all(&page, "[id]")
        .iter()
        .map(|e| e.attr("id").unwrap())
        .collect();
    let once: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), once.len());
    for case in sample.0.selected() {
        assert!(once.contains(case.id.as_str()), "{}", case.id);
    }
    for cause in &sample.0.causes {
        assert!(once.contains(format!("cause.{}", cause.code.replace('#', ".")).as_str()));
    }
    for link in all(&page, "a") {
        let target = link.attr("href").unwrap();
        assert!(once.contains(target.strip_prefix('#').unwrap()), "{target}");
    }
}

#[test]
fn a_failed_case_shows_rule_difference_evidence_and_repro() {
    let double = Double {
        sign: Some(|_, mut output| {
            output.stages.as_mut().unwrap().string_to_sign = Some("POST \n".to_owned());
            fcgate_protocol::Reply::Ok(output)
        }),
        ..Double::default()
    };
    let sample = report_of(&hello(), results(&double));
    let page = parsed(&sample);
    let body = all(&page, "[id='sign.basic.minimal']")[0];
    let text = body.text().collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(text, @r"
sign.basic.minimal
T-SIGN-001
 The string to sign is six pieces in order.
reply
ok
canonical_headers
canonical_resource
/2021-04-06/services/demoService/functions/demoFunction/invocations
string_to_sign
byte 4 (line 1, column 5): expected LF (0a), got a space · (20)
string_to_sign: expected and actual
expected
POST
LF
expected
LF
expected
application/json
LF
expected
Wed, 11 May 2022 09:00:00 GMT
LF
expected
/2021-04-06/services/demoService/functions/demoFunction/invocations⌁
actual
POST·
LF
actual
⌁
signature
kf3iwDRgk1nPJvIcvdLN+T6MoiwPyhXxpYPPyD4JRx0=
authorization
FC FCTESTACCESSKEYID01:kf3iwDRgk1nPJvIcvdLN+T6MoiwPyhXxpYPPyD4JRx0=
verifies
the signature verifies
not-added.date
not there
why
Every request would be refused with 403.
evidence
manual: manual page 'Signature authentication'
repro
fcgate run --partial-ok --only sign.basic.minimal
");
    let corpus = &sample.0.corpus_sha256;
    let facts = all(&page, "#run")[0].text().collect::<Vec<_>>().join(" ");
    for fact in ["double", "1.0.0", "rust", "2026.1", corpus, "seed"] {
        assert!(facts.contains(fact), "{fact} in {facts}");
    }
}

#[test]
fn only_web_addresses_in_evidence_are_external_links() {
    let (report, mut corpus) = every_status();
    let cases = corpus.groups.iter_mut().flat_map(|group| &mut group.cases);
    for case in cases {
        case.evidence[0].source = "at https://a.example/b and javascript:alert(1)".to_owned();
    }
    let page = parsed(&(report, corpus));
    let out: BTreeSet<&str> = all(&page, "a")
        .iter()
        .map(|link| link.attr("href").unwrap())
        .filter(|target| !target.starts_with('#'))
        .collect();
    assert_eq!(out, BTreeSet::from(["https://a.example/b"]));
}

#[test]
fn hostile_text_is_escaped() {
    let harmless = parsed(&hostile("harmless"));
    for text in HOSTILE {
        let page = parsed(&hostile(text));
        let pieces = |page: &Html| -> BTreeSet<String> { shape(page).into_iter().collect() };
        // A text with several lines has more rows; other new elements are errors.
        let known: BTreeSet<String> = pieces(&harmless)
            .into_iter()
            .chain(["i ", "tr class", "mark ", "code "].map(str::to_owned))
            .collect();
        let new: Vec<String> = pieces(&page).difference(&known).cloned().collect();
        assert!(new.is_empty(), "{new:?} of {text}");
        assert!(all(&page, "script, img, svg[onload], a[href^=javascript]").is_empty());
    }
}

/// Every case of the corpus failing in many checks with long values of many kinds.
fn everything_fails() -> (Report, Corpus) {
    let corpus = Corpus::embedded().unwrap();
    let long: String = "junk \u{1}\r\n".repeat(300);
    let checks: Vec<Check> = (0..6).map(|_| differing("a\nb\nc", &long)).collect();
    let results = corpus.cases().into_iter();
    let results = results
        .map(|case| CaseResult::judged(case, checks.clone()))
        .collect();
    (report(&corpus, results, Rules::new()), corpus)
}

#[test]
fn the_page_of_the_whole_corpus_is_smaller_than_two_mebibytes() {
    let corpus = Corpus::embedded().unwrap();
    let results = corpus.cases().into_iter();
    let results = results
        .map(|case| CaseResult::unjudged(case, Status::Crash))
        .collect();
    let crashed = (report(&corpus, results, Rules::new()), corpus);
    for sample in [crashed, everything_fails()] {
        let text = html(&sample.0, &sample.1);
        assert!(text.len() < 2 * 1024 * 1024, "{}", text.len());
        let rows = |start: &str| text.matches(start).count();
        let (folded, plain) = (rows("<details class=\"case "), rows("<div class=\"case "));
        assert_eq!(folded + plain, sample.0.cases.len());
        // Cases without details are counted.
        assert_eq!(text.contains("cases are left out"), plain > 0);
    }
}
