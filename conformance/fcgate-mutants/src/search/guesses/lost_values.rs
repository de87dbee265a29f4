//! Values that may have been signed and lost before the request was sent.

use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::{SignedDuration, Timestamp};

use fcgate_protocol::{Scheme, SignKind};
use fcgate_text::visible;

use crate::search::found_mistakes::Found;
use crate::search::signed_request::SignedRequest;

use super::common_values::{common_values, media_types, words};
use super::template::{PLACEHOLDER, Template};
use super::url_parts::url_parts;

/// The service refuses a request whose date differs by more seconds.
const NEAR_SECONDS: i64 = 15 * 60;
/// The difference of a clock that is set to another time zone.
const FAR_SECONDS: i64 = 24 * 60 * 60;

/// The secret with white space around it, or without.
pub(in crate::search) fn secret(request: &SignedRequest) -> Option<Found> {
    let given = &request.input.credentials.access_key_secret;
    let spellings = [
        given.trim().to_owned(),
        format!("{given}\n"),
        format!("{given}\r\n"),
        format!("{given} "),
        format!(" {given}"),
    ];
    spellings
        .into_iter()
        .filter(|secret| secret != given)
        .find_map(|secret| {
            let mut other = request.clone();
            other.input.credentials.access_key_secret = secret;
            let detail = "white space that does not belong to it".to_owned();
            let is_right = other.is_signed_correctly();
            is_right.then(|| {
                Found::guessed(
                    "secret-with-white-space",
                    detail,
                    request.first_names(),
                    &other.input,
                )
            })?
        })
}

/// A content type that differs from the one that is sent.
pub(in crate::search) fn content_type(request: &SignedRequest) -> Option<Found> {
    let mut holed = request.input.clone();
    holed.headers.set("content-type", PLACEHOLDER);
    let template = Template::of(request, &holed)?;
    let guess = media_types().find(|guess| template.fits(guess.as_bytes()))?;
    holed.headers.set("content-type", &guess);
    let detail = format!("signed was `{guess}`");
    Found::guessed(
        "another-content-type-sent",
        detail,
        request.first_names(),
        &holed,
    )
}

/// A second value, of the common ones, of a header that is sent once.
pub(in crate::search) fn second_common_value(request: &SignedRequest) -> Option<Found> {
    second_value(request, &common_values)
}

/// A second value, a short word, of a header that is sent once.
pub(in crate::search) fn second_short_value(request: &SignedRequest) -> Option<Found> {
    second_value(request, &|_| words(3))
}

/// A second value of a header that is sent once.
fn second_value(
    request: &SignedRequest,
    guesses: &dyn Fn(&str) -> Box<dyn Iterator<Item = String>>,
) -> Option<Found> {
    let is_acs3 = request.input.scheme == Scheme::Acs3;
    let headers = request.input.headers.iter().enumerate();
    headers.into_iter().find_map(|(place, (name, value))| {
        let lower = name.to_ascii_lowercase();
        if lower != "content-type" && !lower.starts_with("x-fc-") {
            return None;
        }
        let own = std::iter::once(value.trim().to_owned());
        [false, true].into_iter().find_map(|is_after| {
            let with = |guess: &str| {
                let mut input = request.input.clone();
                if is_acs3 {
                    let (one, other) = if is_after {
                        (value.trim(), guess)
                    } else {
                        (guess, value.trim())
                    };
                    if let Some((_, both)) = input.headers.get_mut(place) {
                        *both = format!("{one},{other}");
                    }
                } else {
                    let place = place + usize::from(is_after);
                    input.headers.insert(place, name, guess);
                }
                input
            };
            let template = Template::of(request, &with(PLACEHOLDER))?;
            let mut guesses = own.clone().chain(guesses(&lower));
            let guess = guesses.find(|guess| template.fits(guess.as_bytes()))?;
            let is_own = guess == value.trim();
            let mutant = match (is_acs3, is_own) {
                (true, _) => "acs3-two-values-signed-one-sent",
                (false, true) => "value-signed-twice",
                (false, false) => "two-values-signed-one-sent",
            };
            let detail = format!(
                "{lower} was signed with `{}` too",
                visible::line(&guess, 120)
            );
            Found::guessed(mutant, detail, request.first_names(), &with(&guess))
        })
    })
}

/// The time of a clock with at most 15 minutes of difference, instead of the date that is sent.
pub(in crate::search) fn date_of_near_clock(
    request: &SignedRequest,
    sent: &[Timestamp],
) -> Option<Found> {
    date(request, sent, NEAR_SECONDS)
}

/// The time of a clock with at most a day of difference, instead of the date that is sent.
pub(in crate::search) fn date_of_far_clock(
    request: &SignedRequest,
    sent: &[Timestamp],
) -> Option<Found> {
    date(request, sent, FAR_SECONDS)
}

/// The time of a clock instead of the date that is sent.
fn date(request: &SignedRequest, sent: &[Timestamp], seconds: i64) -> Option<Found> {
    if request.input.scheme != Scheme::Fc || !request.input.headers.contains("date") {
        return None;
    }
    let mut holed = request.input.clone();
    holed.headers.set("date", PLACEHOLDER);
    let template = Template::of(request, &holed)?;
    sent.iter().find_map(|time| {
        let mut dates = (-seconds..=seconds).filter_map(|offset| {
            let time = time.checked_add(SignedDuration::from_secs(offset)).ok()?;
            DateTimePrinter::new()
                .timestamp_to_rfc9110_string(&time)
                .ok()
        });
        let date = dates.find(|date| template.fits(date.as_bytes()))?;
        let mut signed = request.input.clone();
        signed.headers.set("date", &date);
        Found::guessed(
            "date-of-the-clock",
            format!("signed was `{date}`"),
            request.first_names(),
            &signed,
        )
    })
}

/// A short segment and two dots that an HTTP client removed.
pub(in crate::search) fn dot_segments(request: &SignedRequest) -> Option<Found> {
    if request.input.kind == Some(SignKind::PresignedUrl) {
        return None;
    }
    let (head, path, tail) = url_parts(&request.input.url)?;
    let segments = path.match_indices('/').map(|(at, _)| at + 1);
    segments.skip(2).find_map(|at| {
        let (before, after) = path.split_at_checked(at)?;
        let with = |guess: &str| {
            let mut input = request.input.clone();
            input.url = format!("{head}{before}{guess}/../{after}{tail}");
            input
        };
        let template = Template::of(request, &with(PLACEHOLDER))?;
        let guess = words(2).find(|guess| template.fits(guess.as_bytes()))?;
        let detail = format!("signed was `{before}{guess}/../{after}`");
        Found::guessed(
            "dot-segments-folded",
            detail,
            request.first_names(),
            &with(&guess),
        )
    })
}
