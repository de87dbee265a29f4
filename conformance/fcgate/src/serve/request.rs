//! Judges a request with the checks of `build`: method, path, query, names, headers, framing.

use fcgate_cases::corpus::{BuildExpectation, Level, Stimulus};
use fcgate_cases::judge::{self, Check};
use fcgate_protocol::{BuildInput, BuildOutput, Credentials, Invocation, Reply, Scheme};

use super::finding::{LONGEST_BODY, Observed, remove_body};
use super::route::{Named, Place};
use super::time;
use super::values::{self, Field};
use super::wire::Arrived;

const NAME: &str =
    "a letter or underscore, then letters, digits, underscores, hyphens; 128 at most";

/// The settings for judging a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms<'a> {
    pub(super) scheme: Scheme,
    pub(super) key: &'a Credentials,
    pub(super) host: &'a str,
    /// The only revision that is accepted; `None` accepts any.
    pub(super) revision: Option<&'a str>,
}

pub(super) fn judge(arrived: &Arrived, place: &Place, terms: Terms<'_>) -> Observed {
    let given = given(arrived, place, terms);
    let mut expect = BuildExpectation::default();
    if let Place::Invocation(named) = place {
        expect.method = Some("POST".to_owned());
        expect.path = Some(named.path());
        expect.query = Some(named.query());
    }
    let checks = judge::build(&given, &expect, &Reply::Ok(output(arrived, terms.host)));
    let mut stimulus = Stimulus::Build { given, expect };
    remove_body(&mut stimulus, LONGEST_BODY);
    let title = "The request is one that the operation has.".to_owned();
    let mut observed = Observed::new("request", Level::Must, title, stimulus);
    observed.because = "The service would refuse it, or would understand something else.";
    observed.checks = checks;
    observed.rule("FC-BUILD-001");
    match place {
        Place::Invocation(named) => {
            rules_of_path(&mut observed, named);
            names(&mut observed, named);
            headers(&mut observed, arrived, named, terms);
        }
        Place::Trigger(named) => names(&mut observed, named),
        Place::Elsewhere => {}
        Place::Unknown => {
            let path = arrived.target.split('?').next().unwrap_or_default();
            let expected = "the path of an invocation";
            observed.check(Check::holds("path", false, expected, path), "FC-BUILD-001");
        }
    }
    if let (Some(wanted), Some(named)) = (terms.revision, place.named()) {
        let check = Check::equal_text("revision", wanted, Some(named.revision));
        observed.check(check, rule_of_path(named.revision));
    }
    observed
}

fn rule_of_path(revision: &str) -> &'static str {
    match revision {
        "2016-08-15" => "FC-BUILD-002",
        "2023-03-30" => "FC-BUILD-003",
        _ => "FC-BUILD-001",
    }
}

fn rules_of_path(observed: &mut Observed, named: &Named) {
    observed.requirements.clear();
    observed.rule(rule_of_path(named.revision));
    if named.revision != "2016-08-15" {
        observed.rule("FC-BUILD-004");
    }
}

fn names(observed: &mut Observed, named: &Named) {
    let service = named.service.iter().map(|service| ("service", service));
    for (id, name) in service.chain([("function", &named.function)]) {
        let check = Check::holds(id, values::is_name(name), NAME, name);
        observed.check(check, "FC-BUILD-016");
    }
    if let Some(qualifier) = &named.qualifier {
        let holds = values::is_qualifier(qualifier);
        let check = Check::holds(
            "qualifier",
            holds,
            "a version, an alias or LATEST",
            qualifier,
        );
        observed.check(check, "FC-BUILD-017");
    }
}

fn headers(observed: &mut Observed, arrived: &Arrived, named: &Named, terms: Terms<'_>) {
    for field in values::FIELDS {
        let Some(value) = arrived
            .value(field.header)
            .filter(|value| !value.is_empty())
        else {
            continue;
        };
        let id = format!("header.{}", field.header);
        let check = if (field.is_of)(named.revision) {
            Check::holds(id, (field.allows)(value), field.allowed, value)
        } else {
            Check::absent(format!("no-{id}"), Some(value.as_bytes()))
        };
        observed.check(check, field.rule(named.revision));
    }
    let (foreign, expected) = match terms.scheme {
        Scheme::Fc => ("x-acs-security-token", None),
        Scheme::Acs3 => ("x-fc-security-token", Some(named.revision)),
    };
    if arrived.value(foreign).is_some() {
        // The value is a secret, so the check does not show it.
        let check = Check::absent(format!("no-header.{foreign}"), Some(b"(a token)"));
        observed.check(check, "FC-BUILD-023");
    }
    if let Some(revision) = expected {
        for (name, expected) in [
            ("x-acs-action", "InvokeFunction"),
            ("x-acs-version", revision),
        ] {
            let id = format!("header.{name}");
            let check = Check::equal_text(id, expected, arrived.value(name));
            observed.check(check, "FC-BUILD-015");
        }
    }
}

/// The typed input that would give this request.
fn given(arrived: &Arrived, place: &Place, terms: Terms<'_>) -> BuildInput {
    let named = place.named();
    let mut input = Invocation::new(named.map_or("", |named| &named.function));
    let text = |name| {
        let value = arrived.value(name).filter(|value| !value.is_empty());
        value.map(str::to_owned)
    };
    input.service = named.and_then(|named| named.service.clone());
    input.qualifier = named.and_then(|named| named.qualifier.clone());
    input.invocation_type = text(Field::TYPE);
    input.log_type = text(Field::LOG);
    input.stateful_async_invocation_id = text(Field::ID).or_else(|| text(Field::TASK));
    input.stateful_async_invocation_enable =
        text(Field::ENABLE).and_then(|value| value.parse().ok());
    input.account_id = text("x-fc-account-id");
    input.trace_id = text("x-fc-trace-id");
    input.payload = (!arrived.body.is_empty()).then(|| arrived.body.clone());
    BuildInput {
        revision: named
            .map_or("2021-04-06", |named| named.revision)
            .to_owned(),
        scheme: terms.scheme,
        endpoint: format!("http://{}", terms.host),
        credentials: terms.key.clone(),
        time: time::of(arrived).map_or_else(String::new, |time| time.to_string()),
        nonce: arrived
            .value("x-acs-signature-nonce")
            .unwrap_or_default()
            .to_owned(),
        input,
    }
}

fn output(arrived: &Arrived, host: &str) -> BuildOutput {
    BuildOutput::new(
        &arrived.method,
        format!("http://{host}{}", arrived.target),
        arrived.headers.clone(),
        arrived.body.clone(),
    )
}
