//! Known failures: valid entries, and their effect on results.

use fc_conformance::known::{Known, Stale};
use fc_conformance::verdict::{Rules, Verdict, decide, fingerprint};
use fcgate_cases::judge::{CaseResult, Check, Status};
use fcgate_protocol::{OutcomeKind, Reply};
use jiff::civil::{Date, date};

use crate::doubles::{Double, results, results_of};
use crate::small_corpus::small_corpus;

pub(crate) const TODAY: Date = date(2026, 12, 1);

/// An entry that is valid today.
fn entry(pattern: &str, sees: &str) -> String {
    dated(pattern, sees, "2026-11-22", "2027-02-20")
}

fn dated(pattern: &str, sees: &str, added: &str, expires: &str) -> String {
    format!(
        "\n[[known]]\nmatch = \"{pattern}\"\nsees = \"{sees}\"\nbecause = \"b\"\nissue = \"i\"\n\
         added = {added}\nexpires = {expires}\n"
    )
}

pub(crate) fn known(entries: &[String]) -> Known {
    let text = format!("version = 1\n{}", entries.concat());
    Known::read(&text, "known.toml").unwrap()
}

/// Reports accepted invocations as completed.
fn wrong() -> Double {
    Double {
        parse: Some(|mut output| {
            output.outcome.kind = OutcomeKind::Accepted;
            Reply::Ok(output)
        }),
        ..Double::default()
    }
}

fn applied(known: &Known, double: &Double) -> (Vec<CaseResult>, Vec<Stale>) {
    let mut results = results(double);
    let stale = known.apply(&mut results, TODAY);
    (results, stale)
}

fn parse(results: &[CaseResult]) -> &CaseResult {
    let found = results
        .iter()
        .find(|result| result.id == "parse.basic.completed");
    found.unwrap()
}

fn messages(stale: &[Stale]) -> Vec<String> {
    stale.iter().map(ToString::to_string).collect()
}

#[test]
fn a_case_that_fails_as_listed_is_known_and_does_not_change_the_verdict() {
    let known = known(&[entry("parse.*", "kind completed>accepted")]);
    let (results, stale) = applied(&known, &wrong());
    assert_eq!(parse(&results).status, Status::Known);
    assert!(stale.is_empty());
    assert_eq!(decide(&results, Rules::new()), Verdict::Conforming);
    assert_eq!(
        decide(&results_of(&wrong(), &|_| true), Rules::new()),
        Verdict::Nonconforming
    );
}

