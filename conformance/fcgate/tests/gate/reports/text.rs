//! The text report, and the JSON report that matches it.

use anstream::adapter::strip_str;
use fc_conformance::report::{Verbosity, text};
use fcgate::writers::json;
use fcgate_cases::corpus::Level;
use fcgate_protocol::Reply;
use serde_json::Value;

use super::sample::{every_status, report_of};
use crate::doubles::{Double, hello, results, results_of};

fn plain(double: &Double, verbosity: Verbosity) -> String {
    let (report, corpus) = report_of(&hello(), results(double));
    strip_str(&text(&report, &corpus, verbosity)).to_string()
}

/// Adds a CR before one LF of the string to sign, and returns a control sequence as the request id.
fn wrong() -> Double {
    Double {
        sign: Some(|_, mut output| {
            let stages = output.stages.as_mut().unwrap();
            let text = stages.string_to_sign.as_mut().unwrap();
            *text = text.replace("application/json\n", "application/json \r\n");
            stages.signature = Some("AAAAAAAAAAAA".to_owned());
            Reply::Ok(output)
        }),
        parse: Some(|mut output| {
            output.outcome.request_id = Some("\u{1b}[2J\u{202e}evil".to_owned());
            Reply::Ok(output)
        }),
        ..Double::default()
    }
}

