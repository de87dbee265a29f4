//! The status of a case, which follows from its checks, and the parts that a subject lacks.

use fcgate_cases::corpus::{Case, Corpus, Level, Operation, ParseExpectation, Stimulus};
use fcgate_cases::judge::{CaseResult, Check, CheckStatus, Status, withhold};
use fcgate_cases::{Claims, Profile};
use fcgate_protocol::{Capabilities, part};
use serde_json::json;

use super::checks::failed;

/// A response that is not one of the service, as a service error.
fn foreign_error() -> Case {
    let given = json!({
        "status": 502, "headers": [], "body_b64": "PGh0bWw+", "invocation_type": "Sync"
    });
    let expect: ParseExpectation = serde_json::from_value(
        json!({"outcome": {"kind": "service_error", "status": 502}, "absent": ["code"]}),
    )
    .unwrap();
    let stimulus = Stimulus::Parse {
        given: serde_json::from_value(given).unwrap(),
        expect,
    };
    Case::observed(
        "parse.a.b".to_owned(),
        Level::Must,
        "A title".to_owned(),
        stimulus,
    )
}

fn lacking(parts: &[&str]) -> Claims {
    Claims {
        capabilities: Capabilities::all(),
        revisions: Vec::new(),
        lacks: parts.iter().copied().collect(),
    }
}

fn passed(id: &str) -> Check {
    Check::equal_text(id, "a", Some("a"))
}

#[test]
fn a_status_has_a_name_and_tells_whether_the_case_ran_and_is_red() {
    for (status, name, executed, is_red) in [
        (Status::Pass, "pass", true, false),
        (Status::Fail, "fail", true, true),
        (Status::Known, "known", true, false),
        (Status::Unsupported, "unsupported", false, false),
        (Status::Untestable, "untestable", false, false),
        (Status::Timeout, "timeout", true, true),
        (Status::Crash, "crash", true, true),
        (Status::New, "new", false, false),
        (Status::Filtered, "filtered", false, false),
        (Status::Harness, "harness", false, false),
    ] {
        assert!(Status::ALL.contains(&status));
        assert_eq!((status.name(), status.to_string().as_str()), (name, name));
        assert_eq!(
            (status.executed(), status.is_red()),
            (executed, is_red),
            "{name}"
        );
    }
}

#[test]
fn the_status_follows_from_the_checks() {
    let case = foreign_error();
    let wrong = || Check::equal_text("code", "a", Some("b"));
    for (checks, status) in [
        (vec![passed("reply"), passed("kind")], Status::Pass),
        (vec![passed("reply"), passed("kind"), wrong()], Status::Fail),
        (
            vec![passed("kind"), Check::unsupported("code")],
            Status::Pass,
        ),
        // Nothing was compared.
        (vec![passed("reply")], Status::Untestable),
        (
            vec![passed("reply"), Check::unsupported("code")],
            Status::Untestable,
        ),
        (vec![Check::unsupported("reply")], Status::Untestable),
        (vec![], Status::Untestable),
        (
            vec![Check::holds("reply", false, "ok", "err")],
            Status::Fail,
        ),
    ] {
        let result = CaseResult::judged(&case, checks.clone());
        assert_eq!(result.status, status, "{checks:?}");
        assert_eq!(result.checks, checks);
        let first = checks.iter().find(|check| check.failed());
        assert_eq!(result.first_failure(), first);
    }
}

#[test]
fn the_reply_alone_is_a_proof_where_a_refusal_is_expected() {
    let corpus = Corpus::embedded().unwrap();
    let mut cases = corpus.cases().into_iter();
    let refusal = cases.find(|case| case.stimulus.expects_refusal()).unwrap();
    let of = |check| CaseResult::judged(refusal, vec![check]).status;
    assert_eq!(of(passed("reply")), Status::Pass);
    assert_eq!(of(Check::unsupported("reply")), Status::Untestable);
}

