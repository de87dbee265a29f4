//! Finds the mistake in a refused request, with the search of `fcgate-mutants`.

use fcgate_mutants::search::{KnownMistake, RefusedRequest};
use fcgate_protocol::{SignInput, SignOutput};

use crate::serve::received_request::ReceivedRequest;

use super::authentication::signed_names;

/// Finds the mistake that gives the received signature and every header that signing added.
///
/// `input` is the request before it was signed. `sent` is what signing added.
pub(super) fn find(
    received: &ReceivedRequest,
    input: &SignInput,
    sent: &SignOutput,
) -> Option<KnownMistake> {
    let request = RefusedRequest {
        wire: &received.request(),
        input,
        sent,
        signed_names: signed_names(received).unwrap_or_default(),
    };
    request.find_mistake()
}
