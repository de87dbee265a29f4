//! Requests for functions with session affinity: the check of the session id.

use fcgate_cases::corpus::{Level, Stimulus};
use fcgate_cases::judge::Check;

use crate::finding::Finding;
use crate::received_request::ReceivedRequest;
use crate::scenario::Scenario;

use super::registry::Affinity;

/// The check of the session id. It is not a must: one page of the manual has the grammar, and no source has the answer
/// of the service to another id. Ids are not shown, because a wrong one may be anything.
pub(crate) fn check_session_id(
    received: &ReceivedRequest,
    scenario: Option<&Scenario>,
    affinity: &Affinity,
    stimulus: &Stimulus,
) -> Option<Finding> {
    let rule = scenario.and_then(Scenario::session)?;
    let is_valid = affinity.is_valid(rule, received)?;
    let title = "A session id has the form of the documents.".to_owned();
    let mut finding = Finding::new("session", Level::Should, title, stimulus.clone());
    finding.because = "The service would refuse the request, or start another session.";
    let expected = "in a header a letter, digit or underscore, then these and hyphens, 64 at most; \
                    in a cookie the UUID that the service made";
    let actual = if is_valid { expected } else { "another text" };
    finding
        .checks
        .push(Check::holds("session-id", is_valid, expected, actual));
    Some(finding)
}
