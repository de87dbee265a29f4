//! Signatures that differ from the published rule, but that official SDKs send and the server must accept.
//!
//! The sources disagree on what a client signs: the escaped path or the unescaped one, a value with its
//! white space or without it. The server accepts both and logs which one it received.

use fcgate_cases::oracle::{self, Reason, WireRequest};
use fcgate_protocol::{Credentials, SignKind};

use super::url_encoding::respelled;

const ESCAPED: &str = "the signature is over the escaped path, as on the wire";
const PADDED: &str = "the signature is over header values with their outer white space";
const IN_UTF_8: &str = "the signature is over UTF-8, while header values were sent in Latin-1";
const RESPELLED: &str = "the signature is over the path spelled by RFC 3986";
const TYPE_UNSIGNED: &str = "Content-Type is not among the signed headers";

/// Returns the deviations with which the `FC` signature is valid, or `None` if it is never valid.
pub(super) fn of_fc(
    request: &WireRequest,
    kind: SignKind,
    key: &Credentials,
) -> Option<Vec<&'static str>> {
    let signed = request.value("authorization")?.rsplit_once(':')?.1;
    for (escaped, padded, in_utf_8) in [
        (true, false, false),
        (false, false, true),
        (true, false, true),
        (false, true, false),
        (true, true, false),
    ] {
        let mut variant = request.clone();
        if escaped {
            variant.target = escaped_once_more(&variant.target);
        }
        if in_utf_8 {
            values_in_utf_8(&mut variant);
        }
        let stages = oracle::fc_stages(&variant, kind, &key.access_key_secret);
        let found = if padded {
            let (block, text) = (stages.canonical_headers?, stages.string_to_sign?);
            let text = text.replacen(&block, &padded_block(request), 1);
            oracle::fc_signature(&key.access_key_secret, text.as_bytes())
        } else {
            stages.signature?
        };
        if found == signed {
            let deviations = [(escaped, ESCAPED), (padded, PADDED), (in_utf_8, IN_UTF_8)];
            let deviations = deviations.into_iter().filter(|(is, _)| *is);
            return Some(deviations.map(|(_, sentence)| sentence).collect());
        }
    }
    None
}

/// Returns the deviations with which the ACS3 signature is valid, or `None` if it is never valid.
pub(super) fn of_acs3(
    request: &WireRequest,
    key: &Credentials,
    reason: &Reason,
) -> Option<Vec<&'static str>> {
    let type_unsigned = match reason {
        Reason::NotSigned(name) if name == "content-type" => true,
        Reason::Signature => false,
        _ => return None,
    };
    for (is_respelled, in_utf_8) in [(false, false), (true, false), (false, true)] {
        let mut variant = request.clone();
        if type_unsigned {
            let is_type = |name: &str| name.eq_ignore_ascii_case("content-type");
            variant.headers.retain(|(name, _)| !is_type(name));
        }
        if is_respelled {
            let path = respelled(request.path());
            variant.target = variant.target.replacen(request.path(), &path, 1);
        }
        if in_utf_8 {
            values_in_utf_8(&mut variant);
        }
        if oracle::verify(&variant, fcgate_protocol::Scheme::Acs3, SignKind::Api, key).verifies() {
            let deviations = [
                (type_unsigned, TYPE_UNSIGNED),
                (is_respelled, RESPELLED),
                (in_utf_8, IN_UTF_8),
            ];
            let deviations = deviations.into_iter().filter(|(is, _)| *is);
            return Some(deviations.map(|(_, sentence)| sentence).collect());
        }
    }
    None
}

/// Adds one layer of escapes. The oracle removes one layer, so it then uses the path as it was sent.
fn escaped_once_more(target: &str) -> String {
    match target.split_once('?') {
        Some((path, query)) => format!("{}?{query}", path.replace('%', "%25")),
        None => target.replace('%', "%25"),
    }
}

fn values_in_utf_8(request: &mut WireRequest) {
    for (_, value) in &mut request.headers {
        *value = value.bytes().map(char::from).collect();
    }
}