#[test]
fn a_listed_case_that_passes_fails_the_run() {
    let known = known(&[entry("parse.basic.completed", "kind completed>accepted")]);
    let (results, stale) = applied(&known, &Double::default());
    let result = parse(&results);
    assert_eq!(result.status, Status::Fail);
    assert_eq!(result.first_failure().unwrap().id, "known");
    assert_eq!(decide(&results, Rules::new()), Verdict::Nonconforming);
    insta::assert_snapshot!(messages(&stale).join("\n"), @r"
known.toml:3: entry 1 lists parse.basic.completed, which passes now: remove the entry
");
}

#[test]
fn a_listed_case_that_fails_in_another_way_fails_the_run() {
    let known = known(&[entry("parse.basic.completed", "status 200>202")]);
    let (results, stale) = applied(&known, &wrong());
    let failed: Vec<&str> = parse(&results)
        .checks
        .iter()
        .filter(|check| check.failed())
        .map(|check| check.id.as_str())
        .collect();
    assert_eq!(failed, ["kind", "known"]);
    assert_eq!(decide(&results, Rules::new()), Verdict::Nonconforming);
    insta::assert_snapshot!(messages(&stale).join("\n"), @r"
known.toml:3: entry 1 lists parse.basic.completed as 'status 200>202', but it fails as 'kind completed>accepted'
");
}

#[test]
fn an_entry_is_valid_from_its_first_day_to_its_last_but_never_longer_than_180_days() {
    for (added, expires, valid) in [
        ("2026-12-01", "2026-12-01", true),
        ("2026-06-04", "2026-12-01", true),
        ("2026-06-03", "2026-11-30", false),
        ("2020-01-01", "2020-06-01", false),
        ("2026-12-01", "2027-05-30", true),
        ("2026-12-01", "2027-05-31", false),
        ("2026-12-01", "9999-12-31", false),
        ("2026-12-02", "2026-12-03", false),
    ] {
        let sees = "kind completed>accepted";
        let known = known(&[dated("parse.basic.completed", sees, added, expires)]);
        let (results, stale) = applied(&known, &wrong());
        let expected = if valid { Status::Known } else { Status::Fail };
        assert_eq!(parse(&results).status, expected, "{added} {expires}");
        assert_eq!(stale.is_empty(), valid, "{added} {expires}");
        let check = parse(&results)
            .checks
            .iter()
            .find(|check| check.id == "known");
        assert_eq!(check.is_none(), valid, "{added} {expires}");
    }
}

#[test]
fn an_entry_that_has_expired_is_stale_though_its_cases_did_not_run() {
    let known = known(&[dated("parse.*", "crash", "2026-01-01", "2026-02-01")]);
    let mut results = results_of(&wrong(), &|id| id.starts_with("sign."));
    let before = results.clone();
    let stale = known.apply(&mut results, TODAY);
    assert_eq!(results, before);
    insta::assert_snapshot!(messages(&stale).join("\n"), @r"
known.toml:3: entry 1 is not valid: expired on 2026-02-01
");
}

#[test]
fn a_listed_case_that_did_not_run_is_unchanged() {
    let corpus = small_corpus();
    let case = corpus.case("parse.basic.completed").unwrap();
    let known = known(&[entry("parse.*", "crash")]);
    for status in [
        Status::Unsupported,
        Status::Untestable,
        Status::New,
        Status::Filtered,
        Status::Harness,
    ] {
        let mut results = [CaseResult::unjudged(case, status)];
        assert_eq!(known.apply(&mut results, TODAY), []);
        assert_eq!(results[0].status, status);
    }
}

#[test]
fn crashes_and_timeouts_can_be_known_and_match_no_other_failure() {
    let corpus = small_corpus();
    let case = corpus.case("parse.basic.completed").unwrap();
    let known = known(&[entry("parse.*", "crash")]);
    let mut results = [CaseResult::unjudged(case, Status::Crash)];
    assert_eq!(known.apply(&mut results, TODAY), []);
    assert_eq!(results[0].status, Status::Known);
    let mut results = [CaseResult::unjudged(case, Status::Timeout)];
    assert_eq!(known.apply(&mut results, TODAY).len(), 1);
    assert_eq!(results[0].status, Status::Timeout);
}

#[test]
fn a_leaked_secret_is_never_covered_by_another_failure() {
    let corpus = small_corpus();
    let case = corpus.case("parse.basic.completed").unwrap();
    let checks = vec![
        Check::equal_text("kind", "completed", Some("accepted")),
        Check::holds("secret-leak", false, "nowhere", "in the reply"),
    ];
    let known = known(&[entry("parse.*", "kind completed>accepted")]);
    let mut results = [CaseResult::judged(case, checks)];
    assert_eq!(fingerprint(&results[0]).unwrap(), "secret-leak");
    assert_eq!(known.apply(&mut results, TODAY).len(), 1);
    assert_eq!(results[0].status, Status::Fail);
}

#[test]
fn an_observed_case_that_passes_is_stale_though_it_does_not_gate() {
    let known = known(&[entry("sign.basic.padded", "crash")]);
    let (results, stale) = applied(&known, &Double::default());
    assert_eq!(decide(&results, Rules::new()), Verdict::Conforming);
    assert_eq!(stale.len(), 1);
}

#[test]
fn several_patterns_and_fingerprints_are_one_entry() {
    let text = "version = 1\n[[known]]\nmatch = ['parse.*', 'sign.basic.line-feed']\n\
                sees = ['crash', 'kind completed>accepted', 'reply err input>ok']\n\
                because = 'b'\nissue = 'unfiled'\nadded = 2026-11-22\nexpires = 2026-12-20\n";
    let known = Known::read(text, "known.toml").unwrap();
    known.check(&small_corpus()).unwrap();
    let mut results = results(&wrong());
    let stale = known.apply(&mut results, TODAY);
    assert_eq!(stale.len(), 1, "sign.basic.line-feed passes");
    assert_eq!(parse(&results).status, Status::Known);
    insta::assert_snapshot!(known.warnings().join("\n"), @"known.toml:2: entry 1 has no issue yet");
}

#[test]
fn fingerprints_are_the_same_in_every_run_and_show_no_secret() {
    let doubles: [fn() -> Double; 4] = [
        || Double {
            wrong_secret: true,
            ..wrong()
        },
        || Double {
            sends: Some(2),
            ..Double::default()
        },
        || Double {
            sends: Some(0),
            ..Double::default()
        },
        || Double {
            sign: Some(|input, mut output| {
                let secret = &input.credentials.access_key_secret;
                output.headers[0].1 = format!("FC {secret}:AAAAAAAAAAAA");
                output.stages = None;
                Reply::Ok(output)
            }),
            ..Double::default()
        },
    ];
    let seen = |double: &Double| -> Vec<String> {
        results(double)
            .iter()
            .filter_map(|result| Some(format!("{} {}", result.id, fingerprint(result)?)))
            .collect()
    };
    let all: Vec<String> = doubles
        .iter()
        .flat_map(|double| {
            let once = seen(&double());
            assert_eq!(once, seen(&double()));
            once
        })
        .collect();
    insta::assert_snapshot!(all.join("\n"), @r"
invoke.basic.sync kind completed>service_error; also status, payload_b64, request_id, arrived.verifies
parse.basic.completed kind completed>accepted
invoke.basic.sync requests 1>2
invoke.basic.sync kind completed>transport_error; also status, payload_b64, request_id, requests, arrived.verifies
sign.basic.log-type verifies differs
sign.basic.minimal authorization differs; also verifies
sign.basic.padded verifies differs
");
}
