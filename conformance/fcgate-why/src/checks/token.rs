//! The security token of a temporary key.

use crate::authorization::Authorization;
use crate::captured::Exchange;
use crate::findings::Findings;

pub(super) fn check(
    exchange: &Exchange,
    authorization: &Authorization<'_>,
    findings: &mut Findings,
) {
    let request = &exchange.request;
    let id = match authorization {
        Authorization::Url { .. } => {
            let mut pairs = request.query().split('&');
            pairs
                .find_map(|pair| pair.strip_prefix("x-fc-access-key-id="))
                .unwrap_or_default()
        }
        other => other.access_key_id(),
    };
    let (own, other) = match authorization {
        Authorization::Fc { .. } | Authorization::Url { .. } => {
            ("x-fc-security-token", "x-acs-security-token")
        }
        Authorization::Acs3 { .. } | Authorization::AcsV1 { .. } => {
            ("x-acs-security-token", "x-fc-security-token")
        }
        Authorization::Bearer | Authorization::None => return,
    };
    let in_url = matches!(authorization, Authorization::Url { .. });
    let has_own = if in_url {
        request
            .query()
            .split('&')
            .any(|pair| pair.starts_with("x-fc-security-token="))
    } else {
        request.value(own).is_some_and(|token| !token.is_empty())
    };
    let has_other = request.value(other).is_some();
    if id.starts_with("STS.") && !has_own {
        let place = if in_url {
            "the parameter"
        } else {
            "the header"
        };
        let found = if has_other {
            format!(" (it is in {other}, which belongs to the other scheme)")
        } else {
            String::new()
        };
        findings.problem(
            "security-token-is-missing",
            format!(
                "the access key id begins with `STS.`, so the key is temporary, but {place} {own} is missing{found}: send the token that came with the key, and sign it"
            ),
        );
    } else if has_other && !has_own {
        findings.problem(
            "security-token-in-the-header-of-the-other-scheme",
            format!("the security token is in {other}, but this scheme reads {own}"),
        );
    }
}
