//! Headers and path prefixes that were added to the request after it was signed.

use fcgate_cases::recorded_traffic::sign_kind_of_target;
use fcgate_protocol::{Scheme, SignKind};

use crate::search::found_mistakes::Found;
use crate::search::signed_request::SignedRequest;

use super::url_parts::url_parts;

/// The most headers of which every combination is tried.
const MOST: usize = 10;

/// Headers that the service signs, and that were added after this request was signed.
pub(in crate::search) fn headers(request: &SignedRequest) -> Option<Found> {
    if request.input.scheme != Scheme::Fc {
        return None;
    }
    let mut names: Vec<String> = request
        .input
        .headers
        .iter()
        .map(|(name, _)| name.to_ascii_lowercase())
        .filter(|name| {
            matches!(name.as_str(), "content-type" | "content-md5") || name.starts_with("x-fc-")
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(MOST);
    let mut sets: Vec<u32> = (1..1 << names.len()).collect();
    sets.sort_by_key(|set| set.count_ones());
    sets.into_iter().find_map(|set| {
        let is_in = |place: usize| set & (1 << place) != 0;
        let added = names.iter().enumerate().filter(|(place, _)| is_in(*place));
        let added: Vec<&str> = added.map(|(_, name)| name.as_str()).collect();
        let mut without = request.clone();
        without
            .input
            .headers
            .retain(|(name, _)| !added.iter().any(|one| one.eq_ignore_ascii_case(name)));
        let detail = added.join(", ");
        let is_correct = without.is_signed_correctly();
        is_correct.then(|| {
            Found::guessed(
                "headers-added-after-signing",
                detail,
                request.first_names(),
                &without.input,
            )
        })?
    })
}

/// First segments of the path that were added after this request was signed.
pub(in crate::search) fn path_prefix(request: &SignedRequest) -> Option<Found> {
    if request.input.kind == Some(SignKind::PresignedUrl) {
        return None;
    }
    let (head, path, tail) = url_parts(&request.input.url)?;
    path.match_indices('/').skip(1).find_map(|(at, _)| {
        let (prefix, rest) = path.split_at_checked(at)?;
        let mut without = request.clone();
        without.input.url = format!("{head}{rest}{tail}");
        if without.input.scheme == Scheme::Fc {
            // The prefix makes an API path look like the path of an HTTP trigger.
            without.input.kind = Some(sign_kind_of_target(rest));
        }
        let detail = format!("`{prefix}`");
        let is_correct = without.is_signed_correctly();
        is_correct.then(|| {
            Found::guessed(
                "path-prefixed-on-the-way",
                detail,
                request.first_names(),
                &without.input,
            )
        })?
    })
}
