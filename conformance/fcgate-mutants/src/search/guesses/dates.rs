//! The time of a clock was signed instead of the date that is sent.

use fcgate_protocol::SignKind;
use jiff::{SignedDuration, Timestamp};

use crate::search::attempts::Attempts;
use crate::search::found_mistakes::{Found, FoundMistake};
use crate::search::template::{PLACEHOLDER, Template};
use crate::search::transformations::date::{name, parsed, written};
use crate::signing::rule::Rule;

/// The service refuses a request whose date differs by more seconds.
const NEAR: i64 = 15 * 60;
/// The difference of a clock that is set to another time zone.
const FAR: i64 = 24 * 60 * 60;
const QUARTER: i64 = 15 * 60;

/// A clock with at most 15 minutes of difference.
pub(super) fn near(attempts: &Attempts<'_>) -> Option<Found> {
    search(attempts, &|_| by_distance(NEAR))
}

/// A clock of another time zone, with at most a minute of difference.
pub(super) fn zones(attempts: &Attempts<'_>) -> Option<Found> {
    search(attempts, &|_| {
        let zones = (1..=4 * 14).flat_map(|count| [count * QUARTER, -count * QUARTER]);
        Box::new(zones.flat_map(|zone| by_distance(60).map(move |offset| zone + offset)))
    })
}

/// A clock with at most a day of difference.
pub(super) fn far(attempts: &Attempts<'_>) -> Option<Found> {
    search(attempts, &|_| {
        Box::new(by_distance(FAR).skip_while(|offset| offset.abs() <= NEAR))
    })
}

type Offsets = Box<dyn Iterator<Item = i64>>;

/// All offsets up to this many seconds, the small ones first.
fn by_distance(seconds: i64) -> Offsets {
    Box::new(std::iter::once(0).chain((1..=seconds).flat_map(|offset| [offset, -offset])))
}

fn search(attempts: &Attempts<'_>, offsets: &dyn Fn(Timestamp) -> Offsets) -> Option<Found> {
    let original = attempts.original();
    if original.input.kind == Some(SignKind::PresignedUrl) {
        return None;
    }
    let header = name(&original);
    let own = original.input.headers.get_trimmed(header)?;
    let own_time = parsed(own);
    let clocks = original.clues.sent.iter().copied();
    let clocks =
        clocks.filter(|time| own_time.is_none_or(|own| own.as_second() != time.as_second()));
    let starts = own_time
        .map(|time| (time, true))
        .into_iter()
        .chain(clocks.map(|time| (time, false)));
    let mut holed = original.input.clone();
    holed.headers.set(header, PLACEHOLDER);
    let template = Template::of(attempts, &holed);
    for (start, is_own) in starts {
        for offset in offsets(start) {
            let Some(date) = start
                .checked_add(SignedDuration::from_secs(offset))
                .ok()
                .and_then(|time| written(original.rule, time))
            else {
                continue;
            };
            let fits = match &template {
                Some(template) => template.fits(date.as_bytes())?,
                None => false,
            };
            if fits {
                return found(attempts, header, is_own, &date);
            }
        }
    }
    None
}

fn found(attempts: &Attempts<'_>, header: &str, is_own: bool, date: &str) -> Option<Found> {
    let original = attempts.original();
    let of_clock = !is_own && original.rule == Rule::Fc;
    let mistake = if of_clock {
        "date-of-the-clock"
    } else {
        "date-changed-after-signing"
    };
    let detail = format!("signed was `{date}`");
    let mut input = original.input.clone();
    input.headers.set(header, date);
    let reading = attempts.reading_of(&input)?;
    Some(attempts.found(vec![FoundMistake::named(mistake, detail)?], reading, &input))
}
