//! A report about the small corpus with one text in every place that the gate does not write itself.

use std::sync::LazyLock;

use fc_conformance::diagnosis::Attribution;
use fc_conformance::report::Report;
use fc_conformance::verdict::Rules;
use fcgate_cases::Claims;
use fcgate_cases::corpus::{Corpus, Files};
use fcgate_cases::judge::{CaseResult, Check, Status, Value};
use fcgate_protocol::{Capabilities, Hello};

const FILES: [(&str, &[u8]); 5] = [
    (
        "requirements.json",
        include_bytes!("../../../fcgate-cases/tests/small-corpus/requirements.json"),
    ),
    (
        "cases/build/basic.json",
        include_bytes!("../../../fcgate-cases/tests/small-corpus/cases/build/basic.json"),
    ),
    (
        "cases/invoke/basic.json",
        include_bytes!("../../../fcgate-cases/tests/small-corpus/cases/invoke/basic.json"),
    ),
    (
        "cases/parse/basic.json",
        include_bytes!("../../../fcgate-cases/tests/small-corpus/cases/parse/basic.json"),
    ),
    (
        "cases/sign/basic.json",
        include_bytes!("../../../fcgate-cases/tests/small-corpus/cases/sign/basic.json"),
    ),
];

/// The statuses of the cases that have no checks, one after the other.
const UNJUDGED: [Status; 4] = [
    Status::Crash,
    Status::Untestable,
    Status::Known,
    Status::Harness,
];

/// The small corpus, read once.
pub(super) static CORPUS: LazyLock<Corpus> = LazyLock::new(corpus);

pub(super) fn report(text: &str) -> Report {
    let corpus = &*CORPUS;
    let mut hello = Hello::new(text, text, text).revision("2021-04-06");
    hello.caps = Capabilities::all();
    hello.caps.insert(text);
    hello.revisions.push(text.to_owned());
    let differing = |one: &str, other: &str| Check::equal_text("string_to_sign", one, Some(other));
    let cases = corpus.cases().into_iter().zip(UNJUDGED.into_iter().cycle());
    let results = cases.map(|(case, status)| match case.id.as_str() {
        "sign.basic.minimal" => {
            let other = format!("{text}.");
            let mut raw = differing("POST\n", &other);
            raw.actual = Some(Value::Text(text.to_owned()));
            CaseResult::judged(case, vec![differing("POST\n", &other), raw])
        }
        "sign.basic.log-type" => {
            CaseResult::judged(case, vec![differing(text, &format!("{text}."))])
        }
        _ => CaseResult::unjudged(case, status).note(text),
    });
    let results = results.collect();
    let claims = Claims::of(&hello);
    let (unexplained, rules) = (Attribution::new(), Rules::new());
    let mut report = Report::new(corpus, &hello, &claims, 0, results, &unexplained, rules);
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
    report
}

fn corpus() -> Corpus {
    let files = FILES.iter().fold(Files::empty(), |files, (path, text)| {
        files.with(*path, *text)
    });
    match Corpus::load(&files) {
        Ok(corpus) => corpus,
        Err(error) => panic!("the small corpus is not valid: {error}"),
    }
}
