//! Values with many possibilities. Each guess hashes only the text from its place on.

mod dates;
mod second_values;
mod segments;

use super::attempts::Attempts;
use super::found_mistakes::Found;

/// Guesses with few values: a near clock, a second usual value of a header.
pub(super) fn likely(attempts: &Attempts<'_>) -> Option<Found> {
    dates::near(attempts)
        .or_else(|| second_values::usual(attempts))
        .or_else(|| dates::zones(attempts))
}

/// Short words that were lost: a segment of the path, a second value of a header.
pub(super) fn short_words(attempts: &Attempts<'_>) -> Option<Found> {
    segments::folded(attempts)
        .or_else(|| second_values::short(attempts))
        .or_else(|| segments::prefix(attempts))
}

/// The time of a clock that differs by hours.
pub(super) fn far_clocks(attempts: &Attempts<'_>) -> Option<Found> {
    dates::far(attempts)
}
