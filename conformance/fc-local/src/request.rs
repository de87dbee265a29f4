//! Judges a request with the checks of `build`: method, path, query, names, headers, framing.

use fcgate_cases::corpus::{BuildExpectation, Level, Stimulus};
use fcgate_cases::judge::{self, Check};
use fcgate_protocol::{BuildInput, BuildOutput, Credentials, Invocation, Reply, Scheme};

use super::finding::{Finding, LONGEST_BODY, remove_body};
use super::header_values::{self, Field};
use super::received_request::ReceivedRequest;
use super::request_time;
use super::resource_names::ResourceNames;
use super::route::Route;
use super::tasks::TaskOperation;

const NAME: &str =
    "a letter or underscore, then letters, digits, underscores, hyphens; 128 at most";

const V3_FUNCTION: &str = "a letter or underscore, then letters, digits, underscores, hyphens; 128 at most; or two of them \
     with a dollar sign between, for a function of a service of 2.0";

/// The action of an invocation.
const INVOKE: &str = "InvokeFunction";

/// The settings for judging a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct ServerSettings<'a> {
    pub(super) scheme: Scheme,
    pub(super) key: &'a Credentials,
    pub(super) host: &'a str,
    /// The only revision that is accepted; `None` accepts any.
    pub(super) revision: Option<&'a str>,
}

pub(super) fn judge(
    received: &ReceivedRequest,
    route: &Route,
    settings: ServerSettings<'_>,
) -> Finding {
    let given = build_input(received, route, settings);
    let mut expect = BuildExpectation::default();
    match route {
        Route::Invocation(named) => {
            expect.method = Some("POST".to_owned());
            expect.path = Some(named.path());
            expect.query = Some(named.query());
        }
        Route::Task(named, operation) => {
            expect.method = Some(operation.method().to_owned());
            expect.path = Some(operation.path(named));
            expect.query = (!operation.is_list()).then(|| named.query());
        }
        _ => {}
    }
    let checks = judge::build(&given, &expect, &Reply::Ok(output(received, settings.host)));
    let mut stimulus = Stimulus::Build { given, expect };
    remove_body(&mut stimulus, LONGEST_BODY);
    let title = match route {
        Route::Task(named, operation) => {
            let action = operation.action(named.revision);
            format!("The request has the form of {action}.")
        }
        _ => "The request has the form of an invocation.".to_owned(),
    };
    let mut finding = Finding::new("request", Level::Must, title, stimulus);
    finding.because = "The service would reject it, or interpret it in another way.";
    finding.checks = checks;
    finding.rule("FC-BUILD-001");
    match route {
        Route::Invocation(named) => {
            rules_of_path(&mut finding, named);
            names(&mut finding, named);
            fields(&mut finding, received, named);
            gateway_headers(&mut finding, received, named, settings, INVOKE);
        }
        Route::Task(named, operation) => {
            finding.requirements.clear();
            finding
                .requirements
                .extend(operation.requirement().map(str::to_owned));
            if named.revision != "2016-08-15" {
                finding.rule("FC-BUILD-004");
            }
            if *operation != TaskOperation::ListFunctions {
                // SDKs send an empty qualifier if their caller sets one. It counts as absent.
                let mut named = named.clone();
                named.qualifier = named.qualifier.filter(|text| !text.is_empty());
                names(&mut finding, &named);
            }
            if operation.id().is_some_and(str::is_empty) {
                let check = Check::holds("task-id", false, "the id of a task", "an empty id");
                finding.check(check, "FC-BUILD-018");
            }
            let action = operation.action(named.revision);
            gateway_headers(&mut finding, received, named, settings, action);
        }
        Route::Trigger(named) | Route::TriggerHost(named, _) => names(&mut finding, named),
        Route::Elsewhere => {}
        Route::Unknown => {
            let path = received.target.split('?').next().unwrap_or_default();
            let expected = "the path of an invocation";
            finding.check(Check::holds("path", false, expected, path), "FC-BUILD-001");
        }
    }
    if let (Some(wanted), Some(named)) = (settings.revision, route.named()) {
        let check = Check::equal_text("revision", wanted, Some(named.revision));
        finding.check(check, rule_of_path(named.revision));
    }
    finding
}

