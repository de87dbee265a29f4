//! The request that a case demands, as the reference builds it.

use fc_conformance::report::sent_request::request_lines;
use fcgate_cases::corpus::{Case, InvokeGiven, Stimulus};
use fcgate_cases::judge::ShownRequest;
use fcgate_cases::oracle::{self, WireRequest};
use fcgate_protocol::{
    BuildInput, BuildOutput, Implementation as _, Reply, Scheme, SignKind, Stages,
};
use fcgate_reference::Reference;
use fcgate_text::visible::visible;

/// The time, the nonce and the endpoint of an `invoke` case differ in every run.
const TIME: &str = "2022-05-11T09:00:00Z";
const NONCE: &str = "00000000000000000000000000000001";
const ENDPOINT: &str = "http://127.0.0.1:9000";

/// The request of a `build` or an `invoke` case, and the text that its signature covers; `None` if the case expects
/// a refusal.
pub(super) fn demanded_request(case: &Case) -> Option<String> {
    let given = match &case.stimulus {
        Stimulus::Build { given, expect } if expect.refused.is_none() => given.clone(),
        Stimulus::Invoke { given, expect } if expect.requests != Some(0) => build_input(given),
        _ => return None,
    };
    let Reply::Ok(request) = Reference.build(&given) else {
        return None;
    };
    let mut lines = vec!["request of the reference".to_owned()];
    lines.extend(request_lines(&ShownRequest::of_build(
        &given, &request, false, None,
    )));
    let stages = stages(&given, &request)?;
    let text = match given.scheme {
        Scheme::Fc => stages.string_to_sign,
        Scheme::Acs3 => stages.canonical_request,
    };
    lines.push("\ntext to sign".to_owned());
    let text = visible(text?.as_bytes());
    lines.extend(text.split_inclusive('␊').map(str::to_owned));
    Some(lines.join("\n"))
}

fn build_input(given: &InvokeGiven) -> BuildInput {
    BuildInput {
        revision: given.revision.clone(),
        scheme: given.scheme,
        endpoint: ENDPOINT.to_owned(),
        credentials: given.credentials.clone(),
        time: TIME.to_owned(),
        nonce: NONCE.to_owned(),
        input: given.input.clone(),
    }
}

/// The texts that the oracle computes for the request.
fn stages(given: &BuildInput, request: &BuildOutput) -> Option<Stages> {
    let (_, rest) = request.url.split_once("://")?;
    let (authority, target) = rest.split_at(rest.find('/')?);
    let mut wire = WireRequest::new(&request.method, target)
        .headers(&request.headers)
        .body(&request.body);
    if wire.value("host").is_none() {
        wire = wire.header("host", authority);
    }
    let verdict = oracle::verify(&wire, given.scheme, SignKind::Api, &given.credentials);
    Some(verdict.stages)
}
