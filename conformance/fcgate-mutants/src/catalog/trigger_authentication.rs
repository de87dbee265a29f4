//! Mistakes with the authentication of calls of HTTP triggers: ACS3, bearer tokens, none.

use fcgate_cases::oracle::sha256_hex;
use fcgate_protocol::{BuildOutput, TriggerAuth, TriggerInput};

use super::constructor::constructor;
use crate::client::acs3_trigger::Acs3Trigger;
use crate::mistake::Mistake;
use crate::mutant::Mutant;
use crate::signing::encoding::{base64, encode, imf_date};

constructor!(
    /// A mistake in a request to an HTTP trigger, after its authentication was added.
    authenticates,
    |change: fn(&TriggerInput, &mut BuildOutput)| Mistake::AuthenticatesTrigger(change)
);

constructor!(
    /// A mistake in the ACS3 signature of a call of an HTTP trigger.
    signs,
    |change: fn(&mut Acs3Trigger)| Mistake::SignsTrigger(change)
);

pub(super) const MUTANTS: &[Mutant] = &[
    signs(
        "FCG0661",
        "trigger-acs3-with-body-hash",
        "signs the hash of the body for an HTTP trigger, as for an API request, instead of an empty line",
        &["FC-TRIGGER-004"],
        |signature| {
            signature.change = |request, pieces| pieces.payload = sha256_hex(&request.given.body);
        },
    ),
    signs(
        "FCG0662",
        "trigger-acs3-without-an-empty-token",
        "sends and signs no x-acs-security-token for an HTTP trigger if there is no token",
        &["FC-TRIGGER-004"],
        |signature| {
            if signature.headers.get("x-acs-security-token") == Some("") {
                signature.headers.remove("x-acs-security-token");
                signature.names = vec!["x-acs-date"];
            }
        },
    ),
    signs(
        "FCG0663",
        "trigger-acs3-by-the-rule-for-api-requests",
        "signs a call of an HTTP trigger as an API request: with host, nonce and the hash of the body, and without an empty token",
        &["FC-TRIGGER-004"],
        |signature| {
            let headers = &mut signature.headers;
            headers.push("x-acs-signature-nonce", "0123456789abcdef0123456789abcdef");
            signature.names = vec!["host", "x-acs-date", "x-acs-signature-nonce"];
            if headers.get("x-acs-security-token") == Some("") {
                headers.remove("x-acs-security-token");
            } else {
                let names = &mut signature.names;
                names.insert(2, "x-acs-security-token");
            }
            signature.change = |request, pieces| {
                pieces.payload = sha256_hex(&request.given.body);
            };
        },
    ),
    signs(
        "FCG0664",
        "trigger-acs3-date-unsigned",
        "does not sign x-acs-date for an HTTP trigger",
        &["FC-TRIGGER-004"],
        |signature| signature.names = vec!["x-acs-security-token"],
    ),
    signs(
        "FCG0665",
        "trigger-acs3-token-unsigned",
        "sends the security token to an HTTP trigger without signing it",
        &["FC-TRIGGER-004"],
        |signature| signature.names = vec!["x-acs-date"],
    ),
    signs(
        "FCG0666",
        "trigger-acs3-without-query",
        "signs the path of an HTTP trigger without its query",
        &["FC-TRIGGER-004"],
        |signature| signature.change = |_, pieces| pieces.pairs.clear(),
    ),
    signs(
        "FCG0667",
        "trigger-acs3-with-an-http-date",
        "writes x-acs-date in the form of Date for an HTTP trigger",
        &["FC-TRIGGER-004"],
        |signature| {
            let headers = &mut signature.headers;
            let date = headers
                .get("x-acs-date")
                .and_then(imf_date)
                .unwrap_or_default();
            headers.set("x-acs-date", date);
        },
    ),
    authenticates(
        "FCG0668",
        "bearer-token-as-token",
        "sends a bearer token with the scheme Token",
        &["FC-TRIGGER-005"],
        |input, request| bearer(input, request, |token| format!("Token {token}")),
    ),
    authenticates(
        "FCG0669",
        "bearer-token-without-a-scheme",
        "sends a bearer token without the word Bearer",
        &["FC-TRIGGER-005"],
        |input, request| bearer(input, request, str::to_owned),
    ),
    authenticates(
        "FCG0670",
        "bearer-token-trimmed",
        "sends a bearer token without the equals signs at its end",
        &["FC-TRIGGER-005"],
        |input, request| {
            bearer(input, request, |token| {
                format!("Bearer {}", token.trim_end_matches('='))
            });
        },
    ),
    authenticates(
        "FCG0671",
        "bearer-token-percent-encoded",
        "sends a bearer token percent-encoded",
        &["FC-TRIGGER-005"],
        |input, request| {
            bearer(input, request, |token| {
                format!("Bearer {}", encode(token.as_bytes()))
            });
        },
    ),
    authenticates(
        "FCG0672",
        "bearer-token-in-base64",
        "sends the base64 of a bearer token",
        &["FC-TRIGGER-005"],
        |input, request| {
            bearer(input, request, |token| {
                format!("Bearer {}", base64(token.as_bytes()))
            });
        },
    ),
    authenticates(
        "FCG0673",
        "bearer-call-with-the-security-token",
        "sends the security token of the access key with a bearer token",
        &["FC-TRIGGER-005"],
        |input, request| {
            if let Some(TriggerAuth::Bearer { .. }) = &input.auth {
                let token = input.credentials.security_token.clone();
                let token = token.unwrap_or_default();
                request.headers.push("x-acs-security-token", token);
            }
        },
    ),
    authenticates(
        "FCG0674",
        "anonymous-call-signed",
        "signs an anonymous call of an HTTP trigger",
        &["FC-TRIGGER-006"],
        |input, request| {
            if input.auth == Some(TriggerAuth::Anonymous) {
                let id = &input.credentials.access_key_id;
                let names = "x-acs-date;x-acs-security-token";
                request.headers.push("x-acs-date", "2022-05-11T09:00:00Z");
                request.headers.push("x-acs-security-token", "");
                let value =
                    format!("ACS3-HMAC-SHA256 Credential={id},SignedHeaders={names},Signature=00");
                request.headers.push("authorization", value);
            }
        },
    ),
    authenticates(
        "FCG0675",
        "anonymous-call-with-the-access-key-id",
        "sends the access key id in a header of an anonymous call",
        &["FC-TRIGGER-006"],
        |input, request| {
            if input.auth == Some(TriggerAuth::Anonymous) {
                let id = input.credentials.access_key_id.clone();
                request.headers.push("X-Ca-Key", id);
            }
        },
    ),
    authenticates(
        "FCG0676",
        "anonymous-call-with-an-empty-authorization",
        "sends an empty Authorization with an anonymous call",
        &["FC-TRIGGER-006"],
        |input, request| {
            if input.auth == Some(TriggerAuth::Anonymous) {
                request.headers.push("authorization", "");
            }
        },
    ),
];

/// Writes the bearer token in another way.
fn bearer(input: &TriggerInput, request: &mut BuildOutput, write: impl FnOnce(&str) -> String) {
    if let Some(TriggerAuth::Bearer { token }) = &input.auth {
        request.headers.set("authorization", write(token));
    }
}