fn rule_of_path(revision: &str) -> &'static str {
    match revision {
        "2016-08-15" => "FC-BUILD-002",
        "2023-03-30" => "FC-BUILD-003",
        _ => "FC-BUILD-001",
    }
}

fn rules_of_path(finding: &mut Finding, named: &ResourceNames) {
    finding.requirements.clear();
    finding.rule(rule_of_path(named.revision));
    if named.revision != "2016-08-15" {
        finding.rule("FC-BUILD-004");
    }
}

fn names(finding: &mut Finding, named: &ResourceNames) {
    if let Some(service) = &named.service {
        let check = Check::holds("service", header_values::is_name(service), NAME, service);
        finding.check(check, "FC-BUILD-016");
    }
    let (is_function, grammar): (fn(&str) -> bool, _) = if named.revision == "2023-03-30" {
        (header_values::is_v3_function, V3_FUNCTION)
    } else {
        (header_values::is_name, NAME)
    };
    let holds = is_function(&named.function);
    let check = Check::holds("function", holds, grammar, &named.function);
    finding.check(check, "FC-BUILD-016");
    if let Some(qualifier) = &named.qualifier {
        let holds = header_values::is_qualifier(qualifier);
        let check = Check::holds(
            "qualifier",
            holds,
            "a version, an alias or LATEST",
            qualifier,
        );
        finding.check(check, "FC-BUILD-017");
    }
}

/// Checks the headers that carry the fields of an invocation.
fn fields(finding: &mut Finding, received: &ReceivedRequest, named: &ResourceNames) {
    for field in header_values::FIELDS {
        let Some(value) = received
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
        finding.check(check, field.rule(named.revision));
    }
}

/// Checks the headers of the scheme: the token, the action and the version. Operations on tasks are checked for the
/// last two only if they are sent.
fn gateway_headers(
    finding: &mut Finding,
    received: &ReceivedRequest,
    named: &ResourceNames,
    settings: ServerSettings<'_>,
    action: &str,
) {
    let (foreign, expected) = match settings.scheme {
        Scheme::Fc => ("x-acs-security-token", None),
        Scheme::Acs3 => ("x-fc-security-token", Some(named.revision)),
    };
    if received.value(foreign).is_some() {
        // The value is a secret, so the check does not show it.
        let check = Check::absent(format!("no-header.{foreign}"), Some(b"(a token)"));
        finding.check(check, "FC-BUILD-023");
    }
    if let Some(revision) = expected {
        for (name, expected) in [("x-acs-action", action), ("x-acs-version", revision)] {
            let sent = received.value(name);
            if sent.is_some() || action == INVOKE {
                let check = Check::equal_text(format!("header.{name}"), expected, sent);
                finding.check(check, "FC-BUILD-015");
            }
        }
    }
}

/// The typed input that would give this request.
fn build_input(
    received: &ReceivedRequest,
    route: &Route,
    settings: ServerSettings<'_>,
) -> BuildInput {
    let named = route.named();
    let mut input = Invocation::new(named.map_or("", |named| &named.function));
    let text = |name| {
        let value = received.value(name).filter(|value| !value.is_empty());
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
    input.payload = (!received.body.is_empty()).then(|| received.body.clone());
    BuildInput {
        revision: named
            .map_or("2021-04-06", |named| named.revision)
            .to_owned(),
        scheme: settings.scheme,
        endpoint: format!("http://{}", settings.host),
        credentials: settings.key.clone(),
        time: request_time::of(received).map_or_else(String::new, |time| time.to_string()),
        nonce: received
            .value("x-acs-signature-nonce")
            .unwrap_or_default()
            .to_owned(),
        input,
    }
}

fn output(received: &ReceivedRequest, host: &str) -> BuildOutput {
    BuildOutput::new(
        &received.method,
        format!("http://{host}{}", received.target),
        received.headers.clone(),
        received.body.clone(),
    )
}
