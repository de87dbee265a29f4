//! Compares a signed request with the built-in reference.

use fcgate_protocol::{Credentials, Implementation as _, Reply, SignInput, Stages};
use fcgate_reference::Reference;
use fcgate_text::redaction::redact_tokens;

use super::super::failure::Failure;

/// The key id in the signed text if the environment has no key.
pub(super) const PLACEHOLDER_ID: &str = "FCGATEPLACEHOLDERID";

/// The key that signs if the environment has none. Its signature is never shown.
fn placeholder() -> Credentials {
    Credentials::new(PLACEHOLDER_ID, "placeholder-of-fcgate-sign")
}

/// Checks that the reference signs the same texts.
///
/// # Errors
///
/// A usage error if the reference refuses the request, because it could be signed in several ways. A defect of fcgate
/// if the texts differ.
pub(super) fn check(
    input: SignInput,
    key: Option<&Credentials>,
    stages: &Stages,
) -> Result<(), Failure> {
    let input = SignInput {
        credentials: key.cloned().unwrap_or_else(placeholder),
        ..input
    };
    let output = match Reference.sign(&input) {
        Reply::Ok(output) => output,
        Reply::Err(refusal) => return Err(refused(&refusal.message)),
        Reply::Unsupported(name) => return Err(Failure::harness(&name)),
    };
    let signed = output.stages.unwrap_or_default();
    let is_equal = stages.string_to_sign == signed.string_to_sign
        && stages.canonical_request == signed.canonical_request
        && (key.is_none() || stages.signature == signed.signature);
    if is_equal {
        Ok(())
    } else {
        Err(Failure::harness(
            &"two independent implementations sign this request differently (a defect of fcgate): nothing is shown",
        ))
    }
}

/// The message of the reference, with the way to a request that can be signed.
fn refused(message: &str) -> Failure {
    let hint = if message.contains("no equals sign") {
        ": write `name=` instead of `name`"
    } else if message.starts_with("ambiguous-resource") {
        ": another request would have the same signature"
    } else {
        ""
    };
    Failure::usage(format!(
        "the request cannot be signed: {}{hint}",
        redact_tokens(message)
    ))
}
