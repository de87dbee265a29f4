//! Mistakes with calls of HTTP triggers, besides those of the signature.

use fcgate_protocol::{HeaderList, SignInput, TriggerOutput};

use crate::mistake::Mistake;
use crate::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    calls(
        "FCG0589",
        "trigger-secret-sent",
        "sends the access key secret in a header when it calls an HTTP trigger",
        &["FC-INVOKE-022"],
        |request| {
            let secret = request.credentials.access_key_secret.clone();
            request.headers.push("x-access-key-secret", secret);
        },
    ),
    calls(
        "FCG0590",
        "trigger-at-root",
        "calls an HTTP trigger at the path / only",
        &["FC-TRIGGER-001"],
        |request| {
            let Some(start) = request.url.find("://").map(|at| at + 3) else {
                return;
            };
            let rest = request.url.get(start..).unwrap_or_default();
            let end = start + rest.find('/').unwrap_or(rest.len());
            let query = rest.find('?').and_then(|at| rest.get(at..));
            let query = query.unwrap_or_default().to_owned();
            request.url.truncate(end);
            request.url += "/";
            request.url += &query;
        },
    ),
    calls(
        "FCG0591",
        "trigger-without-query",
        "calls an HTTP trigger without the query",
        &["FC-TRIGGER-001"],
        |request| {
            let path = request.url.split('?').next().unwrap_or_default();
            request.url = path.to_owned();
        },
    ),
    calls(
        "FCG0592",
        "trigger-last-value-kept",
        "sends only the last value of a key that the query of an HTTP trigger repeats",
        &["FC-TRIGGER-001"],
        |request| {
            let Some((path, query)) = request.url.split_once('?') else {
                return;
            };
            let key = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
            let mut kept: Vec<&str> = Vec::new();
            for pair in query.split('&') {
                kept.retain(|other| key(other) != key(pair));
                kept.push(pair);
            }
            request.url = format!("{path}?{}", kept.join("&"));
        },
    ),
    calls(
        "FCG0593",
        "trigger-always-post",
        "calls an HTTP trigger with POST, whatever the method of the caller",
        &["FC-TRIGGER-001"],
        |request| "POST".clone_into(&mut request.method),
    ),
    calls(
        "FCG0594",
        "trigger-without-headers",
        "leaves out the caller's headers when it calls an HTTP trigger",
        &["FC-TRIGGER-001"],
        |request| request.headers = HeaderList::new(),
    ),
    calls(
        "FCG0595",
        "trigger-without-body",
        "sends a body to an HTTP trigger only with POST",
        &["FC-TRIGGER-001"],
        |request| {
            if request.method != "POST" {
                request.body.clear();
            }
        },
    ),
    answers(
        "FCG0596",
        "trigger-error-body-lost",
        "returns no body with an error status of an HTTP trigger",
        &["FC-TRIGGER-002"],
        |mut output| {
            if let Some(response) = &mut output.response
                && response.status >= 400
            {
                response.body.clear();
            }
            output
        },
    ),
    answers(
        "FCG0597",
        "trigger-success-is-200",
        "returns the status 200 for every success of an HTTP trigger",
        &["FC-TRIGGER-002"],
        |mut output| {
            if let Some(response) = &mut output.response
                && (200..300).contains(&response.status)
            {
                response.status = 200;
            }
            output
        },
    ),
    answers(
        "FCG0598",
        "trigger-response-headers-lost",
        "returns none of the headers of an HTTP trigger's response",
        &["FC-TRIGGER-002"],
        |mut output| {
            if let Some(response) = &mut output.response {
                response.headers = HeaderList::new();
            }
            output
        },
    ),
    answers(
        "FCG0599",
        "trigger-error-as-no-response",
        "reports a response of an HTTP trigger with an error status as no response",
        &["FC-TRIGGER-002"],
        |mut output| {
            output.response = output.response.filter(|response| response.status < 400);
            output
        },
    ),
];

const fn calls(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    requirements: &'static [&'static str],
    change: fn(&mut SignInput),
) -> Mutant {
    let mistake = Mistake::CallsTrigger(change);
    Mutant::new(code, name, summary, requirements, mistake)
}

const fn answers(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    requirements: &'static [&'static str],
    change: fn(TriggerOutput) -> TriggerOutput,
) -> Mutant {
    let mistake = Mistake::AnswersTrigger(change);
    Mutant::new(code, name, summary, requirements, mistake)
}
