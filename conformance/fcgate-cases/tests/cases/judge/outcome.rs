//! The outcome that an implementation reports, as answer to `parse` and to `invoke`.

use fcgate_cases::corpus::{InvokeExpectation, ParseExpectation};
use fcgate_cases::judge::{self, Check, CheckStatus, capability_of_field};
use fcgate_protocol::{
    Capabilities, InvokeOutput, Outcome, OutcomeKind, ParseOutput, Reply, capability,
};
use serde_json::{Value, json};

use super::checks::{failed, ids};
use super::invocation::no_options;
use super::signed_request::arrivals;

/// An outcome with every field.
fn whole() -> Value {
    json!({
        "kind": "completed",
        "status": 200,
        "payload_b64": "b2s=",
        "request_id": "r-1",
        "error_type": "UnhandledInvocationError",
        "log_tail_b64": "bG9n",
        "duration_ms": 7,
        "max_memory_mb": "12.5",
        "code_checksum": "sum",
        "instance_id": "i-1",
        "service_version": "1",
        "stateful_async_invocation_id": "task-1",
        "session_id": "s-1",
        "code": "Code",
        "message": "Message",
        "reason": "reason",
        "class": "other"
    })
}

/// The fields in the order of the checks.
const FIELDS: [&str; 16] = [
    "status",
    "payload_b64",
    "request_id",
    "error_type",
    "log_tail_b64",
    "duration_ms",
    "max_memory_mb",
    "code_checksum",
    "instance_id",
    "service_version",
    "stateful_async_invocation_id",
    "session_id",
    "code",
    "message",
    "reason",
    "class",
];

fn judged(expect: Value, claims: &Capabilities, outcome: Value) -> Vec<Check> {
    let expect: ParseExpectation = serde_json::from_value(expect).unwrap();
    let outcome: Outcome = serde_json::from_value(outcome).unwrap();
    judge::parse(&expect, claims, &Reply::Ok(ParseOutput::new(outcome)))
}

fn all() -> Capabilities {
    Capabilities::all()
}

#[test]
fn an_equal_outcome_passes_one_check_for_each_field() {
    let checks = judged(json!({"outcome": whole()}), &all(), whole());
    assert_eq!(failed(&checks), [""; 0]);
    assert_eq!(ids(&checks), [&["reply", "kind"][..], &FIELDS].concat());
    let few = judged(json!({"outcome": {"kind": "completed"}}), &all(), whole());
    assert_eq!(ids(&few), ["reply", "kind"]);
}

#[test]
fn a_field_that_differs_or_is_missing_fails_its_check() {
    for field in FIELDS {
        let (other, shown) = match field {
            "status" | "duration_ms" => (json!(99), "99"),
            "payload_b64" | "log_tail_b64" => (json!("T0s="), "OK"),
            "class" => (json!("connect"), "connect"),
            _ => (json!("other"), "other"),
        };
        let mut outcome = whole();
        outcome[field] = other;
        let of = |outcome| failed(&judged(json!({"outcome": whole()}), &all(), outcome));
        assert_eq!(of(outcome.clone()), [format!("{field}: {shown}")]);
        outcome.as_object_mut().unwrap().remove(field);
        assert_eq!(of(outcome), [format!("{field}: (missing)")]);
    }
}

#[test]
fn the_kind_and_the_class_are_compared_by_their_names() {
    for (field, names) in [
        (
            "kind",
            &[
                "completed",
                "accepted",
                "function_error",
                "service_error",
                "bad_response",
                "transport_error",
            ][..],
        ),
        (
            "class",
            &["connect", "timeout", "truncated", "malformed", "other"],
        ),
    ] {
        for expected in names {
            for actual in names {
                let outcome = |name: &str| {
                    let mut outcome = whole();
                    outcome[field] = json!(name);
                    outcome
                };
                let checks = judged(
                    json!({"outcome": outcome(expected)}),
                    &all(),
                    outcome(actual),
                );
                let wrong = (actual != expected).then(|| format!("{field}: {actual}"));
                assert_eq!(failed(&checks), Vec::from_iter(wrong));
            }
        }
    }
}

#[test]
fn the_type_of_a_function_error_is_compared_without_case_and_nothing_else_is() {
    for field in ["error_type", "code"] {
        let outcome = |text: &str| json!({"kind": "function_error", field: text});
        let checks = judged(json!({"outcome": outcome("Abc")}), &all(), outcome("aBC"));
        let expected = if field == "code" {
            vec!["code: aBC"]
        } else {
            Vec::new()
        };
        assert_eq!(failed(&checks), expected);
    }
}

