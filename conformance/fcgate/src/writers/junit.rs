//! `JUnit` XML: a suite for each operation, a test for each case.

use quick_junit::{NonSuccessKind, Property, SerializeError, TestCase, TestCaseStatus, TestSuite};

use fcgate_cases::corpus::{Corpus, Operation};
use fcgate_cases::judge::CaseResult;

use fc_conformance::report::disposition::{Disposition, reason};
use fc_conformance::report::escape::escape;
use fc_conformance::report::totals::{OPERATIONS, known_failures, required, sentences, verdict};
use fc_conformance::report::{Report, cases_explain_verdict, failure};
use fc_conformance::verdict::Verdict;

/// Returns the report as `JUnit` XML. It fails exactly when the verdict is not `conforming`.
///
/// A case that fails or that could not be proven is a failure or an error. A case that is not required,
/// is a known failure, or did not run is skipped, with the reason. A case that a filter left out is absent. If no case explains the verdict, an
/// extra test reports it.
///
/// # Errors
///
/// When the report cannot be serialized as XML.
pub fn junit(report: &Report, corpus: &Corpus) -> Result<String, SerializeError> {
    let mut document = quick_junit::Report::new("fcgate");
    for operation in OPERATIONS {
        let mut suite = TestSuite::new(operation.name());
        for result in report.selected().filter(|case| case.operation == operation) {
            suite.add_test_case(test(report, corpus, operation, result));
        }
        if suite.tests > 0 {
            suite.add_properties(properties(report));
            document.add_test_suite(suite);
        }
    }
    if !cases_explain_verdict(report) {
        let mut suite = TestSuite::new("verdict");
        suite.add_test_case(verdict_as_test(report));
        document.add_test_suite(suite);
    }
    document.to_string()
}

fn test(report: &Report, corpus: &Corpus, operation: Operation, result: &CaseResult) -> TestCase {
    let reason = reason(report, corpus, result);
    let unsuccessful = |kind| {
        let mut status = TestCaseStatus::non_success(kind);
        let cause = result.cause.as_deref().unwrap_or(result.status.name());
        status
            .set_type(escape(cause))
            .set_message(reason.as_str())
            .set_description(failure::plain(report, corpus, result));
        status
    };
    let skipped = |why: String| {
        let mut status = TestCaseStatus::skipped();
        status.set_message(why);
        status
    };
    let status = match Disposition::of(report, result) {
        Disposition::Passed => TestCaseStatus::success(),
        Disposition::Failed => unsuccessful(NonSuccessKind::Failure),
        Disposition::Unproven | Disposition::Broken => unsuccessful(NonSuccessKind::Error),
        Disposition::Differs => skipped(format!("not required ({}): {reason}", result.level)),
        Disposition::Known => skipped(format!("known failure: {reason}")),
        Disposition::Skipped => skipped(reason.clone()),
    };
    let mut test = TestCase::new(escape(&result.id), status);
    test.set_classname(format!("fcgate.{operation}"));
    test.set_assertions(result.checks.len());
    test.add_property(Property::new("level", result.level.to_string()));
    test.add_property(Property::new("requirements", result.requirements.join(" ")));
    test
}

fn verdict_as_test(report: &Report) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status
        .set_type(report.verdict.name())
        .set_message(format!("{} (exit {})", verdict(report), report.exit))
        .set_description(sentences(report).join("\n"));
    let mut test = TestCase::new("verdict", status);
    test.set_classname("fcgate");
    test
}

/// The verdict, and the number of required cases that passed if there are known failures.
fn verdict_words(report: &Report) -> String {
    if report.verdict != Verdict::Conforming || known_failures(report) == 0 {
        return report.verdict.name().to_owned();
    }
    let (passed, of) = required(report);
    format!(
        "{}; {passed} of {of} required cases passed",
        verdict(report)
    )
}

fn properties(report: &Report) -> Vec<Property> {
    let subject = &report.subject;
    [
        ("subject", escape(&subject.name).into_owned()),
        ("subject.version", escape(&subject.version).into_owned()),
        ("subject.language", escape(&subject.language).into_owned()),
        ("suite", escape(&report.suite).into_owned()),
        ("corpus_sha256", escape(&report.corpus_sha256).into_owned()),
        ("seed", report.seed.to_string()),
        ("verdict", verdict_words(report)),
        ("exit", report.exit.to_string()),
    ]
    .into_iter()
    .chain(
        report
            .ended_early
            .iter()
            .map(|end| ("ended_early", end.sentence())),
    )
    .map(|(name, value)| Property::new(format!("fcgate.{name}"), value))
    .collect()
}