/// The `x-fc-` block with the untrimmed value of every header.
fn padded_block(request: &WireRequest) -> String {
    let headers = request.headers.iter();
    let mut lines: Vec<(String, &str)> = headers
        .map(|(name, value)| (name.to_ascii_lowercase(), value.as_str()))
        .filter(|(name, _)| name.starts_with("x-fc-"))
        .collect();
    lines.sort_by(|(one, _), (other, _)| one.cmp(other));
    lines
        .into_iter()
        .flat_map(|(name, value)| [name, ":".to_owned(), value.to_owned(), "\n".to_owned()])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{ESCAPED, IN_UTF_8, PADDED, RESPELLED, TYPE_UNSIGNED, of_acs3, of_fc};
    use fcgate_cases::oracle::{self, Reason, WireRequest};
    use fcgate_protocol::{Credentials, Scheme, SignKind};

    fn key() -> Credentials {
        Credentials::new("LTAI5dummyAccessKeyId", "dummySecretForLoopbackOnly")
    }

    /// The request `sent` with a signature over `text`.
    fn fc(sent: WireRequest, text: &str) -> WireRequest {
        let signature = oracle::fc_signature(&key().access_key_secret, text.as_bytes());
        sent.header(
            "Authorization",
            format!("FC LTAI5dummyAccessKeyId:{signature}"),
        )
    }

    #[test]
    fn deviations_of_official_sdks_are_accepted_in_the_fc_scheme() {
        let sent = || WireRequest::new("POST", "/a%20b?c=%20").header("Date", "d");
        let of = |request: WireRequest| of_fc(&request, SignKind::Api, &key());
        assert_eq!(of(fc(sent(), "POST\n\n\nd\n/a%20b")), Some(vec![ESCAPED]));
        let padded = sent().header("X-Fc-A", " v ");
        let text = "POST\n\n\nd\nx-fc-a: v \n/a b";
        assert_eq!(of(fc(padded.clone(), text)), Some(vec![PADDED]));
        let both = "POST\n\n\nd\nx-fc-a: v \n/a%20b";
        assert_eq!(of(fc(padded, both)), Some(vec![ESCAPED, PADDED]));
        let latin = sent().header("X-Fc-A", "\u{fc}");
        let text = "POST\n\n\nd\nx-fc-a:\u{fc}\n/a b";
        assert_eq!(of(fc(latin, text)), Some(vec![IN_UTF_8]));
        assert_eq!(of(fc(sent(), "POST\n\n\nd\n/a  b")), None);
    }

    #[test]
    fn deviations_of_official_sdks_are_accepted_in_acs3() {
        let signed = |target: &str, names: &str| {
            let unsigned = WireRequest::new("POST", target)
                .header("Host", "h")
                .header("x-acs-content-sha256", oracle::sha256_hex(b""))
                .header("Content-Type", "application/octet-stream");
            let stages = oracle::acs3_stages(&unsigned, names, &key().access_key_secret).unwrap();
            let authorization = format!(
                "ACS3-HMAC-SHA256 Credential=LTAI5dummyAccessKeyId,SignedHeaders={names},Signature={}",
                stages.signature.unwrap()
            );
            unsigned.header("Authorization", authorization)
        };
        let of = |request: &WireRequest| {
            let verdict = oracle::verify(request, Scheme::Acs3, SignKind::Api, &key());
            of_acs3(request, &key(), &verdict.reason.unwrap())
        };
        let without = signed("/a", "host;x-acs-content-sha256");
        assert_eq!(of(&without), Some(vec![TYPE_UNSIGNED]));
        let mut spelled = signed("/a%21", "content-type;host;x-acs-content-sha256");
        spelled.target = "/a!".to_owned();
        assert_eq!(of(&spelled), Some(vec![RESPELLED]));
        spelled.target = "/b".to_owned();
        assert_eq!(of(&spelled), None);
        assert_eq!(of_acs3(&without, &key(), &Reason::ContentDigest), None);
    }
}
