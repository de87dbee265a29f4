//! Spellings of one query: escapes, plus and space, order, repeated keys.

use percent_encoding::percent_decode_str;

use crate::search::original::{Candidates, Original};
use crate::signing::encoding::{encode, form_decode};

use super::path_spellings::with_digits;

/// The most pairs that are changed one by one.
const MOST_PAIRS: usize = 48;

/// The most pairs of which every order is tried.
const MOST_ORDERED: usize = 4;

const PLUS: &str = "plus-sent-unescaped";
const SPELLED: &str = "query-changed-on-the-way";

pub(super) fn transformations<'a>(original: &'a Original<'a>) -> Candidates<'a> {
    let Some(query) = original.url().query else {
        return Box::new(std::iter::empty());
    };
    let spelled = whole(query)
        .chain(one_by_one(query))
        .chain(repeated(query))
        .chain(orders(query));
    Box::new(
        spelled.filter(move |(_, _, signed)| signed != query).map(
            move |(mistake, detail, signed)| original.with_query(mistake, detail, Some(&signed)),
        ),
    )
}

/// A query with the name of the mistake and the words for it.
type Spelled = (&'static str, String, String);

/// Changes of every pair at once.
fn whole(query: &str) -> impl Iterator<Item = Spelled> {
    let values = |change: fn(&str) -> String| {
        let pairs = query.split('&').map(|pair| match pair.split_once('=') {
            Some((key, value)) => format!("{key}={}", change(value)),
            None => pair.to_owned(),
        });
        pairs.collect::<Vec<_>>().join("&")
    };
    let keys = |change: fn(&str) -> String| {
        let pairs = query.split('&').map(|pair| match pair.split_once('=') {
            Some((key, value)) => format!("{}={value}", change(key)),
            None => change(pair),
        });
        pairs.collect::<Vec<_>>().join("&")
    };
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let plus = (
        PLUS,
        "the plus itself was signed, and a receiver reads a space".to_owned(),
        query.replace('+', "%2B"),
    );
    let spellings = [
        (
            "an escaped plus was a space",
            query.replace("%2B", "%20").replace("%2b", "%20"),
        ),
        (
            "the values were escaped once more",
            values(|value| value.replace('%', "%25")),
        ),
        (
            "the values were decoded once more",
            values(|value| {
                let once = form_decode(value);
                let once = String::from_utf8_lossy(&once).into_owned();
                encode(&form_decode(&once))
            }),
        ),
        (
            "the values were signed as they were sent, escapes included",
            values(|value| encode(value.as_bytes())),
        ),
        (
            "the digits of the escapes were in upper case",
            with_digits(query, true),
        ),
        (
            "the digits of the escapes were in lower case",
            with_digits(query, false),
        ),
        ("escaped separators were separators", decoded(query)),
        ("the keys were in lower case", keys(str::to_ascii_lowercase)),
        ("the keys were in upper case", keys(str::to_ascii_uppercase)),
        (
            "the values were in upper case",
            values(str::to_ascii_uppercase),
        ),
        (
            "the values were in lower case",
            values(str::to_ascii_lowercase),
        ),
        (
            "the keys had brackets after them",
            keys(|key| format!("{key}[]")),
        ),
        (
            "the keys had no brackets",
            keys(|key| {
                let key = key.strip_suffix("%5B%5D").unwrap_or(key);
                key.strip_suffix("[]").unwrap_or(key).to_owned()
            }),
        ),
        ("semicolons separated the pairs", query.replace(';', "&")),
        (
            "the ampersand was written as `&amp;`",
            query.replace('&', "&amp;"),
        ),
        (
            "the text before `amp;` was an ampersand",
            query.replace("&amp;", "&"),
        ),
        ("empty pairs were removed", without_empty(query)),
        ("a fragment followed", format!("{query}%23")),
    ];
    let spellings = spellings.into_iter().map(|(words, signed)| {
        let shown = fcgate_text::visible::line(&signed, 200);
        (SPELLED, format!("{words}: signed was `{shown}`"), signed)
    });
    std::iter::once(plus).chain(spellings)
}

/// Changes of one value: white space around it, a plus, an empty value written as a word.
fn one_by_one(query: &str) -> impl Iterator<Item = Spelled> {
    let pairs: Vec<&str> = query.split('&').collect();
    let places = 0..pairs.len().min(MOST_PAIRS);
    places.flat_map(move |place| {
        let pair = pairs.get(place).copied().unwrap_or_default();
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let mut changed: Vec<(&str, &str, String)> = Vec::new();
        for (words, value) in [
            ("a space after the value was lost", format!("{value}%20")),
            ("a space before the value was lost", format!("%20{value}")),
            ("a line end after the value was lost", format!("{value}%0A")),
            ("a tab after the value was lost", format!("{value}%09")),
            (
                "quotes around the value were lost",
                format!("%22{value}%22"),
            ),
            ("the value was without its quotes", value.replace("%22", "")),
            (
                "a space in the value was two",
                value.replace("%20", "%20%20").replace('+', "++"),
            ),
        ] {
            changed.push((SPELLED, words, format!("{key}={value}")));
        }
        changed.push((
            SPELLED,
            "a space after the key was lost",
            format!("{key}%20={value}"),
        ));
        changed.push((
            PLUS,
            "the plus itself was signed, and a receiver reads a space",
            pair.replace('+', "%2B"),
        ));
        for (words, key, value) in [
            (
                "the key was in upper case",
                key.to_ascii_uppercase(),
                value.to_owned(),
            ),
            (
                "the key was in lower case",
                key.to_ascii_lowercase(),
                value.to_owned(),
            ),
            (
                "the value was in upper case",
                key.to_owned(),
                value.to_ascii_uppercase(),
            ),
            (
                "the value was in lower case",
                key.to_owned(),
                value.to_ascii_lowercase(),
            ),
        ] {
            changed.push((SPELLED, words, format!("{key}={value}")));
        }
        if value.is_empty() {
            for word in [
                "null",
                "undefined",
                "None",
                "nil",
                "true",
                "false",
                "0",
                "1",
            ] {
                changed.push((
                    SPELLED,
                    "the empty value was a word",
                    format!("{key}={word}"),
                ));
            }
        }
        let with = |changed: &str| {
            let all = pairs.iter().enumerate();
            let all = all.map(|(at, other)| if at == place { changed } else { other });
            all.collect::<Vec<_>>().join("&")
        };
        let shown = |changed: &str| fcgate_text::visible::line(changed, 200);
        let spelled: Vec<Spelled> = changed
            .into_iter()
            .filter(|(_, _, changed)| changed != pair)
            .map(|(mistake, words, changed)| {
                (
                    mistake,
                    format!("{words}: signed was `{}`", shown(&changed)),
                    with(&changed),
                )
            })
            .collect();
        spelled
    })
}

/// Other ways to write a key that has several values.
fn repeated(query: &str) -> impl Iterator<Item = Spelled> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for pair in query.split('&').take(MOST_PAIRS) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        match groups.iter_mut().find(|(other, _)| *other == key) {
            Some((_, values)) => values.push(value),
            None => groups.push((key, vec![value])),
        }
    }
    let is_repeated = groups.iter().any(|(_, values)| values.len() > 1);
    let joined = |join: fn(&str, &[&str]) -> String| {
        let pairs: Vec<String> = groups
            .iter()
            .map(|(key, values)| join(key, values))
            .collect();
        pairs.join("&")
    };
    let forms = [
        (
            "only the first value of a repeated key was signed",
            joined(|key, values| format!("{key}={}", values.first().copied().unwrap_or_default())),
        ),
        (
            "only the last value of a repeated key was signed",
            joined(|key, values| format!("{key}={}", values.last().copied().unwrap_or_default())),
        ),
        (
            "the values of a repeated key were joined by commas",
            joined(|key, values| format!("{key}={}", values.join("%2C"))),
        ),
        (
            "the values of a repeated key were joined by commas and spaces",
            joined(|key, values| format!("{key}={}", values.join("%2C%20"))),
        ),
    ];
    let forms = forms.map(|(words, signed)| (SPELLED, words.to_owned(), signed));
    forms.into_iter().filter(move |_| is_repeated)
}

/// Every order of a few pairs. Only a client that does not sort them signs another text.
fn orders(query: &str) -> impl Iterator<Item = Spelled> {
    let pairs: Vec<&str> = query.split('&').collect();
    let mut orders: Vec<Vec<&str>> = vec![Vec::new()];
    if pairs.len() <= MOST_ORDERED {
        for pair in pairs {
            orders = orders
                .into_iter()
                .flat_map(|order| {
                    (0..=order.len()).map(move |at| {
                        let mut longer = order.clone();
                        longer.insert(at, pair);
                        longer
                    })
                })
                .collect();
        }
    }
    orders.into_iter().map(|order| {
        let signed = order.join("&");
        let detail = format!(
            "the pairs were reordered: signed was `{}`",
            fcgate_text::visible::line(&signed, 200)
        );
        (SPELLED, detail, signed)
    })
}

fn without_empty(query: &str) -> String {
    let pairs = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.ends_with('='));
    pairs.collect::<Vec<_>>().join("&")
}
