//! Another date was signed than was sent.

use fcgate_protocol::SignKind;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};
use jiff::{SignedDuration, Timestamp};

use crate::search::common_values::date_values;
use crate::search::original::{Candidates, Original, Transformed};
use crate::signing::rule::Rule;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

const ZONE: &str = "date-of-another-time-zone";
const FORM: &str = "date-in-another-form";
const OTHER: &str = "date-of-another-header";
const EXPIRY: &str = "expiry-changed-after-signing";

pub(in crate::search) fn transformations<'a>(original: &'a Original<'a>) -> Candidates<'a> {
    if original.input.kind == Some(SignKind::PresignedUrl) {
        return expiries(original);
    }
    let name = name(original);
    let Some(sent) = original.input.headers.get_trimmed(name) else {
        return Box::new(std::iter::empty());
    };
    let time = parsed(sent);
    let with = move |(mistake, words, date): (&'static str, String, String)| {
        with_date(original, name, mistake, &words, &date)
    };
    let others = date_values(&original.input.headers).into_iter();
    let others = others.map(|date| {
        (
            OTHER,
            "the date of another header was signed".to_owned(),
            date,
        )
    });
    let forms = time.into_iter().flat_map(forms);
    let zones = time
        .into_iter()
        .flat_map(move |time| zones(original.rule, time));
    let none = (FORM, "the date was empty".to_owned(), String::new());
    let dates = others.chain(zones).chain(forms).chain([none]);
    Box::new(dates.filter(move |(_, _, date)| date != sent).map(with))
}

