//! Reports for the tests of the writers: every status, hostile text everywhere, any verdict.

use fc_conformance::diagnosis::{Attribution, explain};
use fc_conformance::report::Report;
use fc_conformance::verdict::Rules;
use fcgate_cases::Claims;
use fcgate_cases::corpus::{Corpus, Level};
use fcgate_cases::judge::{CaseResult, Check, Status, Value};
use fcgate_protocol::Hello;
use fcgate_reference::Reference;

use crate::doubles::hello;
use crate::small_corpus::small_corpus;

/// Texts that break the output of a writer without escaping.
pub(crate) const HOSTILE: [&str; 16] = [
    "</failure></testcase><testcase name='fake'/>",
    "]]>",
    "\u{0}\u{1}\u{8}\u{b}\u{1f}\u{7f}\u{85}\u{9b}2J",
    "<!ENTITY x>&x;&lt;",
    "a\" onmouseover=\"x",
    "<script>alert(1)</script><img src=x onerror=1>",
    "</style></title>--><svg onload=1>",
    "javascript:alert(1) https://x.example/\"><b>",
    "%0A::stop-commands::t\r\n::error::fake",
    "x,title=y::z",
    "::add-mask::a\n::add-mask::b",
    "| cell | \n\n# head\n<!-- x --> ![b](http://192.0.2.1/p) [l](http://192.0.2.1) www.x.example",
    "``` closes the fence\n```\n~~~\n`",
    "ok 999 fake # TODO\nnot ok 1\n1..7\nBail out!\n  ...\n",
    "\u{1b}[2J\u{1b}]0;t\u{7}\u{1b}]52;c;x\u{7}",
    "\u{202e}\u{2066}abc\u{200b}\u{feff}\u{2028}",
];

/// A report about the small corpus.
pub(crate) fn report_of(hello: &Hello, results: Vec<CaseResult>) -> (Report, Corpus) {
    let corpus = small_corpus();
    let attribution = explain(&results, &corpus, &Reference);
    let (claims, rules) = (Claims::of(hello), Rules::new());
    let report = Report::new(&corpus, hello, &claims, 0, results, &attribution, rules);
    (report, corpus)
}

/// A report with one required case for each status.
pub(crate) fn every_status() -> (Report, Corpus) {
    let mut corpus = small_corpus();
    let pattern = corpus.case("sign.basic.minimal").unwrap().clone();
    let cases = Status::ALL.map(|status| {
        let mut case = pattern.clone();
        case.id = format!("sign.basic.{status}");
        case
    });
    let results = cases
        .iter()
        .zip(Status::ALL)
        .map(|(case, status)| match status {
            Status::Fail => CaseResult::judged(case, vec![differing("left", "right")]),
            _ => CaseResult::unjudged(case, status).note(format!("a note on {status}")),
        })
        .collect();
    let group = corpus.groups.iter_mut();
    let group = group.filter(|group| group.name == "sign.basic");
    group.for_each(|group| group.cases = cases.to_vec());
    (report(&corpus, results, Rules::new()), corpus)
}

/// A report of these results; every capability is declared. No mistake is looked for, because no client gave the results.
pub(crate) fn report(corpus: &Corpus, results: Vec<CaseResult>, rules: Rules) -> Report {
    let hello = hello();
    let claims = Claims::of(&hello);
    let unexplained = Attribution::new();
    Report::new(corpus, &hello, &claims, 0, results, &unexplained, rules)
}

/// A failed check.
pub(crate) fn differing(expected: &str, actual: &str) -> Check {
    Check::equal_text("string_to_sign", expected, Some(actual))
}

/// A report with this text everywhere an adapter can supply text.
pub(crate) fn report_with_text(text: &str) -> (Report, Corpus) {
    let corpus = small_corpus();
    let mut hello = hello();
    text.clone_into(&mut hello.sdk.name);
    text.clone_into(&mut hello.sdk.version);
    text.clone_into(&mut hello.sdk.language);
    hello.caps.insert(text);
    hello.revisions.push(text.to_owned());
    let mut statuses = [
        Status::Crash,
        Status::Untestable,
        Status::Known,
        Status::Harness,
    ]
    .into_iter()
    .cycle();
    let results: Vec<CaseResult> = corpus
        .cases()
        .into_iter()
        .map(|case| match case.id.as_str() {
            "sign.basic.minimal" => {
                let mut raw = differing("POST\n", text);
                raw.actual = Some(Value::Text(text.to_owned()));
                CaseResult::judged(case, vec![differing("POST\n", text), raw])
            }
            "sign.basic.log-type" => CaseResult::judged(case, vec![differing(text, "a")]),
            "sign.basic.padded" => CaseResult::unjudged(case, Status::Untestable).note(text),
            _ => CaseResult::unjudged(case, statuses.next().unwrap()).note(text),
        })
        .collect();
    let claims = Claims::of(&hello);
    let (unexplained, rules) = (Attribution::new(), Rules::new());
    let report = Report::new(&corpus, &hello, &claims, 0, results, &unexplained, rules);
    (report, corpus)
}

/// The same, with the text also everywhere a merged file can supply text.
pub(crate) fn hostile(text: &str) -> (Report, Corpus) {
    let (mut report, corpus) = report_with_text(text);
    report.warnings.push(text.to_owned());
    for cause in &mut report.causes {
        text.clone_into(&mut cause.code);
        text.clone_into(&mut cause.summary);
        cause.mutant = Some(text.to_owned());
        cause.mutants = vec![text.to_owned()];
    }
    for case in &mut report.cases {
        case.cause = case.cause.take().map(|_| text.to_owned());
    }
    (report, corpus)
}

/// A report for every status at every level, alone and next to a required case that passed.
pub(crate) fn every_verdict() -> Vec<(Report, Corpus)> {
    let corpus = small_corpus();
    let mut reports = Vec::new();
    for status in Status::ALL {
        for id in [
            "sign.basic.minimal",
            "sign.basic.line-feed",
            "sign.basic.padded",
        ] {
            for (level, partial_ok) in [(Level::Must, false), (Level::Should, true)] {
                let mut rules = Rules::new();
                rules.level = level;
                rules.partial_ok = partial_ok;
                let passed = corpus.case("parse.basic.completed").unwrap();
                let passed = CaseResult::unjudged(passed, Status::Pass);
                let other = CaseResult::unjudged(corpus.case(id).unwrap(), status);
                let alone = report(&corpus, vec![other.clone()], rules);
                let with_pass = report(&corpus, vec![other, passed], rules);
                reports.extend([(alone, corpus.clone()), (with_pass, corpus.clone())]);
            }
        }
    }
    reports
}
