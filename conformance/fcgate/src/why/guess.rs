//! What may have been signed and lost before the request was sent: guessed, and proven by the signature.

use jiff::{SignedDuration, Timestamp};

use fcgate_mutants::{self as mutant, Mutant, resign};
use fcgate_protocol::{Scheme, SignInput, SignKind};
use fcgate_text::visible;

use super::behind;
use super::search::{Found, Subject};
use super::template::{HOLE, Template};

/// Values that headers of an invocation often have.
const VALUES: [&str; 9] = [
    "Sync", "Async", "Tail", "None", "true", "false", "LATEST", "0", "1",
];

const MEDIA_TYPES: [&str; 10] = [
    "application/json",
    "application/octet-stream",
    "text/plain",
    "text/html",
    "text/xml",
    "application/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/x-protobuf",
    "image/png",
];

const CHARSETS: [&str; 5] = [
    "",
    "; charset=utf-8",
    ";charset=utf-8",
    "; charset=UTF-8",
    ";charset=UTF-8",
];

/// Half a window, in which a request is refused for its age.
const NEAR: i64 = 15 * 60;
/// A clock that is set to another time zone.
const FAR: i64 = 24 * 60 * 60;

/// The guesses of which there are few: common values, white space round the secret, a clock near by.
pub(super) fn likely(subject: &Subject, sent: &[Timestamp]) -> Option<Found> {
    secret(subject)
        .or_else(|| behind::headers(subject))
        .or_else(|| behind::prefix(subject))
        .or_else(|| content_type(subject))
        .or_else(|| repeated(subject, &common))
        .or_else(|| date(subject, sent, NEAR))
}

/// The guesses of which there are many: short words, a clock far off.
pub(super) fn unlikely(subject: &Subject, sent: &[Timestamp]) -> Option<Found> {
    date(subject, sent, FAR)
        .or_else(|| dot_segments(subject))
        .or_else(|| repeated(subject, &|_| words(3)))
}

pub(super) fn found(
    name: &str,
    detail: String,
    subject: &Subject,
    signed: &SignInput,
) -> Option<Found> {
    let mutant: &'static Mutant = mutant::mistake(name)?;
    let names = subject.names.first()?;
    Some(Found {
        mistakes: vec![mutant],
        detail: Some(detail),
        resigned: resign(signed, names, &[]),
    })
}

/// The secret with white space round it, or without.
fn secret(subject: &Subject) -> Option<Found> {
    let given = &subject.input.credentials.access_key_secret;
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
            let mut other = subject.clone();
            other.input.credentials.access_key_secret = secret;
            let detail = "white space that is not part of it".to_owned();
            let is_right = other.is_signed_rightly();
            is_right.then(|| found("secret-with-white-space", detail, subject, &other.input))?
        })
}

/// Another type than the one that is sent.
fn content_type(subject: &Subject) -> Option<Found> {
    let mut holed = subject.input.clone();
    holed.headers.set("content-type", HOLE);
    let template = Template::of(subject, &holed)?;
    let guess = media_types().find(|guess| template.fits(guess.as_bytes()))?;
    holed.headers.set("content-type", &guess);
    let detail = format!("signed was `{guess}`");
    found("another-content-type-sent", detail, subject, &holed)
}

/// A second value of a header that is sent once.
fn repeated(
    subject: &Subject,
    guesses: &dyn Fn(&str) -> Box<dyn Iterator<Item = String>>,
) -> Option<Found> {
    let is_acs3 = subject.input.scheme == Scheme::Acs3;
    let headers = subject.input.headers.iter().enumerate();
    headers.into_iter().find_map(|(place, (name, value))| {
        let lower = name.to_ascii_lowercase();
        if lower != "content-type" && !lower.starts_with("x-fc-") {
            return None;
        }
        let own = std::iter::once(value.trim().to_owned());
        [false, true].into_iter().find_map(|is_behind| {
            let with = |guess: &str| {
                let mut input = subject.input.clone();
                if is_acs3 {
                    let (one, other) = if is_behind {
                        (value.trim(), guess)
                    } else {
                        (guess, value.trim())
                    };
                    if let Some((_, both)) = input.headers.get_mut(place) {
                        *both = format!("{one},{other}");
                    }
                } else {
                    let place = place + usize::from(is_behind);
                    input.headers.insert(place, name, guess);
                }
                input
            };
            let template = Template::of(subject, &with(HOLE))?;
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
            found(mutant, detail, subject, &with(&guess))
        })
    })
}

/// The time of a clock in the place of the date that is sent.
fn date(subject: &Subject, sent: &[Timestamp], seconds: i64) -> Option<Found> {
    if subject.input.scheme != Scheme::Fc || !subject.input.headers.contains("date") {
        return None;
    }
    let mut holed = subject.input.clone();
    holed.headers.set("date", HOLE);
    let template = Template::of(subject, &holed)?;
    sent.iter().find_map(|time| {
        let mut dates = (-seconds..=seconds).filter_map(|offset| {
            let time = time.checked_add(SignedDuration::from_secs(offset)).ok()?;
            Some(time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())
        });
        let date = dates.find(|date| template.fits(date.as_bytes()))?;
        let mut signed = subject.input.clone();
        signed.headers.set("date", &date);
        found(
            "date-of-the-clock",
            format!("signed was `{date}`"),
            subject,
            &signed,
        )
    })
}

/// A short segment and two dots that somebody has folded.
fn dot_segments(subject: &Subject) -> Option<Found> {
    if subject.input.kind == Some(SignKind::PresignedUrl) {
        return None;
    }
    let (head, path, tail) = parts(&subject.input.url)?;
    let segments = path.match_indices('/').map(|(at, _)| at + 1);
    segments.skip(2).find_map(|at| {
        let (before, after) = path.split_at_checked(at)?;
        let with = |guess: &str| {
            let mut input = subject.input.clone();
            input.url = format!("{head}{before}{guess}/../{after}{tail}");
            input
        };
        let template = Template::of(subject, &with(HOLE))?;
        let guess = words(2).find(|guess| template.fits(guess.as_bytes()))?;
        let detail = format!("signed was `{before}{guess}/../{after}`");
        found("dot-segments-folded", detail, subject, &with(&guess))
    })
}

/// What stands before the path of a URL, the path, and what stands behind it.
pub(super) fn parts(url: &str) -> Option<(&str, &str, &str)> {
    let start = url.find("://")? + 3;
    let start = start + url.get(start..)?.find('/')?;
    let path = url.get(start..)?;
    let end = start + path.find('?').unwrap_or(path.len());
    Some((url.get(..start)?, url.get(start..end)?, url.get(end..)?))
}

fn media_types() -> impl Iterator<Item = String> {
    let with = |media: &'static str| {
        CHARSETS
            .iter()
            .map(move |charset| format!("{media}{charset}"))
    };
    MEDIA_TYPES.into_iter().flat_map(with)
}

/// Common values of a header.
fn common(name: &str) -> Box<dyn Iterator<Item = String>> {
    if name == "content-type" {
        Box::new(media_types())
    } else {
        Box::new(VALUES.into_iter().map(str::to_owned))
    }
}

/// Every word of this many lower-case letters or less.
fn words(most: u32) -> Box<dyn Iterator<Item = String>> {
    let of_length = |length: u32| {
        (0..26_u32.pow(length)).map(move |number| {
            let letter = |place| {
                let letter = number / 26_u32.pow(place) % 26;
                char::from_u32(u32::from(b'a') + letter).unwrap_or_default()
            };
            (0..length).map(letter).collect()
        })
    };
    Box::new((1..=most).flat_map(of_length))
}