#[test]
fn a_result_has_the_case_and_the_profiles_that_demand_what_is_missing() {
    let case = foreign_error();
    let result = CaseResult::unjudged(&case, Status::Crash).note("it panicked");
    assert_eq!(
        (
            result.id.as_str(),
            result.level,
            result.operation,
            result.status
        ),
        ("parse.a.b", Level::Must, Operation::Parse, Status::Crash)
    );
    assert_eq!(result.note.as_deref(), Some("it panicked"));
    assert!(result.checks.is_empty() && result.demanded_by.is_empty());
    let claims = lacking(&[part::PARSE_FOREIGN_BODIES]);
    let unsupported = CaseResult::unsupported(&case, &claims);
    assert_eq!(unsupported.status, Status::Unsupported);
    // The profiles that contain `parse`.
    let demanding = [Profile::Core, Profile::Async, Profile::Http, Profile::Full];
    assert_eq!(unsupported.demanded_by, demanding);
    let of = |status, claims: &Claims| {
        CaseResult::unjudged(&case, status)
            .with_claims(&case, claims)
            .demanded_by
    };
    assert_eq!(of(Status::Pass, &claims), demanding);
    assert!(of(Status::Filtered, &claims).is_empty());
    assert!(of(Status::Pass, &lacking(&[])).is_empty());
}

#[test]
fn a_result_that_is_read_from_a_report_equals_the_written_one() {
    let case = foreign_error();
    let checks = vec![passed("kind"), Check::equal_text("code", "a\n", Some("b"))];
    let written = serde_json::to_string(&CaseResult::judged(&case, checks)).unwrap();
    let read: CaseResult = serde_json::from_str(&written).unwrap();
    assert_eq!(read.operation, Operation::Sign);
    assert_eq!(serde_json::to_string(&read).unwrap(), written);
}

/// The checks of the case for a subject that lacks these parts: kind, status and absence of a code.
fn withheld(parts: &[&str], declined: bool, kind: &str) -> Vec<Check> {
    let mut checks = vec![
        passed("reply"),
        Check::equal_text("kind", "service_error", Some(kind)),
        Check::equal_text("status", "502", Some("500")),
        Check::absent("no-code", Some(b"c")),
    ];
    withhold(&foreign_error(), &lacking(parts), declined, &mut checks);
    checks
}

fn unsupported(checks: &[Check]) -> Vec<&str> {
    let unsupported = checks
        .iter()
        .filter(|check| check.status == CheckStatus::Unsupported);
    unsupported.map(|check| check.id.as_str()).collect()
}

#[test]
fn a_subject_without_a_lack_is_checked_completely() {
    for parts in [&[][..], &[part::PARSE_CODE_BODIES]] {
        for declined in [false, true] {
            let checks = withheld(parts, declined, "bad_response");
            assert_eq!(
                failed(&checks),
                ["kind: bad_response", "status: 500", "no-code: c"]
            );
        }
    }
}

#[test]
fn the_checks_of_a_lacking_part_are_unsupported_and_the_others_remain() {
    let checks = withheld(&[part::OUTCOME_STATUS], false, "bad_response");
    assert_eq!(unsupported(&checks), ["status"]);
    assert_eq!(failed(&checks), ["kind: bad_response", "no-code: c"]);
    // A part of the outcome is no reason to decline the case.
    let declined = withheld(&[part::OUTCOME_STATUS], true, "bad_response");
    assert_eq!(declined, checks);
}

#[test]
fn an_error_that_the_subject_cannot_read_has_any_kind_but_a_success() {
    let lack = &[part::PARSE_FOREIGN_BODIES];
    for (kind, expected) in [
        ("bad_response", "a failure"),
        ("service_error", "service_error"),
    ] {
        let checks = withheld(lack, false, kind);
        assert_eq!(failed(&checks), [""; 0], "{kind}");
        assert_eq!(checks[1].expected_text().unwrap(), expected);
        assert_eq!(unsupported(&checks), ["status", "no-code"]);
    }
    for success in ["completed", "accepted"] {
        assert_eq!(
            failed(&withheld(lack, false, success)),
            [format!("kind: {success}")]
        );
    }
}

#[test]
fn a_subject_may_decline_a_case_whose_input_needs_a_lacking_part() {
    let checks = withheld(&[part::PARSE_FOREIGN_BODIES], true, "bad_response");
    assert_eq!(checks, [Check::unsupported("reply")]);
}
