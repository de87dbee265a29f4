//! Short segments of the path that were lost after signing.

use fcgate_protocol::SignKind;

use crate::search::attempts::Attempts;
use crate::search::common_values::words;
use crate::search::found_mistakes::{Found, FoundMistake};
use crate::search::original::Transformed;
use crate::search::template::{PLACEHOLDER, Template};

/// The most places at which a segment may have been lost.
const MOST_PLACES: usize = 12;

/// A short segment and two dots that an HTTP client removed.
pub(super) fn folded(attempts: &Attempts<'_>) -> Option<Found> {
    if attempts.input.kind == Some(SignKind::PresignedUrl) {
        return None;
    }
    let original = attempts.original();
    let path = original.url().path;
    let segments = path.match_indices('/').map(|(at, _)| at + 1);
    let mut places = segments.skip(2).take(MOST_PLACES);
    places.find_map(|at| {
        let (before, after) = path.split_at_checked(at)?;
        let with = |guess: &str| format!("{before}{guess}/../{after}");
        guessed(attempts, "dot-segments-folded", &with, 2, |transformed| {
            transformed.input.kind == original.input.kind
        })
    })
}

/// A short first segment that a gateway removed.
pub(super) fn prefix(attempts: &Attempts<'_>) -> Option<Found> {
    let path = attempts.original().url().path.to_owned();
    guessed(
        attempts,
        "path-prefix-removed-on-the-way",
        &|guess| format!("/{guess}{path}"),
        3,
        |_| true,
    )
}

fn guessed(
    attempts: &Attempts<'_>,
    mistake: &'static str,
    with: &dyn Fn(&str) -> String,
    letters: u32,
    is_meant: impl Fn(&Transformed) -> bool,
) -> Option<Found> {
    let original = attempts.original();
    let holed = original.with_path(mistake, "", &with(PLACEHOLDER));
    for holed in holed.into_iter().filter(is_meant) {
        let Some(template) = Template::of(attempts, &holed.input) else {
            continue;
        };
        for guess in words(letters) {
            if !template.fits(guess.as_bytes())? {
                continue;
            }
            let mut input = holed.input.clone();
            input.url = original.url().with_path(&with(&guess));
            let shown = fcgate_text::visible::line(&with(&guess), 200);
            let detail = format!("signed was `{shown}`");
            let reading = attempts.reading_of(&input)?;
            return Some(attempts.found(
                vec![FoundMistake::named(mistake, detail)?],
                reading,
                &input,
            ));
        }
    }
    None
}
