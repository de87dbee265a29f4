//! Invalid input that is sent instead of being refused.

use fcgate_protocol::{BuildInput, BuildOutput, HeaderList};

use super::request_change::change_path;
use crate::mistake::Mistake;
use crate::mutant::Mutant;
use crate::signing::encoding::encode;

/// A valid name.
const PLAIN: &str = "placeholder";

const fn accepts(
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    requirements: &'static [&'static str],
    replace: fn(&mut BuildInput),
    restore: fn(&BuildInput, &mut BuildOutput),
) -> Mutant {
    let mistake = Mistake::Accepts { replace, restore };
    Mutant::new(code, name, summary, requirements, mistake)
}

pub(super) const MUTANTS: &[Mutant] = &[
    accepts(
        "FCG0381",
        "any-name-accepted",
        "sends names of services and functions that the grammar forbids",
        &["FC-BUILD-016"],
        |input| {
            input.input.service = input.input.service.as_ref().map(|_| PLAIN.to_owned());
            PLAIN.clone_into(&mut input.input.function);
        },
        |input, request| {
            let function = encode(input.input.function.as_bytes());
            let service = encode(
                input
                    .input
                    .service
                    .as_deref()
                    .unwrap_or_default()
                    .as_bytes(),
            );
            change_path(request, |path| {
                let path = path.replacen(
                    &format!("/services/{PLAIN}"),
                    &format!("/services/{service}"),
                    1,
                );
                path.replacen(
                    &format!("/functions/{PLAIN}"),
                    &format!("/functions/{function}"),
                    1,
                )
            });
        },
    )
    .seen_in("all SDKs that were recorded"),
    accepts(
        "FCG0382",
        "any-qualifier-accepted",
        "sends qualifiers that the grammar forbids",
        &["FC-BUILD-017"],
        |input| input.input.qualifier = input.input.qualifier.as_ref().map(|_| PLAIN.to_owned()),
        |input, request| {
            let qualifier = encode(
                input
                    .input
                    .qualifier
                    .as_deref()
                    .unwrap_or_default()
                    .as_bytes(),
            );
            request.url = request.url.replacen(PLAIN, &qualifier, 1);
        },
    )
    .seen_in("all SDKs that were recorded"),
    accepts(
        "FCG0383",
        "any-task-id-accepted",
        "sends task ids that the grammar forbids",
        &["FC-BUILD-018"],
        |input| {
            let id = &mut input.input.stateful_async_invocation_id;
            *id = id.as_ref().map(|_| PLAIN.to_owned());
        },
        |input, request| {
            let id = input.input.stateful_async_invocation_id.as_deref();
            restored(request, id.unwrap_or_default());
        },
    )
    .seen_in("all SDKs that were recorded"),
    accepts(
        "FCG0384",
        "control-bytes-accepted-in-options",
        "sends control bytes in trace id and account id, so that a text can inject headers",
        &["FC-BUILD-019", "FC-BUILD-025"],
        |input| {
            let trace = &mut input.input.trace_id;
            *trace = trace.as_ref().map(|_| PLAIN.to_owned());
            let account = &mut input.input.account_id;
            *account = account.as_ref().map(|_| "1".to_owned());
        },
        |input, request| {
            if let Some(trace) = &input.input.trace_id {
                request.headers.set("x-fc-trace-id", trace.clone());
            }
            if let Some(account) = &input.input.account_id {
                request.headers.set("x-fc-account-id", account.clone());
            }
        },
    ),
    accepts(
        "FCG0385",
        "control-bytes-accepted-in-headers",
        "sends control bytes in the caller's extra headers",
        &["FC-BUILD-019", "FC-BUILD-025"],
        |input| {
            for (name, value) in input.input.headers.iter_mut().flatten() {
                *name = name.replace(|one: char| !one.is_ascii_alphanumeric() && one != '-', "");
                if name.is_empty() {
                    PLAIN.clone_into(name);
                }
                *value = value.replace(|one: char| !(' '..='~').contains(&one), "");
            }
        },
        |input, request| extras_restore(input.input.headers.as_ref(), request),
    ),
    accepts(
        "FCG0386",
        "reserved-headers-accepted",
        "lets a caller's extra header replace a header that the client sets itself",
        &["FC-BUILD-020"],
        |input| input.input.headers = None,
        |input, request| extras_restore(input.input.headers.as_ref(), request),
    )
    .seen_in("all SDKs that were recorded"),
    accepts(
        "FCG0387",
        "any-type-accepted",
        "sends invocation types and log types that the service does not know",
        &["FC-BUILD-006", "FC-BUILD-007"],
        |input| {
            let types = &mut input.input;
            types.invocation_type = types.invocation_type.as_ref().map(|_| "Sync".to_owned());
            types.log_type = types.log_type.as_ref().map(|_| "None".to_owned());
        },
        |input, request| {
            if let Some(given) = &input.input.invocation_type {
                request.headers.set("x-fc-invocation-type", given.clone());
            }
            if let Some(given) = &input.input.log_type {
                request.headers.set("x-fc-log-type", given.clone());
            }
        },
    )
    .seen_in("all SDKs that were recorded"),
    accepts(
        "FCG0388",
        "control-bytes-accepted-in-credentials",
        "signs with an access key id or a security token that contains a line break",
        &["FC-BUILD-019", "FC-BUILD-025"],
        |input| {
            let credentials = &mut input.credentials;
            credentials
                .access_key_id
                .retain(|one| one.is_ascii_graphic());
            if let Some(token) = &mut credentials.security_token {
                token.retain(|one| one.is_ascii_graphic());
            }
        },
        |input, request| {
            if let Some(token) = &input.credentials.security_token {
                for name in ["x-fc-security-token", "x-acs-security-token"] {
                    if request.headers.iter().any(|(other, _)| other == name) {
                        request.headers.set(name, token.clone());
                    }
                }
            }
        },
    ),
    accepts(
        "FCG0389",
        "names-trimmed",
        "trims spaces and line ends from names before it validates them",
        &["FC-BUILD-016"],
        |input| {
            input.input.function = input.input.function.trim().to_owned();
            let service = &mut input.input.service;
            *service = service.as_ref().map(|name| name.trim().to_owned());
        },
        |_, _| (),
    ),
    accepts(
        "FCG0390",
        "types-in-any-case",
        "accepts invocation types and log types in any case",
        &["FC-BUILD-006", "FC-BUILD-007"],
        |input| {
            let capital = |text: &String| {
                let lower = text.trim().to_ascii_lowercase();
                let (first, rest) = lower.split_at_checked(1).unwrap_or((&lower, ""));
                first.to_ascii_uppercase() + rest
            };
            let types = &mut input.input;
            types.invocation_type = types.invocation_type.as_ref().map(capital);
            types.log_type = types.log_type.as_ref().map(capital);
        },
        |_, _| (),
    ),
    accepts(
        "FCG0391",
        "fc-scheme-on-2023",
        "signs requests of 2023-03-30 with the FC scheme",
        &["FC-BUILD-024"],
        |input| {
            if input.revision == "2023-03-30" && input.scheme == fcgate_protocol::Scheme::Fc {
                "2021-04-06".clone_into(&mut input.revision);
                input.input.service.get_or_insert_with(|| PLAIN.to_owned());
            }
        },
        |_, _| (),
    ),
    accepts(
        "FCG0392",
        "any-time-and-nonce-accepted",
        "signs with a time that has no valid form and with an empty or malformed nonce",
        &["ACS3-SIGN-008", "FC-SIGN-007"],
        |input| {
            "2022-05-11T09:00:00Z".clone_into(&mut input.time);
            input.nonce.retain(|one| one.is_ascii_graphic());
            if input.nonce.is_empty() {
                PLAIN.clone_into(&mut input.nonce);
            }
        },
        |_, _| (),
    ),
    accepts(
        "FCG0393",
        "line-feeds-accepted-in-headers",
        "looks for CR in the caller's header values, but not for LF",
        &["FC-BUILD-019", "FC-BUILD-025"],
        |input| {
            for (_, value) in input.input.headers.iter_mut().flatten() {
                if !value.contains('\r') {
                    *value = value.replace('\n', "");
                }
            }
        },
        |input, request| {
            let has_line_feed =
                |(_, value): &&(String, String)| value.contains('\n') && !value.contains('\r');
            let extras = input.input.headers.iter().flatten();
            for (name, value) in extras.filter(has_line_feed) {
                request.headers.set(name, value.clone());
            }
        },
    ),
    accepts(
        "FCG0394",
        "qualifier-written-raw",
        "writes the qualifier into the URL without escaping it",
        &["FC-BUILD-017", "FC-BUILD-025"],
        |input| input.input.qualifier = input.input.qualifier.as_ref().map(|_| PLAIN.to_owned()),
        |input, request| {
            let qualifier = input.input.qualifier.as_deref().unwrap_or_default();
            request.url = request.url.replacen(PLAIN, qualifier, 1);
        },
    ),
];

fn restored(request: &mut BuildOutput, value: &str) {
    for (_, other) in &mut request.headers {
        if other == PLAIN {
            value.clone_into(other);
        }
    }
}

fn extras_restore(extras: Option<&HeaderList>, request: &mut BuildOutput) {
    for (name, _) in extras.into_iter().flatten() {
        request.headers.remove(name);
    }
    request
        .headers
        .extend(extras.into_iter().flatten().cloned());
}
