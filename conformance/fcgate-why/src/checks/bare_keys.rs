//! Keys without an equals sign in a query that is signed.

use fcgate_cases::recorded_traffic::sign_kind_of_target;
use fcgate_protocol::SignKind;

use crate::authorization::Authorization;
use crate::captured::Exchange;
use crate::findings::Findings;
use crate::problem::KEY_WITHOUT_EQUALS_SIGN;

pub(super) fn check(
    exchange: &Exchange,
    authorization: &Authorization<'_>,
    findings: &mut Findings,
) {
    let request = &exchange.request;
    let signs_query = match authorization {
        Authorization::Fc { .. } => sign_kind_of_target(&request.target) == SignKind::HttpTrigger,
        Authorization::Url { .. } => true,
        _ => false,
    };
    let mut keys = request
        .query()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.contains('='));
    let Some(key) = keys.next().filter(|_| signs_query) else {
        return;
    };
    let key = fcgate_text::visible::line(key, 60);
    findings.problem(
        KEY_WITHOUT_EQUALS_SIGN,
        format!("the query has the key `{key}` without an equals sign, and no source says whether the service signs it bare or as `{key}=`: send `{key}=`"),
    );
}