#[test]
fn a_conforming_run_has_a_short_report() {
    insta::assert_snapshot!(plain(&Double::default(), Verbosity::Normal), @r#"
fcgate 0.1.0 · suite 2026.1 · 7 cases, corpus 501cced8b00d
subject: double 1.0.0 (rust) · declares 30 capabilities · revisions: 2016-08-15, 2021-04-06

  sign        4 passed
  build       1 passed
  parse       1 passed
  invoke      1 passed

verdict: conforming (exit 0)
7 passed, 0 required failures
next: fcgate run --report html=fcgate.html
"#);
    insta::assert_snapshot!(plain(&Double::default(), Verbosity::Quiet), @r#"
verdict: conforming (exit 0)
7 passed, 0 required failures
next: fcgate run --report html=fcgate.html
"#);
}

#[test]
fn the_first_failure_of_each_cause_is_shown_in_full() {
    insta::assert_snapshot!(plain(&wrong(), Verbosity::Normal), @r#"
fcgate 0.1.0 · suite 2026.1 · 7 cases, corpus 501cced8b00d
subject: double 1.0.0 (rust) · declares 30 capabilities · revisions: 2016-08-15, 2021-04-06

  sign        3 passed          1 failed
  build       1 passed
  parse       1 failed
  invoke      1 passed

error[sign#string_to_sign]: sign: string to sign differs
  case     sign.basic.minimal (must): The smallest request
  rule     T-SIGN-001 (must): The string to sign is six pieces in order.
  at       string_to_sign, byte 22 (line 3, column 17): expected LF ␊ (0a), got a space · (20)
      │ POST␊
      │ ␊
    - │ application/json␊
    + │ application/json·␍␊
      │ Wed, 11 May 2022 09:00:00 GMT␊
      │ /2021-04-06/services/demoService/functions/demoFunction/invocations⌁
  also     signature
  why      Every request would be refused with 403.
  evidence manual: manual page 'Signature authentication'
  repro    fcgate run --partial-ok --only sign.basic.minimal

error[parse#request_id]: parse: request id differs
  case     parse.basic.completed (must): A plain success
  rule     T-PARSE-001 (must): A 200 without an error type is completed, payload byte for byte.
  at       request_id, byte 0 (line 1, column 1): expected `r` (72), got byte 1b
    - │ r-1⌁
    + │ \u{1b}[2J\u{202e}evil⌁
  why      The payload would be damaged.
  evidence manual: manual page 'Signature authentication'
  repro    fcgate run --partial-ok --only parse.basic.completed

2 required failures, 2 causes
verdict: nonconforming (exit 1)
5 passed, 2 required failures
next: fcgate explain sign.basic.minimal
"#);
}

#[test]
fn an_incomplete_run_lists_the_reasons() {
    let (report, corpus) = report_of(
        &hello(),
        results_of(&Double::default(), &|id| id == "sign.basic.padded"),
    );
    insta::assert_snapshot!(strip_str(&text(&report, &corpus, Verbosity::Verbose)), @r#"
fcgate 0.1.0 · suite 2026.1 · 1 of 7 cases, corpus 501cced8b00d
subject: double 1.0.0 (rust) · declares 30 capabilities · revisions: 2016-08-15, 2021-04-06
claims: build, cred.sts, function-error, input-check, invoke, invoke.account-id, invoke.async, invoke.log-tail, invoke.qualifier, invoke.stateful, invoke.trace-id, outcome.checksum, outcome.duration, outcome.instance-id, outcome.log-tail, outcome.memory, outcome.service-version, parse, retry, sessions, sign.acs3, sign.fc, sign.fc.http-trigger, sign.fc.presigned-url, tasks, tasks.wait, trigger, trigger.acs3, trigger.anonymous, trigger.bearer

  sign        1 passed

  pass        sign.basic.padded (observe)

6 cases were left out by a filter; --partial-ok accepts that
no required case ran
verdict: incomplete (exit 3)
1 passed, 0 required failures
next: fcgate list
"#);
}

#[test]
fn a_failure_that_does_not_gate_takes_one_line() {
    let double = Double {
        sign: Some(|input, mut output| {
            if input.headers.iter().any(|(_, value)| value.ends_with(' ')) {
                output.headers[0].1.push('x');
            }
            Reply::Ok(output)
        }),
        ..Double::default()
    };
    let normal = plain(&double, Verbosity::Normal);
    let note =
        "note[sign#verifies]: sign: the signature does not verify (1 case), e.g. sign.basic.padded";
    assert!(normal.contains(note), "{normal}");
    assert!(!normal.contains("evidence"), "{normal}");
    assert!(plain(&double, Verbosity::Verbose).contains("evidence"));
}

#[test]
fn failures_with_the_same_cause_are_reported_once() {
    let double = Double {
        sign: Some(|_, _| Reply::internal("no")),
        ..Double::default()
    };
    let (report, _) = report_of(&hello(), results(&double));
    assert_eq!(report.causes.len(), 1, "{:?}", report.causes);
    assert_eq!(report.causes[0].code, "sign#reply");
    let cases = [
        "sign.basic.log-type",
        "sign.basic.minimal",
        "sign.basic.padded",
    ];
    assert_eq!(report.causes[0].cases, cases);
    for id in cases {
        assert_eq!(
            report.case(id).unwrap().cause.as_deref(),
            Some("sign#reply")
        );
    }
}

#[test]
fn a_wrong_signature_is_shown_whole_next_to_the_expected_one() {
    let wrong = "A".repeat(44);
    let double = Double {
        sign: Some(|input, mut output| {
            let id = &input.credentials.access_key_id;
            output.headers[0].1 = format!("FC {id}:{}", "A".repeat(44));
            Reply::Ok(output)
        }),
        ..Double::default()
    };
    let (report, corpus) = report_of(&hello(), results(&double));
    for text in [
        json(&report).unwrap(),
        text(&report, &corpus, Verbosity::Verbose),
    ] {
        assert!(text.contains("kf3iwDRgk1nPJvIcvdLN"));
        assert!(text.contains(&wrong));
        assert!(!text.contains("not shown"));
    }
}

#[test]
fn the_json_report_matches_its_published_schema() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../../schema/report.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for double in [Double::default(), wrong()] {
        let (report, _) = report_of(&hello(), results(&double));
        let report: Value = serde_json::from_str(&json(&report).unwrap()).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&report)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({"schema": 1})));
}

#[test]
fn the_json_report_counts_every_status() {
    let (report, _) = report_of(&hello(), results(&wrong()));
    let report: Value = serde_json::from_str(&json(&report).unwrap()).unwrap();
    let counts = report["counts"].as_object().unwrap();
    assert_eq!(counts.len(), 10);
    let sum: u64 = counts.values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(sum, report["cases"].as_array().unwrap().len() as u64);
    assert_eq!(
        (&report["verdict"], &report["exit"]),
        (&"nonconforming".into(), &1.into())
    );
}

#[test]
fn the_same_run_gives_an_identical_json_report() {
    let bytes = || json(&report_of(&hello(), results(&wrong())).0).unwrap();
    let first = bytes();
    for _ in 0..5 {
        assert_eq!(bytes(), first);
    }
}

#[test]
fn every_status_is_shown_with_its_note() {
    let (mut report, corpus) = every_status();
    report
        .warnings
        .push("an entry of fcgate-known.toml has no issue".to_owned());
    insta::assert_snapshot!(strip_str(&text(&report, &corpus, Verbosity::Normal)), @r#"
fcgate 0.1.0 · suite 2026.1 · 9 of 10 cases, corpus 501cced8b00d
subject: double 1.0.0 (rust) · declares 30 capabilities · revisions: 2016-08-15, 2021-04-06

  sign        1 passed          1 failed          1 known           1 unsupported     1 untestable      1 timed out       1 crashed         1 new             1 harness

error[sign#crash]: sign crashes
  case     sign.basic.crash (must): The smallest request
  rule     T-SIGN-001 (must): The string to sign is six pieces in order.
  what     crashed: a note on crash
  why      Every request would be refused with 403.
  evidence manual: manual page 'Signature authentication'
  repro    fcgate run --partial-ok --only sign.basic.crash

error[sign#string_to_sign]: sign: string to sign differs
  case     sign.basic.fail (must): The smallest request
  rule     T-SIGN-001 (must): The string to sign is six pieces in order.
  at       string_to_sign, byte 0 (line 1, column 1): expected `l` (6c), got `r` (72)
    - │ left⌁
    + │ right⌁
  why      Every request would be refused with 403.
  evidence manual: manual page 'Signature authentication'
  repro    fcgate run --partial-ok --only sign.basic.fail

error[sign#timeout]: sign does not reply within the time limit
  case     sign.basic.timeout (must): The smallest request
  rule     T-SIGN-001 (must): The string to sign is six pieces in order.
  what     timed out: a note on timeout
  why      Every request would be refused with 403.
  evidence manual: manual page 'Signature authentication'
  repro    fcgate run --partial-ok --only sign.basic.timeout

harness: a note on harness
  sign.basic.harness

untestable: a note on untestable
  sign.basic.untestable

known: a note on known
  sign.basic.known

warning: an entry of fcgate-known.toml has no issue

3 required failures, 3 causes
the gate could not judge sign.basic.harness: a note on harness
1 case could not be judged, because the gate itself failed
1 case is declared, but no check could run
1 case needs an undeclared capability or revision
1 case was left out by a filter; --partial-ok accepts that
1 case is newer than the pinned suite and did not run
1 case fails as listed in the known failures
verdict: harness (exit 4)
1 passed, 3 required failures, 1 known failure, 4 other; 1 of 9 required cases passed
next: fcgate list
"#);
}

#[test]
fn levels_are_ordered_by_weight() {
    assert!(Level::Must > Level::Should && Level::Should > Level::Observe);
}
