//! A header value was changed after signing.

use crate::search::common_values::usual_values;
use crate::search::original::{Candidates, Original};
use crate::signing::rule::Rule;

/// The most headers whose values are changed one by one.
const MOST_HEADERS: usize = 64;

/// Headers with transformations of their own.
const OF_OTHERS: [&str; 5] = [
    "host",
    "date",
    "x-fc-date",
    "x-acs-date",
    "x-acs-content-sha256",
];

pub(in crate::search) fn transformations<'a>(original: &'a Original<'a>) -> Candidates<'a> {
    let headers = original.input.headers.iter().enumerate();
    let signed = headers
        .filter(|(_, (name, _))| original.covers(name))
        .filter(|(_, (name, _))| !OF_OTHERS.iter().any(|one| one.eq_ignore_ascii_case(name)))
        .take(MOST_HEADERS);
    Box::new(signed.flat_map(move |(place, (name, value))| {
        let lower = name.to_ascii_lowercase();
        let sent = value.trim().to_owned();
        let values = values_instead(original.rule, &lower, &sent);
        values
            .into_iter()
            .filter(move |(_, other)| *other != sent)
            .map(move |(words, other)| {
                let detail = if fcgate_text::redaction::is_token_name(&lower) {
                    format!("`{lower}`: {words}")
                } else {
                    format!(
                        "`{lower}`: {words}: signed was `{}`",
                        fcgate_text::visible::line(&other, 120)
                    )
                };
                let mistake = if lower == "content-type" {
                    "another-content-type-sent"
                } else {
                    "header-value-changed-after-signing"
                };
                original.with(mistake, detail, |input| {
                    if let Some((_, value)) = input.headers.get_mut(place) {
                        *value = other;
                    }
                })
            })
    }))
}

/// Values that may have been signed instead of the sent one.
fn values_instead(rule: Rule, name: &str, sent: &str) -> Vec<(&'static str, String)> {
    let mut values: Vec<(&'static str, String)> = usual_values(name)
        .map(|value| ("a usual value", value))
        .collect();
    let media = sent
        .split(';')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_owned();
    let spelled = [
        ("without the parameters that follow", media.clone()),
        ("with a charset", format!("{media}; charset=utf-8")),
        ("with a charset", format!("{media};charset=utf-8")),
        ("with a charset", format!("{media}; charset=UTF-8")),
        ("with a charset", format!("{media};charset=UTF-8")),
        (
            "without the space before its parameters",
            sent.replace("; ", ";"),
        ),
        (
            "with a space before its parameters",
            sent.replace("; ", ";").replace(';', "; "),
        ),
        ("in lower case", sent.to_ascii_lowercase()),
        ("in upper case", sent.to_ascii_uppercase()),
        ("with quotes around it", format!("\"{sent}\"")),
        ("without its quotes", sent.trim_matches('"').to_owned()),
        ("with single quotes around it", format!("'{sent}'")),
        ("with two spaces instead of one", sent.replace(' ', "  ")),
        (
            "with one space instead of several",
            sent.split(' ')
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
        ),
        ("without spaces", sent.replace(' ', "")),
        ("with a space after it", format!("{sent} ")),
        ("with a line end after it", format!("{sent}\n")),
        (
            "percent-encoded",
            crate::signing::encoding::encode(sent.as_bytes()),
        ),
        (
            "percent-decoded",
            percent_encoding::percent_decode_str(sent)
                .decode_utf8_lossy()
                .into_owned(),
        ),
        ("empty", String::new()),
    ];
    let is_type = name == "content-type";
    values.extend(
        spelled
            .into_iter()
            .filter(|(words, _)| is_type || !words.contains("charset")),
    );
    for word in ["null", "undefined", "None", "nil"] {
        values.push(("a word instead of it", word.to_owned()));
    }
    if rule == Rule::Acs3 && name == "user-agent" {
        values.truncate(24);
    }
    values
}
