//! Mistakes in the headers of a request.

use super::request_change::build;
use crate::mutant::Mutant;

const TASK_ID: &str = "x-fc-stateful-async-invocation-id";
const TASK_MODE: &str = "x-fc-stateful-async-invocation-enable";
const TYPE: &str = "x-fc-invocation-type";
const LOG_TYPE: &str = "x-fc-log-type";
const ACCOUNT: &str = "x-fc-account-id";
const TRACE: &str = "x-fc-trace-id";
const NEW_TASK_ID: &str = "x-fc-async-task-id";

/// The options that have a header of their own.
const OPTIONS: [&str; 6] = [TYPE, LOG_TYPE, TASK_ID, TASK_MODE, ACCOUNT, TRACE];

pub(super) const MUTANTS: &[Mutant] = &[
    build(
        "FCG0341",
        "header-values-quoted",
        "sends the options as JSON strings, with quotation marks",
        &["FC-BUILD-006", "FC-BUILD-007", "FC-BUILD-008"],
        |_, request| {
            for (name, value) in &mut request.headers {
                if OPTIONS.contains(&name.as_str()) || name == NEW_TASK_ID {
                    *value = format!("\"{value}\"");
                }
            }
        },
    )
    .seen_in("alibabacloud-go/fc-open-20210406 1.0.5 to 1.0.7"),
    build(
        "FCG0342",
        "empty-headers-for-unset-options",
        "sends an empty header for every option that the caller did not set",
        &["FC-BUILD-005"],
        |_, request| {
            for name in OPTIONS {
                if !request.headers.contains(name) {
                    request.headers.set(name, "");
                }
            }
        },
    )
    .seen_in("fc-go-sdk, X-Fc-Account-Id; devsapp/fc-remote-invoke, the task id"),
    build(
        "FCG0343",
        "defaults-sent",
        "sends Sync and None if the caller set no type",
        &["FC-BUILD-005"],
        |_, request| {
            for (name, default) in [(TYPE, "Sync"), (LOG_TYPE, "None")] {
                if !request.headers.contains(name) {
                    request.headers.set(name, default);
                }
            }
        },
    ),
    build(
        "FCG0344",
        "task-mode-always-sent",
        "sends the task mode false if the caller did not set it",
        &["FC-BUILD-005", "FC-BUILD-009"],
        |_, request| {
            if !request.headers.contains(TASK_MODE) {
                request.headers.set(TASK_MODE, "false");
            }
        },
    ),
    build(
        "FCG0346",
        "task-id-under-its-old-name",
        "sends the task id as X-Fc-Stateful-Async-Invocation-Id on 2023-03-30",
        &["FC-BUILD-012"],
        |_, request| renamed(request, NEW_TASK_ID, TASK_ID),
    ),
    build(
        "FCG0347",
        "task-id-under-its-new-name",
        "sends the task id as X-Fc-Async-Task-Id on the revisions before 2023-03-30",
        &["FC-BUILD-008"],
        |_, request| renamed(request, TASK_ID, NEW_TASK_ID),
    )
    .seen_in("alibabacloud-fc20230330, which knows this name only"),
    build(
        "FCG0348",
        "invocation-type-left-out",
        "does not send the invocation type, so that an asynchronous call waits for the result",
        &["FC-BUILD-006"],
        |_, request| request.headers.remove(TYPE),
    ),
    build(
        "FCG0349",
        "log-type-left-out",
        "does not send the log type",
        &["FC-BUILD-007"],
        |_, request| request.headers.remove(LOG_TYPE),
    ),
    build(
        "FCG0350",
        "task-mode-left-out",
        "does not send the task mode",
        &["FC-BUILD-009"],
        |_, request| request.headers.remove(TASK_MODE),
    )
    .seen_in("alibabacloud-fc-open20210406 1.1.13 has no field for it"),
    build(
        "FCG0351",
        "task-mode-in-python-spelling",
        "writes the task mode as True and False",
        &["FC-BUILD-009"],
        |_, request| {
            for (name, value) in &mut request.headers {
                if name == TASK_MODE {
                    let python = if value == "true" { "True" } else { "False" };
                    python.clone_into(value);
                }
            }
        },
    ),
    build(
        "FCG0352",
        "account-id-left-out",
        "does not send the account id",
        &["FC-BUILD-010"],
        |_, request| request.headers.remove(ACCOUNT),
    ),
    build(
        "FCG0353",
        "trace-id-left-out",
        "does not send the trace id",
        &["FC-BUILD-011"],
        |_, request| request.headers.remove(TRACE),
    ),
    build(
        "FCG0354",
        "types-in-lower-case",
        "writes invocation type and log type in lower case",
        &["FC-BUILD-006", "FC-BUILD-007"],
        |_, request| {
            for (name, value) in &mut request.headers {
                if name == TYPE || name == LOG_TYPE {
                    value.make_ascii_lowercase();
                }
            }
        },
    )
    .seen_in("devsapp/fc-remote-invoke"),
    build(
        "FCG0355",
        "extra-headers-left-out",
        "does not send the caller's extra headers",
        &["FC-BUILD-021"],
        |input, request| {
            for (name, _) in input.input.headers.iter().flatten() {
                if !name.eq_ignore_ascii_case("content-type") {
                    request.headers.remove(name);
                }
            }
        },
    ),
    build(
        "FCG0356",
        "extra-header-values-folded",
        "replaces runs of spaces in the caller's extra headers by one space",
        &["FC-BUILD-021"],
        |input, request| {
            for (name, _) in input.input.headers.iter().flatten() {
                if let Some(given) = request.headers.get(name) {
                    let folded = given.split_whitespace().collect::<Vec<_>>().join(" ");
                    request.headers.set(name, folded);
                }
            }
        },
    ),
    build(
        "FCG0357",
        "headers-of-both-schemes",
        "sends the headers of ACS3 with a signature of the FC scheme",
        &["FC-BUILD-014"],
        |input, request| {
            if !request.headers.contains("x-acs-date") {
                let digest = fcgate_cases::oracle::sha256_hex(&request.body);
                for (name, value) in [
                    ("x-acs-action", "InvokeFunction"),
                    ("x-acs-version", &input.revision),
                    ("x-acs-date", &input.time),
                    ("x-acs-signature-nonce", &input.nonce),
                    ("x-acs-content-sha256", &digest),
                ] {
                    request.headers.set(name, value);
                }
            }
        },
    ),
    build(
        "FCG0358",
        "security-token-in-both-headers",
        "sends the security token in the headers of both schemes",
        &["FC-BUILD-023"],
        |input, request| {
            if let Some(token) = &input.credentials.security_token {
                request.headers.set("x-fc-security-token", token.clone());
                request.headers.set("x-acs-security-token", token.clone());
            }
        },
    ),
    build(
        "FCG0359",
        "empty-security-token",
        "sends an empty security token header without temporary credentials",
        &["FC-BUILD-005", "FC-BUILD-023"],
        |input, request| {
            if input.credentials.security_token.is_none() {
                let acs3 = request.headers.contains("x-acs-date");
                let scheme = if acs3 { "acs" } else { "fc" };
                request
                    .headers
                    .set(&format!("x-{scheme}-security-token"), "");
            }
        },
    )
    .seen_in("the manual's recipe for HTTP triggers of FC 3.0, for ACS3"),
    build(
        "FCG0360",
        "acs-version-fixed",
        "sends x-acs-version 2021-04-06 on every revision",
        &["FC-BUILD-015"],
        |_, request| acs(request, "x-acs-version", "2021-04-06"),
    ),
    build(
        "FCG0361",
        "acs-action-in-lower-case",
        "writes the action as invokeFunction",
        &["FC-BUILD-015"],
        |_, request| acs(request, "x-acs-action", "invokeFunction"),
    ),
    build(
        "FCG0362",
        "task-id-under-both-names",
        "sends the task id under both names",
        &["FC-BUILD-008", "FC-BUILD-012"],
        |input, request| {
            if let Some(id) = &input.input.stateful_async_invocation_id {
                request.headers.set(TASK_ID, id.clone());
                request.headers.set(NEW_TASK_ID, id.clone());
            }
        },
    ),
    build(
        "FCG0363",
        "empty-extra-headers-left-out",
        "does not send the caller's extra headers that have an empty value",
        &["FC-BUILD-021", "FC-INVOKE-019"],
        |_, request| request.headers.retain(|(_, value)| !value.is_empty()),
    ),
    build(
        "FCG0364",
        "last-of-repeated-extra-headers",
        "sends only the last value of an extra header that the caller repeats",
        &["FC-BUILD-021", "FC-INVOKE-019"],
        |input, request| {
            for (name, value) in input.input.headers.iter().flatten() {
                if request.headers.contains(name) {
                    request.headers.set(name, value.clone());
                }
            }
        },
    ),
];

fn renamed(request: &mut fcgate_protocol::BuildOutput, from: &str, to: &str) {
    for (name, _) in &mut request.headers {
        if name == from {
            to.clone_into(name);
        }
    }
}

/// Changes a header of ACS3 where it is sent.
fn acs(request: &mut fcgate_protocol::BuildOutput, name: &str, to: &str) {
    if request.headers.contains(name) {
        request.headers.set(name, to);
    }
}
