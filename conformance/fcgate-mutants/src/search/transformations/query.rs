//! Another query was signed than arrived: pairs were added, lost or spelled differently.

use fcgate_protocol::SignKind;

use crate::search::original::{Candidates, Original, Transformed};
use crate::search::subsets::subsets;
use crate::search::transformations::query_spellings;

/// So many pairs may have been added after signing.
const MOST_PAIRS: usize = 256;

/// Pairs that clients sign and that are easily lost.
const USUAL: [&str; 14] = [
    "qualifier=LATEST",
    "qualifier=1",
    "qualifier=2",
    "qualifier=prod",
    "qualifier=dev",
    "qualifier=test",
    "qualifier=",
    "debug=true",
    "debug=1",
    "debug=",
    "version=1",
    "v=1",
    "format=json",
    "a=1",
];

/// The pairs that signing a URL adds; the rule says what becomes of them.
const OWN: [&str; 3] = ["x-fc-access-key-id", "x-fc-expires", "x-fc-security-token"];

pub(in crate::search) fn transformations<'a>(original: &'a Original<'a>) -> Candidates<'a> {
    if !original.signs_query() {
        return Box::new(std::iter::empty());
    }
    Box::new(
        without(original)
            .chain(query_spellings::transformations(original))
            .chain(with_usual(original)),
    )
}

/// Pairs that were added after signing.
fn without<'a>(original: &'a Original<'a>) -> Candidates<'a> {
    let Some(query) = original.url().query else {
        return Box::new(std::iter::empty());
    };
    let pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    let is_in_url = original.input.kind == Some(SignKind::PresignedUrl);
    let is_own =
        |pair: &str| is_in_url && OWN.iter().any(|own| pair.split('=').next() == Some(own));
    let free: Vec<usize> = pairs
        .iter()
        .enumerate()
        .take(MOST_PAIRS)
        .filter(|(_, pair)| !is_own(pair))
        .map(|(place, _)| place)
        .collect();
    let sets = subsets(free.len());
    Box::new(sets.map(move |set| {
        let places: Vec<usize> = set.iter().filter_map(|at| free.get(*at).copied()).collect();
        let (mut kept, mut dropped) = (Vec::new(), Vec::new());
        for (place, pair) in pairs.iter().enumerate() {
            if places.binary_search(&place).is_ok() {
                dropped.push(*pair);
            } else {
                kept.push(*pair);
            }
        }
        let kept = (!kept.is_empty()).then(|| kept.join("&"));
        let detail = format!("`{}`", fcgate_text::visible::line(&dropped.join("&"), 200));
        original.with_query(
            "query-parameters-added-after-signing",
            detail,
            kept.as_deref(),
        )
    }))
}

/// Usual pairs that were signed and are not sent.
fn with_usual<'a>(original: &'a Original<'a>) -> impl Iterator<Item = Transformed> + 'a {
    let query = original.url().query.unwrap_or_default();
    USUAL.into_iter().map(move |pair| {
        let longer = match query {
            "" => pair.to_owned(),
            query => format!("{query}&{pair}"),
        };
        let detail = format!("`{pair}`");
        original.with_query("query-parameters-signed-not-sent", detail, Some(&longer))
    })
}
