//! Results of correct and wrong implementations, case by case.

use crate::doubles::{Double, claiming, results};
use crate::small_corpus::small_corpus;
use fc_conformance::verdict::{Rules, Verdict, decide};
use fcgate_cases::judge::{CaseResult, Check, CheckStatus, Status};
use fcgate_protocol::{Capabilities, Hello, Reply, capability};

fn check<'a>(result: &'a CaseResult, id: &str) -> &'a Check {
    result.checks.iter().find(|check| check.id == id).unwrap()
}

#[test]
fn a_correct_implementation_passes_every_case_and_is_conforming() {
    let results = results(&Double::default());
    let red: Vec<_> = results
        .iter()
        .filter(|result| result.status != Status::Pass)
        .collect();
    assert!(red.is_empty(), "{red:#?}");
    assert_eq!(decide(&results, Rules::new()), Verdict::Conforming);
}

#[test]
fn a_changed_byte_in_the_string_to_sign_is_reported_with_its_offset() {
    let double = Double {
        sign: Some(|_, mut output| {
            let stages = output.stages.as_mut().unwrap();
            let text = stages.string_to_sign.as_mut().unwrap();
            *text = text.replace("application/json\n", "application/json\r\n");
            Reply::Ok(output)
        }),
        ..Double::default()
    };
    let result = result(&double, "sign.basic.minimal");
    assert_eq!(result.status, Status::Fail);
    let difference = check(&result, "string_to_sign")
        .first_difference
        .clone()
        .unwrap();
    assert_eq!(
        (difference.offset, difference.line, difference.column),
        (22, 3, 17)
    );
    assert_eq!(difference.sentence(), "expected LF ␊ (0a), got CR ␍ (0d)");
    assert_eq!(result.first_failure().unwrap().id, "string_to_sign");
}

#[test]
fn a_wrong_signature_without_stages_is_found_by_the_oracle() {
    let double = Double {
        sign: Some(|_, mut output| {
            output.stages = None;
            output.headers[0].1 = "FC FCTESTACCESSKEYID01:AAAA".to_owned();
            Reply::Ok(output)
        }),
        ..Double::default()
    };
    let result = result(&double, "sign.basic.minimal");
    assert_eq!(
        check(&result, "string_to_sign").status,
        CheckStatus::Unsupported
    );
    assert!(check(&result, "authorization").failed());
    assert!(
        check(&result, "verifies")
            .actual_text()
            .unwrap()
            .contains("signature")
    );
}

#[test]
fn a_forbidden_header_is_found() {
    let double = Double {
        sign: Some(|_, mut output| {
            output.headers.push("date", "now");
            Reply::Ok(output)
        }),
        ..Double::default()
    };
    assert!(check(&result(&double, "sign.basic.minimal"), "not-added.date").failed());
}

#[test]
fn an_unexpected_refusal_and_a_missing_refusal_fail() {
    let refuses = Double {
        sign: Some(|_, _| Reply::refused("no")),
        ..Double::default()
    };
    let wrong = result(&refuses, "sign.basic.minimal");
    assert_eq!(
        check(&wrong, "reply").actual_text().as_deref(),
        Some("err input: no")
    );
    assert_eq!(
        result(&refuses, "sign.basic.line-feed").status,
        Status::Pass
    );
}

#[test]
fn unsupported_for_a_declared_capability_is_a_failure() {
    let double = Double {
        parse: Some(|_| Reply::unsupported("parse")),
        ..Double::default()
    };
    let result = result(&double, "parse.basic.completed");
    assert_eq!(result.status, Status::Fail);
    assert_eq!(
        check(&result, "reply").actual_text().as_deref(),
        Some("unsupported: parse")
    );
}

#[test]
fn a_case_with_an_undeclared_capability_is_unsupported() {
    let results = results(&claiming(&[
        capability::PARSE,
        capability::OUTCOME_DURATION,
    ]));
    for result in &results {
        let expected = if result.id.starts_with("parse.") {
            Status::Pass
        } else {
            Status::Unsupported
        };
        assert_eq!(result.status, expected, "{}", result.id);
    }
    assert_eq!(decide(&results, Rules::new()), Verdict::Conforming);
}

#[test]
fn a_case_of_an_undeclared_revision_is_unsupported() {
    let mut hello = Hello::new("double", "1.0.0", "rust").revision("2016-08-15");
    hello.caps = Capabilities::all();
    let double = Double {
        hello: Some(hello),
        ..Double::default()
    };
    assert_eq!(
        result(&double, "build.basic.plain").status,
        Status::Unsupported
    );
}

#[test]
fn an_outcome_field_without_its_capability_is_not_checked() {
    let result = result(&claiming(&[capability::PARSE]), "parse.basic.completed");
    assert_eq!(result.status, Status::Pass);
    assert_eq!(
        check(&result, "duration_ms").status,
        CheckStatus::Unsupported
    );
    assert_eq!(
        check(&result, "no-log_tail_b64").status,
        CheckStatus::Unsupported
    );
}

