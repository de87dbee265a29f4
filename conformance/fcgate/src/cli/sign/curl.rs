//! Writes a curl command that sends the signed request.

use super::super::environment::{ACCESS_KEY_ID, SECURITY_TOKEN};
use super::presigned_url::{encoded, with_query};
use super::signed_request::{RequestBody, SignedRequest};
use fcgate_protocol::Scheme;

/// Headers that carry the security token.
const TOKENS: [&str; 2] = ["x-fc-security-token", "x-acs-security-token"];

/// Returns the curl command. The key id, the token and a missing signature are shell variables.
pub(super) fn line(signed: &SignedRequest) -> String {
    let mut words = vec![
        "curl --globoff --path-as-is".to_owned(),
        format!("-X {}", quoted(&signed.method)),
    ];
    for (name, value) in &signed.headers {
        words.push(if is_token(signed, name, value) {
            format!("-H \"{name}: ${SECURITY_TOKEN}\"")
        } else if value.is_empty() {
            format!("-H {}", quoted(&format!("{name};")))
        } else {
            format!("-H {}", quoted(&format!("{name}: {value}")))
        });
    }
    // curl adds a Content-Type to a request with a body. This header would not be signed.
    if !signed.headers.contains("content-type") {
        words.push("-H 'Content-Type:'".to_owned());
    }
    if signed.expires.is_none() {
        words.push(format!("-H \"Authorization: {}\"", authorization(signed)));
    }
    match &signed.body {
        RequestBody::Nothing if signed.method == "GET" => {}
        RequestBody::Nothing => words.push("--data-binary ''".to_owned()),
        RequestBody::Text(text) => words.push(format!("--data-raw {}", quoted(text))),
        RequestBody::File(path) => {
            let path = format!("@{}", path.display());
            words.push(format!("--data-binary {}", quoted(&path)));
        }
    }
    if signed.expires.is_some() && signed.token.is_some() {
        // curl encodes the value.
        words.push(format!(
            "--url-query \"x-fc-security-token=${SECURITY_TOKEN}\""
        ));
    }
    words.push(match signed.expires {
        Some(_) => format!("\"{}\"", presigned_url(signed).unwrap_or_default()),
        None => quoted(&signed.url),
    });
    words.join(" \\\n  ")
}

/// The signed URL without the token. The key id, and a missing signature, are shell variables.
pub(super) fn presigned_url(signed: &SignedRequest) -> Option<String> {
    let expires = signed.expires?;
    let signature = match &signed.stages.signature {
        Some(signature) if signed.has_key => encoded(signature),
        _ => "$SIGNATURE".to_owned(),
    };
    // These characters are special within the quotes of a shell.
    let url = signed
        .url
        .replace('\\', "%5C")
        .replace('$', "\\$")
        .replace('`', "\\`")
        .replace('"', "%22");
    let query = format!(
        "x-fc-access-key-id=${ACCESS_KEY_ID}&x-fc-expires={expires}&x-fc-signature={signature}"
    );
    Some(with_query(&url, &query))
}

/// Whether this header carries the security token of the key.
pub(super) fn is_token(signed: &SignedRequest, name: &str, value: &str) -> bool {
    let is_named_so = TOKENS.iter().any(|token| name.eq_ignore_ascii_case(token));
    is_named_so && signed.token.as_deref() == Some(value)
}

/// Returns the authorization header, with the key id as a shell variable.
pub(super) fn authorization(signed: &SignedRequest) -> String {
    let signature = match &signed.stages.signature {
        Some(signature) if signed.has_key => signature,
        _ => "$SIGNATURE",
    };
    match signed.scheme {
        Scheme::Fc => format!("FC ${ACCESS_KEY_ID}:{signature}"),
        Scheme::Acs3 => format!(
            "ACS3-HMAC-SHA256 Credential=${ACCESS_KEY_ID},SignedHeaders={},Signature={signature}",
            signed.names
        ),
    }
}

/// Quotes a word for a shell if needed.
fn quoted(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/:@=".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
