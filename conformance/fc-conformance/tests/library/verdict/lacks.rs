//! Parts that a subject lists in `lacks` are not checked; everything else is.

use std::path::Path;

use fc_conformance::undeclared_capabilities;
use fc_conformance::verdict::{Rules, Verdict, decide};
use fcgate_cases::corpus::{Case, Corpus, Level};
use fcgate_cases::judge::{CaseResult, Status};
use fcgate_cases::{Claims, Profile};
use fcgate_http::clock::timestamp;
use fcgate_protocol::{
    BuildInput, BuildOutput, Hello, Implementation, InvokeInput, InvokeOutput, Outcome,
    OutcomeKind, ParseInput, ParseOutput, Reply, SignInput, SignOutput, part,
};
use fcgate_reference::Reference;
use fcgate_runner::{InProcess, Plan, run};

/// The reference with another `hello`, and with a change of every outcome.
struct Changed {
    hello: Hello,
    outcome: fn(&mut Outcome),
    build: fn(&BuildInput) -> Reply<BuildOutput>,
}

impl Implementation for Changed {
    fn hello(&self) -> Hello {
        self.hello.clone()
    }

    fn sign(&self, input: &SignInput) -> Reply<SignOutput> {
        Reference.sign(input)
    }

    fn build(&self, input: &BuildInput) -> Reply<BuildOutput> {
        (self.build)(input)
    }

    fn parse(&self, input: &ParseInput) -> Reply<ParseOutput> {
        let mut reply = Reference.parse(input);
        if let Reply::Ok(output) = &mut reply {
            (self.outcome)(&mut output.outcome);
        }
        reply
    }

    fn invoke(&self, input: &InvokeInput) -> Reply<InvokeOutput> {
        Reference.invoke(input)
    }
}

fn lacking(parts: &[&str], outcome: fn(&mut Outcome)) -> Changed {
    let mut hello = Reference.hello();
    hello.lacks = parts.iter().copied().collect();
    Changed {
        hello,
        outcome,
        build: |input| Reference.build(input),
    }
}

fn results(subject: &Changed, selected: &dyn Fn(&Case) -> bool) -> Vec<CaseResult> {
    let corpus = Corpus::embedded().unwrap();
    let claims = Claims::of(&subject.hello);
    let run = run(
        &corpus,
        &InProcess::new(subject),
        &claims,
        &Plan::new(),
        selected,
    );
    let mut results = run.results;
    results.retain(|result| result.status != Status::Filtered);
    assert!(results.len() > 10);
    results
}

fn of_parse(case: &Case) -> bool {
    case.id.starts_with("parse.service-errors.") || case.id.starts_with("parse.status.")
}

fn red(results: &[CaseResult]) -> Vec<&str> {
    let red = results
        .iter()
        .filter(|result| result.status.is_red() && result.level > Level::Observe);
    red.map(|result| result.id.as_str()).collect()
}

fn without_code(outcome: &mut Outcome) {
    outcome.code = None;
}

#[test]
fn a_lacking_field_is_unsupported_and_the_other_checks_of_its_cases_count() {
    let parts = [part::OUTCOME_CODE];
    assert_eq!(
        red(&results(&lacking(&parts, without_code), &of_parse)),
        [""; 0]
    );
    let wrong_message = |outcome: &mut Outcome| {
        outcome.code = None;
        outcome.message = outcome.message.take().map(|message| message + "?");
    };
    let results = results(&lacking(&parts, wrong_message), &of_parse);
    let red = red(&results);
    assert!(red.len() > 5, "{red:?}");
}

#[test]
fn a_field_that_is_claimed_and_not_given_is_a_failure() {
    let parts = [part::OUTCOME_MESSAGE];
    let results = results(&lacking(&parts, without_code), &of_parse);
    assert!(!red(&results).is_empty());
}

#[test]
fn without_foreign_bodies_an_error_may_be_any_failure_but_no_success() {
    let parts = [part::PARSE_FOREIGN_BODIES, part::OUTCOME_CODE];
    let foreign = |case: &Case| case.id.starts_with("parse.service-errors.body-");
    let broken: fn(&mut Outcome) = |outcome| *outcome = Outcome::new(OutcomeKind::BadResponse);
    assert_eq!(red(&results(&lacking(&parts, broken), &foreign)), [""; 0]);
    let success: fn(&mut Outcome) = |outcome| outcome.kind = OutcomeKind::Completed;
    assert!(!red(&results(&lacking(&parts, success), &foreign)).is_empty());
}

#[test]
fn a_case_whose_whole_input_needs_a_lacking_part_is_unsupported() {
    let subject = lacking(&[part::INPUT_CHECK_NAMES], |_| ());
    let results = results(&subject, &|case| case.id.starts_with("build.refusals."));
    let count = |status| results.iter().filter(|one| one.status == status).count();
    assert!(count(Status::Unsupported) > 0 && count(Status::Pass) > 0);
}