#[test]
fn a_damaged_payload_is_shown_byte_by_byte() {
    let double = Double {
        parse: Some(|mut output| {
            output.outcome.payload = Some("\u{0}\u{fffd}\n".into());
            Reply::Ok(output)
        }),
        ..Double::default()
    };
    let result = result(&double, "parse.basic.completed");
    let difference = check(&result, "payload_b64")
        .first_difference
        .clone()
        .unwrap();
    assert_eq!(difference.offset, 1);
    assert_eq!(difference.sides()[0], "\\x{ff}␊⌁");
}

#[test]
fn a_forbidden_outcome_field_is_found() {
    let double = Double {
        parse: Some(|mut output| {
            output.outcome.error_type = Some("Handled".to_owned());
            Reply::Ok(output)
        }),
        ..Double::default()
    };
    assert!(check(&result(&double, "parse.basic.completed"), "no-error_type").failed());
}

#[test]
fn a_built_request_is_checked_part_by_part() {
    let double = Double {
        build: Some(|mut output| {
            output.method = "post".to_owned();
            output.url = output.url.replace("/invocations", "/invocations?x=1");
            output.headers.push("x-fc-log-type", "None");
            output.body.push(b' ');
            Reply::Ok(output)
        }),
        ..Double::default()
    };
    let result = result(&double, "build.basic.plain");
    let failed: Vec<&str> = result
        .checks
        .iter()
        .filter(|check| check.failed())
        .map(|check| check.id.as_str())
        .collect();
    assert_eq!(
        failed,
        [
            "method",
            "query",
            "no-header.x-fc-log-type",
            "body",
            "verifies"
        ]
    );
}

#[test]
fn a_request_to_another_host_does_not_verify() {
    let double = Double {
        build: Some(|mut output| {
            output.url = output.url.replace("1234567890123456", "6543210987654321");
            Reply::Ok(output)
        }),
        ..Double::default()
    };
    assert!(check(&result(&double, "build.basic.plain"), "verifies").failed());
}

#[test]
fn a_panic_is_a_crash_of_only_its_case() {
    let double = Double {
        parse: Some(|_| panic!("boom\u{1b}[2J")),
        ..Double::default()
    };
    let results = results(&double);
    let crashed = results
        .iter()
        .find(|result| result.status == Status::Crash)
        .unwrap();
    assert_eq!(
        (crashed.id.as_str(), crashed.note.as_deref()),
        ("parse.basic.completed", Some("boom\\u{1b}[2J"))
    );
    assert_eq!(
        results
            .iter()
            .filter(|result| result.status == Status::Pass)
            .count(),
        results.len() - 1
    );
    assert_eq!(decide(&results, Rules::new()), Verdict::Nonconforming);
}

#[test]
fn a_crash_is_never_a_correct_refusal() {
    let double = Double {
        sign: Some(|_, _| panic!("no")),
        ..Double::default()
    };
    let results = results(&double);
    let refusal = results
        .iter()
        .find(|result| result.id == "sign.basic.line-feed")
        .unwrap();
    assert_eq!(
        refusal.status,
        Status::Pass,
        "this double refuses before it panics"
    );
    let minimal = results
        .iter()
        .find(|result| result.id == "sign.basic.minimal")
        .unwrap();
    assert_eq!(minimal.status, Status::Crash);
}

#[test]
fn a_second_request_for_one_invocation_fails_the_case() {
    let twice = result(
        &Double {
            sends: Some(2),
            ..Double::default()
        },
        "invoke.basic.sync",
    );
    assert_eq!(
        check(&twice, "requests").actual_text().as_deref(),
        Some("2")
    );
    assert!(check(&twice, "requests").failed());
    let never = result(
        &Double {
            sends: Some(0),
            ..Double::default()
        },
        "invoke.basic.sync",
    );
    assert!(check(&never, "requests").failed());
    assert!(check(&never, "arrived.verifies").failed());
}

#[test]
fn a_request_with_a_wrong_signature_is_refused_and_fails_the_case() {
    let result = result(
        &Double {
            wrong_secret: true,
            ..Double::default()
        },
        "invoke.basic.sync",
    );
    assert!(check(&result, "arrived.verifies").failed());
    assert_eq!(
        check(&result, "kind").actual_text().as_deref(),
        Some("service_error")
    );
    assert_eq!(
        check(&result, "status").actual_text().as_deref(),
        Some("403")
    );
}

#[test]
fn a_case_without_a_supported_check_is_untestable() {
    let corpus = small_corpus();
    let case = corpus.case("sign.basic.minimal").unwrap();
    let reply = Check::holds("reply", true, "ok", "ok");
    let unsupported = Check::unsupported("signature");
    assert_eq!(
        CaseResult::judged(case, vec![reply, unsupported]).status,
        Status::Untestable
    );
    assert_eq!(CaseResult::judged(case, vec![]).status, Status::Untestable);
}

/// The result of one case of the small corpus.
fn result(double: &Double, id: &str) -> CaseResult {
    results(double)
        .into_iter()
        .find(|result| result.id == id)
        .unwrap()
}
