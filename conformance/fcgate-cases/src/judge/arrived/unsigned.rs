//! A call of an HTTP trigger that is not signed carries nothing of a signature and nothing of an access key.

use fcgate_protocol::TriggerAuth;

use crate::corpus::TriggerGiven;

use super::super::{ArrivedRequest, Check, Comparer};

const NOTHING: &str = "nothing of a signature and nothing of an access key";

/// The headers of a signature, besides those that begin with `x-acs-`.
const OF_FC: [&str; 2] = ["x-fc-security-token", "x-fc-date"];

/// Checks that no header of a signature arrived, no access key id and no security token; and no Authorization, if the
/// call is anonymous. A Date may be sent.
pub(super) fn check(by: &Comparer, given: &TriggerGiven, request: &ArrivedRequest) -> Check {
    let fault = fault(given, request);
    by.check_property(
        "arrived.unsigned",
        fault.is_none(),
        NOTHING,
        fault.as_deref().unwrap_or(NOTHING),
    )
}

fn fault(given: &TriggerGiven, request: &ArrivedRequest) -> Option<String> {
    let credentials = &given.credentials;
    let has_key = |text: &str| {
        let token = credentials.security_token.as_deref();
        text.contains(&credentials.access_key_id) || token.is_some_and(|token| text.contains(token))
    };
    if has_key(&request.target) {
        return Some("a part of the credentials is in the target".to_owned());
    }
    request.headers.iter().find_map(|(name, value)| {
        let name = name.to_ascii_lowercase();
        let of_signature = name.starts_with("x-acs-") || OF_FC.contains(&name.as_str());
        let anonymous = given.auth == Some(TriggerAuth::Anonymous);
        if of_signature || name == "authorization" && anonymous {
            return Some(format!("the header {name}"));
        }
        has_key(value).then(|| format!("a part of the credentials is in the header {name}"))
    })
}