/// The header with the date of this rule.
pub(in crate::search) fn name(original: &Original<'_>) -> &'static str {
    match original.rule {
        Rule::Acs3 => "x-acs-date",
        Rule::Fc if !original.input.headers.contains("date") => "x-fc-date",
        Rule::Fc | Rule::AcsV1 => "date",
    }
}

fn with_date(
    original: &Original<'_>,
    name: &str,
    mistake: &'static str,
    words: &str,
    date: &str,
) -> Transformed {
    let shown = fcgate_text::visible::line(date, 80);
    let detail = format!("{words}: signed was `{shown}`");
    original.with(mistake, detail, |input| input.headers.set(name, date))
}

/// The instant of a date in any form.
pub(in crate::search) fn parsed(text: &str) -> Option<Timestamp> {
    let seconds = || {
        let number: i64 = text.parse().ok()?;
        let seconds = if number.abs() > 100_000_000_000 {
            number / 1_000
        } else {
            number
        };
        Timestamp::from_second(seconds).ok()
    };
    text.parse()
        .ok()
        .or_else(|| {
            DateTimeParser::new()
                .relaxed_weekday(true)
                .parse_timestamp(text)
                .ok()
        })
        .or_else(seconds)
}

/// The date of a time, as a rule writes it.
pub(in crate::search) fn written(rule: Rule, time: Timestamp) -> Option<String> {
    match rule {
        Rule::Acs3 => Some(time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
        Rule::Fc | Rule::AcsV1 => DateTimePrinter::new()
            .timestamp_to_rfc9110_string(&time)
            .ok(),
    }
}

/// The same wall clock in other time zones, which differ by quarters of an hour.
fn zones(rule: Rule, time: Timestamp) -> impl Iterator<Item = (&'static str, String, String)> {
    let whole = (1..=26).flat_map(|hours| [hours * HOUR, -hours * HOUR]);
    let quarters = (1..=4 * 14).flat_map(|count| [count * HOUR / 4, -count * HOUR / 4]);
    whole.chain(quarters).filter_map(move |seconds| {
        let date = written(
            rule,
            time.checked_add(SignedDuration::from_secs(seconds)).ok()?,
        )?;
        let (hours, minutes) = (seconds.abs() / HOUR, seconds.abs() % HOUR / MINUTE);
        let side = if seconds < 0 { "earlier" } else { "later" };
        Some((
            ZONE,
            format!("the signed time is {hours} h {minutes} min {side}"),
            date,
        ))
    })
}

/// The same instant in other forms.
fn forms(time: Timestamp) -> impl Iterator<Item = (&'static str, String, String)> {
    let forms = [
        ("HTTP", "%a, %d %b %Y %H:%M:%S GMT"),
        ("HTTP, with UTC instead of GMT", "%a, %d %b %Y %H:%M:%S UTC"),
        ("HTTP, with a numeric zone", "%a, %d %b %Y %H:%M:%S +0000"),
        ("HTTP, with a numeric zone", "%a, %d %b %Y %H:%M:%S -0000"),
        (
            "HTTP, with the day in one digit",
            "%a, %-d %b %Y %H:%M:%S GMT",
        ),
        (
            "HTTP, without the space after the comma",
            "%a,%d %b %Y %H:%M:%S GMT",
        ),
        ("HTTP, without the zone", "%a, %d %b %Y %H:%M:%S"),
        ("RFC 850", "%A, %d-%b-%y %H:%M:%S GMT"),
        ("asctime", "%a %b %e %H:%M:%S %Y"),
        ("JavaScript, toString", "%a %b %d %Y %H:%M:%S GMT+0000"),
        ("ISO 8601", "%Y-%m-%dT%H:%M:%SZ"),
        ("ISO 8601, with milliseconds", "%Y-%m-%dT%H:%M:%S.000Z"),
        ("ISO 8601, with a numeric zone", "%Y-%m-%dT%H:%M:%S+00:00"),
        ("ISO 8601, without the zone", "%Y-%m-%dT%H:%M:%S"),
        ("ISO 8601, basic", "%Y%m%dT%H%M%SZ"),
        ("SQL", "%Y-%m-%d %H:%M:%S"),
        ("Unix seconds", "%s"),
        ("Unix milliseconds", "%s000"),
    ];
    forms.into_iter().map(move |(words, form)| {
        (
            FORM,
            format!("the signed form is {words}"),
            time.strftime(form).to_string(),
        )
    })
}

/// The expiry of a signed URL was changed.
fn expiries<'a>(original: &'a Original<'a>) -> Candidates<'a> {
    let Some(sent) = original.input.expires else {
        return Box::new(std::iter::empty());
    };
    let units = [
        ("it was in milliseconds", sent.checked_mul(1_000)),
        ("it was in seconds", Some(sent / 1_000)),
        ("it was in microseconds", sent.checked_mul(1_000_000)),
    ];
    let units = units
        .into_iter()
        .filter_map(|(words, value)| Some((words, value?)));
    let lifetimes = [
        1, 10, 30, 60, 120, 180, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 10_800, 14_400, 18_000,
        21_600, 28_800, 36_000, 43_200, 86_400, 172_800, 259_200, 604_800, 2_592_000, 31_536_000,
        31_622_400,
    ];
    let moved = lifetimes.into_iter().flat_map(move |seconds| {
        [
            ("it was later", sent.checked_add(seconds)),
            ("it was earlier", sent.checked_sub(seconds)),
        ]
    });
    let moved = moved.filter_map(|(words, value)| Some((words, value?)));
    let (seconds, small) = (
        original.clues.sent.iter().map(|time| time.as_second()),
        1..=600_i64,
    );
    let of_clock = seconds.map(|second| ("it was the time of the request", second));
    let near = small.flat_map(move |second| {
        [
            ("it was later", sent.saturating_add(second)),
            ("it was earlier", sent.saturating_sub(second)),
        ]
    });
    let values = units.chain(moved).chain(of_clock).chain(near);
    Box::new(
        values
            .filter(move |(_, value)| *value != sent)
            .map(move |(words, value)| {
                let detail = format!("{words}: signed was {value}, sent was {sent}");
                original.with(EXPIRY, detail, |input| {
                    input.expires = Some(value);
                    let (old, new) = (
                        format!("x-fc-expires={sent}"),
                        format!("x-fc-expires={value}"),
                    );
                    input.url = input.url.replace(&old, &new);
                })
            }),
    )
}