#[test]
fn a_field_whose_capability_is_not_declared_is_not_checked() {
    let optional = [
        ("log_tail_b64", capability::OUTCOME_LOG_TAIL),
        ("duration_ms", capability::OUTCOME_DURATION),
        ("max_memory_mb", capability::OUTCOME_MEMORY),
        ("code_checksum", capability::OUTCOME_CHECKSUM),
        ("instance_id", capability::OUTCOME_INSTANCE_ID),
        ("service_version", capability::OUTCOME_SERVICE_VERSION),
        ("session_id", capability::SESSIONS),
    ];
    for field in FIELDS {
        let mut optional = optional.iter();
        let expected = optional
            .find(|(name, _)| *name == field)
            .map(|(_, name)| *name);
        assert_eq!(capability_of_field(field), expected, "{field}");
        let Some(name) = expected else { continue };
        let mut claims = all();
        claims.remove(name);
        let nothing = json!({"kind": "completed"});
        let unsupported = |expect: Value, outcome| -> Vec<String> {
            let checks = judged(expect, &claims, outcome);
            assert_eq!(failed(&checks), [""; 0]);
            let checks = checks.into_iter();
            checks
                .filter(|check| check.status == CheckStatus::Unsupported)
                .map(|check| check.id)
                .collect()
        };
        let expect = json!({"outcome": {"kind": "completed", field: whole()[field]}});
        assert_eq!(unsupported(expect, nothing.clone()), [field]);
        let expect = json!({"outcome": nothing, "absent": [field]});
        assert_eq!(unsupported(expect, whole()), [format!("no-{field}")]);
    }
}

#[test]
fn a_field_that_must_be_absent_is_found() {
    for field in FIELDS {
        let expect = json!({"outcome": {"kind": "completed"}, "absent": [field]});
        let passed = judged(expect.clone(), &all(), json!({"kind": "completed"}));
        assert_eq!(ids(&passed), ["reply", "kind", &format!("no-{field}")]);
        assert_eq!(failed(&passed), [""; 0]);
        let found = failed(&judged(expect, &all(), whole()));
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with(&format!("no-{field}: ")), "{found:?}");
    }
    let expect = json!({"outcome": {"kind": "completed"}, "absent": ["colour"]});
    assert_eq!(
        failed(&judged(expect, &all(), whole())),
        ["no-colour: no such field"]
    );
}

#[test]
fn a_refusal_instead_of_an_outcome_fails() {
    let expect: ParseExpectation = serde_json::from_value(json!({"outcome": whole()})).unwrap();
    let of = |answer| failed(&judge::parse(&expect, &all(), &answer));
    assert_eq!(of(Reply::internal("panic")), ["reply: err internal: panic"]);
    assert_eq!(
        of(Reply::unsupported("parse")),
        ["reply: unsupported: parse"]
    );
}

/// The failed checks of an answer to `invoke` with this expectation.
fn invoked(expect: Value, answer: &Reply<InvokeOutput>) -> Vec<String> {
    let expect: InvokeExpectation = serde_json::from_value(expect).unwrap();
    failed(&judge::invoke(
        &no_options(),
        &expect,
        &all(),
        answer,
        &arrivals([]),
    ))
}

#[test]
fn the_outcome_of_an_invocation_is_compared_like_that_of_a_response() {
    let expect = json!({"outcome": {"kind": "completed", "status": 200}, "absent": ["code"]});
    let of = |outcome: Value| {
        let outcome = serde_json::from_value(outcome).unwrap();
        invoked(expect.clone(), &Reply::Ok(InvokeOutput::new(outcome)))
    };
    assert_eq!(of(json!({"kind": "completed", "status": 200})), [""; 0]);
    assert_eq!(
        of(json!({"kind": "accepted", "status": 202, "code": "c"})),
        ["kind: accepted", "status: 202", "no-code: c"]
    );
    assert_eq!(
        invoked(expect.clone(), &Reply::refused("no")),
        ["reply: err input: no"]
    );
}

#[test]
fn a_repeated_payload_is_compared_as_a_whole() {
    let of = |payload: Option<&str>| {
        let mut outcome = Outcome::new(OutcomeKind::Completed);
        outcome.payload = payload.map(Into::into);
        let expect = json!({"payload_repeat": {"text": "ab", "count": 2}});
        invoked(expect, &Reply::Ok(InvokeOutput::new(outcome)))
    };
    assert_eq!(of(Some("abab")), [""; 0]);
    assert_eq!(of(Some("ab")), ["payload_b64: ab"]);
    assert_eq!(of(None), ["payload_b64: (missing)"]);
    let long = json!({"payload_repeat": {"text": "ab", "count": 40_000}});
    let none = Reply::Ok(InvokeOutput::new(Outcome::new(OutcomeKind::Completed)));
    assert_eq!(invoked(long, &none), ["payload_b64: no body"]);
}

#[test]
fn a_case_that_expects_no_number_of_requests_has_no_check_of_them() {
    let expect: InvokeExpectation = serde_json::from_value(json!({})).unwrap();
    let answer = Reply::Ok(InvokeOutput::new(Outcome::new(OutcomeKind::Completed)));
    let checks = judge::invoke(&no_options(), &expect, &all(), &answer, &arrivals([]));
    assert_eq!(ids(&checks), ["reply"]);
}