#[test]
fn without_a_function_that_signs_requests_only_the_other_commands_show_signatures() {
    let subject = lacking(&[part::SIGN_REQUESTS], |_| ());
    let all = |start: &str, wanted: Status| {
        let results = results(&subject, &|case| case.id.starts_with(start));
        results.iter().all(|result| result.status == wanted)
    };
    assert!(all("sign.acs3.", Status::Unsupported));
    assert!(all("sign.fc-refusals.", Status::Unsupported));
    assert!(all("build.paths.", Status::Pass));
}

#[test]
fn unsupported_is_a_reply_only_to_an_input_that_needs_a_lacking_part() {
    let declines = |parts: &[&str]| {
        let mut subject = lacking(parts, |_| ());
        subject.build = |input| match &input.input.headers {
            Some(_) => Reply::unsupported("build.headers"),
            None => Reference.build(input),
        };
        let of_caller = |case: &Case| case.id.starts_with("build.values-of-the-caller.");
        red(&results(&subject, &of_caller)).len()
    };
    assert_eq!(declines(&[part::BUILD_HEADERS]), 0);
    assert!(declines(&[part::OUTCOME_CODE]) > 0);
}

#[test]
fn a_profile_requires_its_parts() {
    let verdict = |parts: &[&str], profile| {
        let results = results(&lacking(parts, |_| ()), &of_parse);
        let mut rules = Rules::new();
        rules.partial_ok = true;
        rules.profile = profile;
        decide(&results, rules)
    };
    let code = [part::OUTCOME_CODE];
    assert_eq!(verdict(&code, None), Verdict::Conforming);
    assert_eq!(verdict(&code, Some(Profile::Sign)), Verdict::Conforming);
    assert_eq!(verdict(&code, Some(Profile::Core)), Verdict::Incomplete);
    let status = [part::OUTCOME_SUCCESS_STATUS];
    assert_eq!(verdict(&status, Some(Profile::Core)), Verdict::Conforming);
    assert_eq!(verdict(&status, Some(Profile::Full)), Verdict::Incomplete);
}

#[test]
fn an_offered_part_in_lacks_is_a_warning_and_a_lacking_one_is_not() {
    let warnings = |outcome| {
        let subject = lacking(&[part::OUTCOME_CODE], outcome);
        let claims = Claims::of(&subject.hello);
        let corpus = Corpus::embedded().unwrap();
        undeclared_capabilities::warnings(&corpus, &InProcess::new(&subject), &claims, &Plan::new())
    };
    assert_eq!(warnings(without_code), [""; 0]);
    let offered = warnings(|_| ());
    assert_eq!(offered.len(), 1);
    assert!(
        offered[0].contains("remove outcome.code from lacks in hello"),
        "{}",
        offered[0]
    );
}

#[test]
fn a_case_with_a_skipped_check_proves_no_capability() {
    let parts = [
        part::SIGN_REQUESTS,
        part::OUTCOME_STATUS,
        part::OUTCOME_REQUEST_ID,
    ];
    let mut subject = lacking(&parts, |outcome| {
        outcome.status = None;
        outcome.request_id = None;
    });
    subject.hello.caps = ["sign.acs3", "parse"].into_iter().collect();
    subject.hello.revisions = vec!["2023-03-30".into()];
    let claims = Claims::of(&subject.hello);
    let corpus = Corpus::embedded().unwrap();
    let plan = Plan::new();
    let warnings =
        undeclared_capabilities::warnings(&corpus, &InProcess::new(&subject), &claims, &plan);
    let of_scheme = |warning: &&String| warning.contains("declare sign.fc in hello");
    assert_eq!(warnings.iter().find(of_scheme), None);
}

#[test]
fn with_its_own_clock_a_subject_may_sign_another_time_and_another_nonce() {
    let own_time = |claims_clock: bool| {
        let mut subject = lacking(&[], |_| ());
        if claims_clock {
            subject.hello = subject.hello.claim("clock.own");
        }
        subject.build = |input| {
            let mut input = input.clone();
            input.time = timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
            input.nonce = "another-nonce".to_owned();
            Reference.build(&input)
        };
        let plain = |case: &Case| case.id.starts_with("build.headers.");
        red(&results(&subject, &plain)).len()
    };
    assert!(own_time(false) > 0);
    assert_eq!(own_time(true), 0);
}

#[test]
fn the_documentation_lists_every_part() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/adapter-protocol.md");
    let text = std::fs::read_to_string(path).unwrap();
    for name in part::ALL {
        assert!(text.contains(&format!("`{name}`")), "{name}");
    }
}
