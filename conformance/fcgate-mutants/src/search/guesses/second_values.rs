//! A second value of a header that is sent once.

use fcgate_protocol::SignInput;

use crate::search::attempts::Attempts;
use crate::search::common_values::{usual_values, words};
use crate::search::found_mistakes::{Found, FoundMistake};
use crate::search::template::{PLACEHOLDER, Template};
use crate::signing::rule::Rule;

/// The most headers that get a second value.
const MOST_HEADERS: usize = 32;

/// A second value, of the usual ones.
pub(super) fn usual(attempts: &Attempts<'_>) -> Option<Found> {
    second_value(attempts, &usual_values)
}

/// A second value, a short word.
pub(super) fn short(attempts: &Attempts<'_>) -> Option<Found> {
    second_value(attempts, &|_| words(3))
}

fn second_value(
    attempts: &Attempts<'_>,
    guesses: &dyn Fn(&str) -> Box<dyn Iterator<Item = String>>,
) -> Option<Found> {
    let rule = attempts.request().rule;
    if rule == Rule::AcsV1 {
        return None;
    }
    let headers = attempts.input.headers.iter().enumerate();
    let meant = headers.filter_map(|(place, (name, value))| {
        let lower = name.to_ascii_lowercase();
        let is_meant = lower == "content-type" || lower.starts_with("x-fc-");
        is_meant.then(|| (place, lower, value.trim()))
    });
    for (place, name, value) in meant.take(MOST_HEADERS) {
        for is_after in [false, true] {
            let with = |guess: &str| with_second(attempts, place, &name, guess, is_after);
            let Some(template) = Template::of(attempts, &with(PLACEHOLDER)) else {
                continue;
            };
            for guess in std::iter::once(value.to_owned()).chain(guesses(&name)) {
                if template.fits(guess.as_bytes())? {
                    let mistake = match (rule, guess == value) {
                        (Rule::Acs3, _) => "acs3-two-values-signed-one-sent",
                        (_, true) => "value-signed-twice",
                        (_, false) => "two-values-signed-one-sent",
                    };
                    let shown = fcgate_text::visible::line(&guess, 120);
                    let detail = format!("{name} was signed with `{shown}` too");
                    let input = with(&guess);
                    let reading = attempts.reading_of(&input)?;
                    let mistake = FoundMistake::named(mistake, detail)?;
                    return Some(attempts.found(vec![mistake], reading, &input));
                }
            }
        }
    }
    None
}

/// The request with a second value next to the sent one.
fn with_second(
    attempts: &Attempts<'_>,
    place: usize,
    name: &str,
    guess: &str,
    is_after: bool,
) -> SignInput {
    let mut input = attempts.input.clone();
    if attempts.request().rule == Rule::Acs3 {
        if let Some((_, value)) = input.headers.get_mut(place) {
            let sent = value.trim();
            *value = if is_after {
                format!("{sent},{guess}")
            } else {
                format!("{guess},{sent}")
            };
        }
    } else {
        input
            .headers
            .insert(place + usize::from(is_after), name, guess);
    }
    input
}
