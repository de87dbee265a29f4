//! The `build` cases: what the official SDKs of a revision agree on for the same typed input.

use std::collections::BTreeSet;

use super::build_table::{ROWS, Row, TARGETS, Target};
use super::case::{
    BuildExpect, BuildGiven, Case, CaseFile, Credentials, Evidence, Expect, Given, Headers, Input,
    Level,
};
use super::failure::{Failure, Needed, Result};
use super::recorded_requests::{Sent, sent};
use super::source::{Call, Pair, RequestStudy, value};
use super::vector_cases::NONCE;
use super::vectors::query_of;

const ENDPOINT: &str = "https://1234567890123456.cn-hangzhou.fc.aliyuncs.com";
const TIME: &str = "2022-05-11T09:00:00Z";
const ACS3_NAMES: [&str; 3] = ["x-acs-action", "x-acs-version", "x-acs-security-token"];

pub(super) fn files(study: &RequestStudy) -> Result<Vec<CaseFile>> {
    let mut files = Vec::new();
    for target in TARGETS {
        let group = format!("build.recorded-calls-{}-{}", target.revision, target.scheme);
        let mut cases = Vec::new();
        for row in ROWS {
            cases.extend(case_of(study, target, row, &group)?);
        }
        let summary = format!(
            "Typed calls on {} under the {} scheme, asserting what {} agree on.",
            target.revision,
            target.scheme,
            target.sdks.join(" and ")
        );
        files.push(CaseFile::new(&group, &summary, cases));
    }
    Ok(files)
}

/// The fields of the input that have a header of their own: name, what was set, need of a typed field.
fn fields<'a>(call: &'a Call, target: &'a Target) -> [(&'static str, Option<&'a str>); 6] {
    [
        ("X-Fc-Invocation-Type", call.invocation_type.as_deref()),
        ("X-Fc-Log-Type", call.log_type.as_deref()),
        (target.task_id_header, call.stateful_id.as_deref()),
        (
            "X-Fc-Stateful-Async-Invocation-Enable",
            call.stateful_enable.as_deref(),
        ),
        ("X-Fc-Account-Id", call.account_id.as_deref()),
        ("X-Fc-Trace-Id", call.trace_id.as_deref()),
    ]
}

/// On 2023-03-30 the SDKs have no field for these, so nothing follows from the input.
fn untyped(target: &Target, name: &str) -> bool {
    let names = [
        "X-Fc-Stateful-Async-Invocation-Enable",
        "X-Fc-Account-Id",
        "X-Fc-Trace-Id",
    ];
    target.revision == "2023-03-30" && names.contains(&name)
}

fn case_of(study: &RequestStudy, target: &Target, row: &Row, group: &str) -> Result<Option<Case>> {
    let mut pair = Vec::new();
    for sdk in target.sdks {
        let found = study
            .records
            .iter()
            .find(|record| record.sdk == sdk && record.case == row.case);
        let record = found.needed("record", &format!("{sdk} {}", row.case))?;
        pair.extend(sent(record)?);
    }
    let [first, second] = pair.as_slice() else {
        return Err(Failure::new(format!(
            "{group} {}: not two requests",
            row.case
        )));
    };
    if parts(first) != parts(second) {
        return Err(Failure::new(format!(
            "{group} {}: the targets differ",
            row.case
        )));
    }
    let call = &first.record.call;
    let headers = headers(target, call, first, second);
    // A call whose point is a header that the SDKs do not agree on shows nothing.
    let token = first.credentials.security_token.as_deref();
    let pointless = row.case == "sts_with_plain_ak"
        && target.revision == "2016-08-15"
        && value(second.headers, "x-fc-security-token").is_none();
    let untyped_call = fields(call, target)
        .iter()
        .any(|(name, set)| set.is_some() && untyped(target, name) && row.case != "async_stateful");
    if pointless || untyped_call {
        return Ok(None);
    }
    let (method, path, query) = parts(first);
    let mut requirements = vec![target.path];
    requirements.extend(row.requirements.iter().filter(|id| applies(target, id)));
    if call.qualifier.is_some() && target.qualifier != target.path {
        requirements.push(target.qualifier);
    }
    if target.revision == "2023-03-30" && call.stateful_id.is_some() {
        requirements.push("FC-BUILD-012");
    }
    requirements.push("FC-BUILD-014");
    if target.scheme == "acs3" {
        requirements.push("FC-BUILD-015");
    }
    let sign = if target.scheme == "fc" {
        "sign.fc"
    } else {
        "sign.acs3"
    };
    let mut needs = vec!["build", sign];
    needs.extend(row.needs);
    Ok(Some(Case {
        id: format!("{group}.{}", row.case.replace('_', "-")),
        title: format!("{} ({}, {})", row.shows, target.revision, target.scheme),
        level: row.level,
        requirements,
        needs,
        revision: Some(target.revision),
        because: row.because.to_owned(),
        evidence: evidence(study, target, row, first, second)?,
        op: "build",
        given: Given::Build(BuildGiven {
            revision: target.revision,
            scheme: target.scheme,
            endpoint: ENDPOINT,
            credentials: Credentials {
                access_key_id: first.credentials.access_key_id.clone(),
                access_key_secret: first.credentials.access_key_secret.clone(),
                security_token: token.map(str::to_owned),
            },
            time: TIME,
            nonce: NONCE,
            input: input(call, target),
        }),
        expect: Expect::Build(BuildExpect {
            method,
            path,
            query,
            headers,
            body_b64: call.body_b64.clone().unwrap_or_default(),
            verifies: true,
        }),
    }))
}

