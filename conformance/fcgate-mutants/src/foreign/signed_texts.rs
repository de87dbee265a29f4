//! Another text is signed than the one that the rules give.

use fcgate_protocol::{Scheme, SignInput};

use super::mistake::ForeignMistake;
use super::step::Step;

const fn mistake(
    name: &'static str,
    summary: &'static str,
    right_names: &'static [&'static str],
    change: fn(&SignInput, String) -> String,
) -> ForeignMistake {
    ForeignMistake::new(name, summary, right_names, Step::SignsText(change))
}

pub(super) const MISTAKES: &[ForeignMistake] = &[
    mistake(
        "text-ends-with-a-line-feed",
        "ends the signed text with a line feed",
        &["FCG0139"],
        |_, text| text + "\n",
    ),
    mistake(
        "text-with-byte-order-mark",
        "signs the text with a byte order mark before it",
        &[],
        |_, text| format!("\u{feff}{text}"),
    ),
    mistake(
        "text-with-written-line-feeds",
        "signs a backslash and an n for each line feed",
        &[],
        |_, text| text.replace('\n', "\\n"),
    ),
    mistake(
        "text-decoded-whole",
        "decodes the percent escapes of the whole signed text",
        &["FCG0136"],
        |_, text| {
            let decoded = crate::signing::encoding::decode(&text);
            crate::signing::encoding::text(decoded)
        },
    ),
    mistake(
        "text-without-spaces",
        "removes the spaces from the signed text",
        &[],
        |_, text| text.replace(' ', ""),
    ),
    mistake(
        "text-in-two-bytes-for-each-character",
        "signs the text in UTF-16",
        &[],
        |_, text| {
            let units = text.encode_utf16().flat_map(u16::to_le_bytes);
            units.map(char::from).collect()
        },
    ),
    mistake(
        "query-in-descending-order",
        "signs the query of ACS3 in descending order",
        &[],
        |input, text| {
            change_line(input.scheme == Scheme::Acs3, text, 2, |query| {
                let mut pairs: Vec<&str> = query.split('&').collect();
                pairs.reverse();
                pairs.join("&")
            })
        },
    ),
    mistake(
        "query-in-the-order-of-the-lengths",
        "signs the query of ACS3 with the short parameters first",
        &[],
        |input, text| {
            change_line(input.scheme == Scheme::Acs3, text, 2, |query| {
                let mut pairs: Vec<&str> = query.split('&').collect();
                pairs.sort_by_key(|pair| pair.len());
                pairs.join("&")
            })
        },
    ),
    mistake(
        "method-always-post",
        "signs POST, whatever the method is",
        &[],
        |_, text| change_line(true, text, 0, |_| "POST".to_owned()),
    ),
    mistake(
        "content-type-always-json",
        "signs application/json, whatever the Content-Type is",
        &[],
        |input, text| {
            change_line(input.scheme == Scheme::Fc, text, 2, |_| {
                "application/json".to_owned()
            })
        },
    ),
    mistake(
        "content-md5-lower-cased",
        "signs the Content-MD5 in lower case",
        &[],
        |input, text| change_line(input.scheme == Scheme::Fc, text, 1, str::to_ascii_lowercase),
    ),
    mistake(
        "zone-written-in-digits",
        "signs the date with +0000 instead of GMT",
        &[],
        |_, text| text.replacen(" GMT\n", " +0000\n", 1),
    ),
    mistake(
        "headers-parted-by-equals-signs",
        "signs header lines with an equals sign",
        &[],
        |input, text| match input.scheme {
            Scheme::Fc => text.replace(':', "="),
            Scheme::Acs3 => text,
        },
    ),
];

/// Changes one line of the text.
fn change_line(
    applies: bool,
    text: String,
    number: usize,
    change: impl Fn(&str) -> String,
) -> String {
    if !applies {
        return text;
    }
    let lines = text.split('\n').enumerate();
    let lines = lines.map(|(at, line)| {
        if at == number {
            change(line)
        } else {
            line.to_owned()
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}
