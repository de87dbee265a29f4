//! What was put into a request behind the signer's back: guessed, and proven by the signature.

use fcgate_cases::recorded::kind_of;
use fcgate_protocol::{Scheme, SignKind};

use super::guess::{found, parts};
use super::search::{Found, Subject};

/// More headers than these are not left out in every combination.
const MOST: usize = 10;

/// Headers that are signed by the rule, and were not there when this request was signed.
pub(super) fn headers(subject: &Subject) -> Option<Found> {
    if subject.input.scheme != Scheme::Fc {
        return None;
    }
    let mut names: Vec<String> = subject
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
        let mut without = subject.clone();
        without
            .input
            .headers
            .retain(|(name, _)| !added.iter().any(|one| one.eq_ignore_ascii_case(name)));
        let detail = added.join(", ");
        let is_right = without.is_signed_rightly();
        is_right.then(|| {
            found(
                "headers-added-after-signing",
                detail,
                subject,
                &without.input,
            )
        })?
    })
}

/// The first segments of the path, which were not there when this request was signed.
pub(super) fn prefix(subject: &Subject) -> Option<Found> {
    if subject.input.kind == Some(SignKind::PresignedUrl) {
        return None;
    }
    let (head, path, tail) = parts(&subject.input.url)?;
    path.match_indices('/').skip(1).find_map(|(at, _)| {
        let (prefix, rest) = path.split_at_checked(at)?;
        let mut without = subject.clone();
        without.input.url = format!("{head}{rest}{tail}");
        if without.input.scheme == Scheme::Fc {
            // With its prefix it looks like the path of an HTTP trigger.
            without.input.kind = Some(kind_of(rest));
        }
        let detail = format!("`{prefix}`");
        let is_right = without.is_signed_rightly();
        is_right.then(|| found("path-prefixed-on-the-way", detail, subject, &without.input))?
    })
}
