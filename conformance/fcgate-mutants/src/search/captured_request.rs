//! The order of the search in a captured request: from the likely mistakes to the unlikely ones.

use super::attempts::Attempts;
use super::candidates;
use super::combinations::{first_pair, singles};
use super::found_mistakes::{Found, FoundMistake, SearchResult};
use super::guesses;
use super::original::{Candidates, Original, Transformed};
use super::sent_signature::remainder;
use super::signed_request::SignedRequest;
use super::transformations;

/// Known mistakes that hash the body are tried as long as it has at most so many bytes.
const LARGE_BODY: usize = 256 << 10;

/// The most requests of each kind of change that are combined with another change.
const MOST_COMBINED: usize = 20;

/// Changes that only spell a part of the request differently.
const SPELLINGS: [&str; 4] = [
    "path-escapes-changed-on-the-way",
    "path-spelled-differently",
    "query-changed-on-the-way",
    "header-value-changed-after-signing",
];

/// The most explanations by two mistakes.
const MOST_FOUND: usize = 6;

/// Finds the mistakes that give the signature of a captured request.
///
/// Single mistakes come first, all of them. If there is none, values are guessed and mistakes are combined.
pub fn find_mistakes(request: &SignedRequest) -> SearchResult {
    let attempts = Attempts::new(request);
    let phases: [fn(&Attempts<'_>) -> Vec<Found>; 7] = [
        single_mistakes,
        |attempts| guesses::likely(attempts).into_iter().collect(),
        pairs_of_known_mistakes,
        |attempts| guesses::short_words(attempts).into_iter().collect(),
        known_mistakes_after_changes,
        pairs_of_changes,
        |attempts| guesses::far_clocks(attempts).into_iter().collect(),
    ];
    let phases = attempts.budget.while_it_lasts(phases.iter());
    let found = phases
        .map(|phase| phase(&attempts))
        .find(|found| !found.is_empty());
    SearchResult {
        found: found.unwrap_or_default(),
        computations: attempts.budget.computations(),
        is_exhausted: attempts.budget.is_exhausted(),
    }
}

/// Finds the mistakes in the list of signed names of a request whose texts are signed correctly.
///
/// `None` if the request is not signed correctly.
pub fn find_mistakes_in_names(request: &SignedRequest) -> Option<Vec<Found>> {
    let other_names = request.with_other_names()?;
    let attempts = Attempts::new(&other_names);
    Some(known_mistakes(&attempts))
}

fn single_mistakes(attempts: &Attempts<'_>) -> Vec<Found> {
    let mut found = known_mistakes(attempts);
    let base = attempts.reading_of(&attempts.input);
    if let Some(reading) = base {
        // The text is correct, so that every change that changes nothing would be a success.
        if found.is_empty() && reading.change.is_some() {
            found.push(attempts.found(Vec::new(), reading, &attempts.input));
        }
        return found;
    }
    found.extend(cut_signature(attempts));
    let is_known = !found.is_empty();
    for kind in attempts
        .budget
        .while_it_lasts(transformations::ALL.into_iter())
    {
        let original = attempts.original();
        let changed = success(attempts, &[], &original, kind, usize::MAX);
        // A known mistake in signing says the same as a change of the spelling.
        let says_the_same = |found: &Found| {
            let mut names = found.mistakes.iter().map(|mistake| mistake.mutant.name);
            is_known && names.any(|name| SPELLINGS.contains(&name))
        };
        found.extend(changed.filter(|found| !says_the_same(found)));
    }
    found
}

/// Known mistakes in signing, one at a time.
fn known_mistakes(attempts: &Attempts<'_>) -> Vec<Found> {
    let request = attempts.request();
    let has_large_body = request.input.body.len() > LARGE_BODY;
    let input = if has_large_body {
        &attempts.input
    } else {
        &request.input
    };
    let candidates = candidates::of_captured_request(request.rule);
    singles(candidates, |mistakes| attempts.known(input, mistakes)).collect()
}

/// A signature that lost a part of itself on the way.
fn cut_signature(attempts: &Attempts<'_>) -> Option<Found> {
    let request = attempts.request();
    let signed = request.sign();
    let right = signed.stages.signature.as_deref().unwrap_or_default();
    let words = remainder(right, &request.signature)?;
    let mistake = FoundMistake::named("signature-changed-on-the-way", words)?;
    Some(Found {
        mistakes: vec![mistake],
        correct: signed.clone(),
        signed,
    })
}

type Kind = for<'a> fn(&'a Original<'a>) -> Candidates<'a>;

/// The first change of one kind that gives the captured signature. Others of the same kind give the same text and
/// say the same in other words.
fn success(
    attempts: &Attempts<'_>,
    before: &[FoundMistake],
    original: &Original<'_>,
    kind: Kind,
    most: usize,
) -> Option<Found> {
    let changes = kind(original).take(most);
    let mut changes = attempts.budget.while_it_lasts(changes);
    changes.find_map(|transformed| attempts.transformed(before, &transformed))
}

fn pairs_of_known_mistakes(attempts: &Attempts<'_>) -> Vec<Found> {
    if attempts.reading_of(&attempts.input).is_some() {
        return Vec::new();
    }
    let candidates = attempts.effective(&attempts.input);
    let pair = first_pair(&candidates, |pair| attempts.known(&attempts.input, pair));
    pair.into_iter().collect()
}

/// The requests that the likely changes give, one at a time: each may be as large as the captured one.
fn likely_changes<'a>(
    original: &'a Original<'a>,
) -> impl Iterator<Item = (usize, Transformed)> + 'a {
    let kinds = transformations::ALL.iter().enumerate();
    kinds.flat_map(|(place, kind)| {
        let changes = kind(original).take(MOST_COMBINED);
        changes.map(move |change| (place, change))
    })
}

/// A known mistake in signing, and a change after it.
fn known_mistakes_after_changes(attempts: &Attempts<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    if attempts.reading_of(&attempts.input).is_some() {
        return found;
    }
    let mutants = attempts.effective(&attempts.input);
    let original = attempts.original();
    for (_, change) in attempts.budget.while_it_lasts(likely_changes(&original)) {
        for mutant in &mutants {
            if attempts.budget.is_exhausted() || found.len() == MOST_FOUND {
                return found;
            }
            let named = || FoundMistake::named(change.mistake, change.detail.as_str());
            if let Some(mut success) = attempts.known_by_first_names(&change.input, mutant) {
                success.mistakes.splice(0..0, named());
                found.push(success);
            }
        }
    }
    found
}

fn pairs_of_changes(attempts: &Attempts<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    if attempts.reading_of(&attempts.input).is_some() {
        return found;
    }
    let captured = attempts.original();
    for (place, change) in attempts.budget.while_it_lasts(likely_changes(&captured)) {
        let Some(first) = FoundMistake::named(change.mistake, change.detail.as_str()) else {
            continue;
        };
        for kind in transformations::ALL.iter().skip(place) {
            if attempts.budget.is_exhausted() || found.len() >= MOST_FOUND {
                return found;
            }
            let original = attempts.with_input(&change.input);
            let first = std::slice::from_ref(&first);
            found.extend(success(attempts, first, &original, *kind, MOST_COMBINED));
        }
    }
    found
}