/// The requirements of one header do not apply where the revision has none.
fn applies(target: &Target, requirement: &str) -> bool {
    target.revision != "2023-03-30" || !matches!(requirement, "FC-BUILD-008" | "FC-BUILD-009")
}

fn parts(sent: &Sent<'_>) -> (String, String, Vec<Pair>) {
    let path = sent.target.split('?').next().unwrap_or_default();
    (
        sent.method.to_owned(),
        path.to_owned(),
        query_of(sent.target),
    )
}

fn input(call: &Call, target: &Target) -> Input {
    let typed = |name: &str, set: &Option<String>| set.clone().filter(|_| !untyped(target, name));
    let enable = typed(
        "X-Fc-Stateful-Async-Invocation-Enable",
        &call.stateful_enable,
    );
    Input {
        service: call
            .service
            .clone()
            .filter(|_| target.revision != "2023-03-30"),
        function: call.function.clone().unwrap_or_default(),
        qualifier: call.qualifier.clone(),
        invocation_type: call.invocation_type.clone(),
        log_type: call.log_type.clone(),
        stateful_async_invocation_id: call.stateful_id.clone(),
        stateful_async_invocation_enable: enable.map(|text| text == "true"),
        account_id: call.account_id.clone(),
        trace_id: call.trace_id.clone(),
        headers: call.headers.clone().unwrap_or_default(),
        payload_b64: call.body_b64.clone(),
    }
}

/// What both SDKs send of what follows from the input, and what neither sends because it was not set.
fn headers(target: &Target, call: &Call, first: &Sent<'_>, second: &Sent<'_>) -> Headers {
    let agreed = |name: &str| -> Option<&str> {
        let found = value(first.headers, name)?;
        (value(second.headers, name)? == found).then_some(found)
    };
    let neither =
        |name: &str| value(first.headers, name).is_none() && value(second.headers, name).is_none();
    let mut headers = Headers::default();
    for (name, set) in fields(call, target) {
        match set {
            Some(set) if !untyped(target, name) && agreed(name) == Some(set) => {
                headers.present.push(Pair::new(name, set));
            }
            None if neither(name) => headers.absent.push(name.to_owned()),
            _ => {}
        }
    }
    for extra in call.headers.iter().flatten() {
        if agreed(&extra.0) == Some(extra.1.as_str()) {
            headers.present.push(extra.clone());
        }
    }
    if target.scheme == "acs3" {
        let pairs = ACS3_NAMES
            .iter()
            .filter_map(|name| Some(Pair::new(name, agreed(name)?)));
        headers.present.extend(pairs);
        let tokens = ["x-acs-security-token", "X-Fc-Security-Token"];
        let absent = tokens.iter().filter(|name| neither(name));
        headers.absent.extend(absent.map(|name| (*name).to_owned()));
    } else if let Some(token) = &first.credentials.security_token {
        headers
            .present
            .push(Pair::new("X-Fc-Security-Token", token));
    } else {
        headers.absent.push("X-Fc-Security-Token".to_owned());
    }
    headers
}

fn evidence(
    study: &RequestStudy,
    target: &Target,
    row: &Row,
    first: &Sent<'_>,
    second: &Sent<'_>,
) -> Result<Vec<Evidence>> {
    let packages = format!("{} and {}", first.package(), second.package());
    let what = "method, path, query and the headers that follow from the input";
    let source = format!("recorded traffic of {packages}, case {}: {what}", row.case);
    let mut evidence = vec![Evidence::agreement(source, 2, 2)];
    let wanted = first.record.call.body_b64.clone().unwrap_or_default();
    let same = |sent: &Sent<'_>| sent.record.body_base64.as_deref() == Some(wanted.as_str());
    if !(same(first) && same(second)) {
        let mut seen = BTreeSet::new();
        let mut agree = 0;
        for record in study
            .records
            .iter()
            .filter(|record| record.case == row.case)
        {
            if let Some(sent) = sent(record)? {
                seen.insert(record.sdk.as_str());
                agree += usize::from(same(&sent));
            }
        }
        let source = format!(
            "recorded traffic of all six SDKs, case {}: the payload",
            row.case
        );
        evidence.push(Evidence::agreement(source, agree, seen.len()));
    }
    let page = match (target.revision, target.scheme) {
        ("2021-04-06", "fc") => Some(
            "manual page 'Signature authentication' (FC 2.0): the scheme; no official SDK signs this revision so",
        ),
        ("2016-08-15", _) if first.record.call.stateful_id.is_some() => Some(
            "manual page 'InvokeFunction' (2016-08-15): these headers; the SDKs pass them on as given",
        ),
        _ => None,
    };
    evidence.extend(page.map(Evidence::manual));
    if row.level != Level::Must {
        let source = "fc-go-sdk and fc-java-sdk set the invocation type Async with a task id";
        evidence.push(Evidence::recorded(source));
    }
    Ok(evidence)
}
