//! The order of the search in a captured request: from the cheapest attempts to the most expensive ones.

use jiff::Timestamp;

use super::candidates;
use super::combinations::{first_pair, singles};
use super::found_mistakes::Found;
use super::guesses::{added_after_signing, lost_values};
use super::signed_request::SignedRequest;

/// Single mistakes hash the body as long as it has at most so many bytes.
const LARGE_BODY: usize = 1 << 20;

/// Guesses and pairs hash the body as long as it has at most so many bytes.
const MEDIUM_BODY: usize = 16 << 10;

/// Finds the mistakes that give the signature of a captured request; `sent` are the times at which it may
/// have been sent.
///
/// Single mistakes come first, all of them; then the first success of the likely guesses, the pairs of
/// mistakes and the unlikely guesses.
pub fn find_mistakes(request: &SignedRequest, sent: &[Timestamp]) -> Vec<Found> {
    let mut found = find_singles(&request.without_body_larger_than(LARGE_BODY));
    let light = request.without_body_larger_than(MEDIUM_BODY);
    if found.is_empty() {
        found.extend(likely_guess(&light, sent));
    }
    if found.is_empty() {
        let candidates = light.effective_mistakes();
        found.extend(first_pair(&candidates, |pair| light.attempt(pair)));
    }
    if found.is_empty() {
        found.extend(unlikely_guess(&light, sent));
    }
    found
}

/// Finds the mistakes in the list of signed names of a request whose texts are signed correctly.
///
/// `None` if the request is not signed correctly.
pub fn find_mistakes_in_names(request: &SignedRequest) -> Option<Vec<Found>> {
    let other_names = request.clone().with_other_names()?;
    Some(find_singles(&other_names))
}

fn find_singles(request: &SignedRequest) -> Vec<Found> {
    let candidates = candidates::of_captured_request(request.input.scheme);
    singles(candidates, |mistakes| request.attempt(mistakes)).collect()
}

/// Guesses with few values: white space around the secret, common header values, a near clock.
fn likely_guess(request: &SignedRequest, sent: &[Timestamp]) -> Option<Found> {
    lost_values::secret(request)
        .or_else(|| added_after_signing::headers(request))
        .or_else(|| added_after_signing::path_prefix(request))
        .or_else(|| lost_values::content_type(request))
        .or_else(|| lost_values::second_common_value(request))
        .or_else(|| lost_values::date_of_near_clock(request, sent))
}

/// Guesses with many values: short words, a clock in another time zone.
fn unlikely_guess(request: &SignedRequest, sent: &[Timestamp]) -> Option<Found> {
    lost_values::date_of_far_clock(request, sent)
        .or_else(|| lost_values::dot_segments(request))
        .or_else(|| lost_values::second_short_value(request))
}
