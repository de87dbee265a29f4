//! Mistakes in the values that the caller gives, and changes of the headers after signing.

use super::request_change::build;
use crate::mistake::Mistake;
use crate::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[
    build(
        "FCG0365",
        "content-type-of-the-caller-dropped",
        "does not send the Content-Type of the caller",
        &["FC-BUILD-021"],
        |input, request| of_caller(input, request, &|name, _| name != "content-type"),
    ),
    build(
        "FCG0366",
        "long-headers-dropped",
        "does not send a header of the caller whose value is longer than 1,024 characters",
        &["FC-BUILD-021"],
        |input, request| of_caller(input, request, &|_, value| value.len() <= 1024),
    ),
    build(
        "FCG0367",
        "caller-headers-only-with-x",
        "sends only those headers of the caller whose name begins with X-, and the Content-Type",
        &["FC-BUILD-021"],
        |input, request| {
            of_caller(input, request, &|name, _| {
                name.starts_with("x-") || name == "content-type"
            });
        },
    )
    .seen_in("clients with a list of headers that a caller may set"),
    build(
        "FCG0368",
        "account-id-as-a-number",
        "sends the account id as a number, without leading zeros",
        &["FC-BUILD-010"],
        |_, request| {
            const NAME: &str = "x-fc-account-id";
            let number = request
                .headers
                .get(NAME)
                .and_then(|id| id.parse::<u64>().ok());
            if let Some(number) = number {
                request.headers.set(NAME, number.to_string());
            }
        },
    ),
    build(
        "FCG0369",
        "trace-id-form-decoded",
        "replaces plus signs in the trace id by spaces",
        &["FC-BUILD-011"],
        |_, request| {
            const NAME: &str = "x-fc-trace-id";
            if let Some(id) = request.headers.get(NAME).map(|id| id.replace('+', " ")) {
                request.headers.set(NAME, id);
            }
        },
    ),
    build(
        "FCG0370",
        "caller-values-decoded",
        "decodes percent escapes in the values of the caller's headers",
        &["FC-BUILD-021"],
        |input, request| {
            let given = input
                .input
                .headers
                .iter()
                .flat_map(|headers| headers.iter());
            for (name, value) in given {
                let decoded = crate::signing::encoding::decode(value);
                if let Ok(text) = String::from_utf8(decoded) {
                    request.headers.set(name, text);
                }
            }
        },
    ),
    Mutant::new(
        "FCG0371",
        "content-type-after-signing",
        "changes the Content-Type after the request was signed",
        &["FC-BUILD-014"],
        Mistake::AfterSigning(|_, request| {
            request
                .headers
                .set("content-type", "application/octet-stream;charset=utf-8");
        }),
    )
    .seen_in("alibabacloud-fc-open20210406 2.x (aiohttp) and fc-go-sdk's resty add a type so"),
    Mutant::new(
        "FCG0372",
        "header-after-signing",
        "adds a header with its scheme's prefix after the request was signed",
        &["FC-BUILD-014"],
        Mistake::AfterSigning(|input, request| {
            let name = match input.scheme {
                fcgate_protocol::Scheme::Fc => "x-fc-client",
                fcgate_protocol::Scheme::Acs3 => "x-acs-client",
            };
            request.headers.set(name, "sdk/1");
        }),
    ),
    Mutant::new(
        "FCG0373",
        "unsigned",
        "sends the request without an authorization",
        &["FC-BUILD-014"],
        Mistake::AfterSigning(|_, request| request.headers.remove("authorization")),
    ),
];

/// Keeps only those headers of the caller that `keep` accepts; names are in lower case.
fn of_caller(
    input: &fcgate_protocol::BuildInput,
    request: &mut fcgate_protocol::BuildOutput,
    keep: &dyn Fn(&str, &str) -> bool,
) {
    let given = input
        .input
        .headers
        .iter()
        .flat_map(|headers| headers.iter());
    for (name, value) in given {
        if !keep(&name.to_ascii_lowercase(), value) {
            request.headers.remove(name);
        }
    }
}
