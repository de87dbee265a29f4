//! The older signature of the gateway, `acs id:signature`: HMAC-SHA1 over a few headers and the target.
//!
//! Source: recorded requests of the generated SDKs with the older signature algorithm.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use percent_encoding::percent_decode_str;
use sha1::Sha1;

use fcgate_cases::oracle::{Reason, Verdict};
use fcgate_protocol::{Credentials, Stages};

use super::captured::CapturedRequest;

pub(super) fn verify(
    request: &CapturedRequest,
    id: &str,
    signature: &str,
    key: &Credentials,
) -> Verdict {
    let string = string_to_sign(request);
    let right = hmac_sha1(&key.access_key_secret, string.as_bytes());
    let reason = if id != key.access_key_id {
        Some(Reason::AccessKeyId)
    } else if right != signature {
        Some(Reason::Signature)
    } else {
        None
    };
    let stages = Stages {
        string_to_sign: Some(string),
        ..Stages::default()
    };
    Verdict { reason, stages }
}

fn string_to_sign(request: &CapturedRequest) -> String {
    let mut string = format!("{}\n", request.method);
    for name in ["accept", "content-md5", "content-type", "date"] {
        string += request.value(name).unwrap_or_default();
        string.push('\n');
    }
    let mut headers: Vec<(String, &str)> = request
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim()))
        .filter(|(name, _)| name.starts_with("x-acs-"))
        .collect();
    headers.sort_unstable();
    for (name, value) in headers {
        string = string + &name + ":" + value + "\n";
    }
    string += request.path();
    let mut pairs: Vec<String> = request
        .query()
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let pair = pair.replace('+', " ");
            percent_decode_str(&pair).decode_utf8_lossy().into_owned()
        })
        .collect();
    pairs.sort();
    if !pairs.is_empty() {
        string = string + "?" + &pairs.join("&");
    }
    string
}

fn hmac_sha1(key: &str, message: &[u8]) -> String {
    // HMAC takes a key of any length; the empty text can never equal a signature.
    Hmac::<Sha1>::new_from_slice(key.as_bytes())
        .map(|mac| STANDARD.encode(mac.chain_update(message).finalize().into_bytes()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::verify;
    use crate::why::CapturedRequest;
    use fcgate_protocol::Credentials;

    #[test]
    fn a_recorded_signature_of_the_older_scheme_is_valid() {
        let target = "/2021-04-06/services/demoService/functions/demoFunction/invocations?qualifier=demoQualifier";
        let mut request = CapturedRequest::new("POST", target);
        for (name, value) in [
            ("accept", "application/json"),
            ("date", "Wed, 11 May 2022 09:00:00 GMT"),
            ("content-type", "application/json; charset=utf-8"),
            ("x-acs-version", "2021-04-06"),
            ("x-acs-action", "InvokeFunction"),
            ("x-acs-signature-nonce", "0123456789abcdef0123456789abcdef"),
            ("x-acs-signature-method", "HMAC-SHA1"),
            ("x-acs-signature-version", "1.0"),
        ] {
            request.headers.push(name.to_owned(), value.to_owned());
        }
        let dummy = Credentials::new("FCTESTACCESSKEYID01", "fcTestAccessKeySecret0123456789");
        let signature = "VPAVvSubHldQ3EG8SDgZWBa9SHU=";
        let verdict = verify(&request, "FCTESTACCESSKEYID01", signature, &dummy);
        assert!(verdict.verifies(), "{verdict:?}");
    }
}
