//! A built request without its signature, and with another one.

use fcgate_protocol::{BuildInput, BuildOutput, HeaderList, SignInput};

/// The headers that signing adds to a request that is built.
const ADDED: [&str; 7] = [
    "authorization",
    "date",
    "x-fc-security-token",
    "x-acs-date",
    "x-acs-signature-nonce",
    "x-acs-content-sha256",
    "x-acs-security-token",
];

/// The request as it was before it was signed, and the headers that signing has added.
pub(crate) fn without_signature(
    input: &BuildInput,
    built: &BuildOutput,
) -> (SignInput, HeaderList) {
    let is_added = |name: &str| ADDED.iter().any(|added| added.eq_ignore_ascii_case(name));
    let headers = built.headers.iter().cloned();
    let (added, headers) = headers.partition(|(name, _)| is_added(name));
    let request = SignInput {
        scheme: input.scheme,
        kind: None,
        method: built.method.clone(),
        url: built.url.clone(),
        headers,
        body: built.body.clone(),
        credentials: input.credentials.clone(),
        time: input.time.clone(),
        nonce: input.nonce.clone(),
        expires: None,
    };
    (request, added)
}

/// The built request with the headers of this signature instead of those that it has.
pub(crate) fn with_signature(
    mut built: BuildOutput,
    request: SignInput,
    signature: HeaderList,
) -> BuildOutput {
    built.headers = request.headers;
    built.headers.extend(signature);
    built
}
