//! Another text is signed than the one that the rules give.

use fcgate_protocol::Scheme;

use super::mistake::ForeignMistake;
use super::step::Step;

pub(super) const MISTAKES: &[ForeignMistake] = &[
    ForeignMistake::new(
        "text-ends-with-a-line-feed",
        "ends the signed text with a line feed",
        &["FCG0139"],
        Step::SignsText(|_, text| text + "\n"),
    ),
    ForeignMistake::new(
        "text-with-byte-order-mark",
        "signs the text with a byte order mark before it",
        &[],
        Step::SignsText(|_, text| format!("\u{feff}{text}")),
    ),
    ForeignMistake::new(
        "text-with-written-line-feeds",
        "signs a backslash and an n for each line feed",
        &[],
        Step::SignsText(|_, text| text.replace('\n', "\\n")),
    ),
    ForeignMistake::new(
        "text-decoded-whole",
        "decodes the percent escapes of the whole signed text",
        &["FCG0136"],
        Step::SignsText(|_, text| {
            let decoded = crate::signing::encoding::decode(&text);
            crate::signing::encoding::text(decoded)
        }),
    ),
    ForeignMistake::new(
        "text-without-spaces",
        "removes the spaces from the signed text",
        &[],
        Step::SignsText(|_, text| text.replace(' ', "")),
    ),
    ForeignMistake::new(
        "text-in-two-bytes-for-each-character",
        "signs the text in UTF-16",
        &[],
        Step::SignsText(|_, text| {
            let units = text.encode_utf16().flat_map(u16::to_le_bytes);
            units.map(char::from).collect()
        }),
    ),
    ForeignMistake::new(
        "query-in-descending-order",
        "signs the query of ACS3 in descending order",
        &[],
        Step::SignsText(|input, text| {
            change_line(input.scheme == Scheme::Acs3, text, 2, |query| {
                let mut pairs: Vec<&str> = query.split('&').collect();
                pairs.reverse();
                pairs.join("&")
            })
        }),
    ),
    ForeignMistake::new(
        "query-in-the-order-of-the-lengths",
        "signs the query of ACS3 with the short parameters first",
        &[],
        Step::SignsText(|input, text| {
            change_line(input.scheme == Scheme::Acs3, text, 2, |query| {
                let mut pairs: Vec<&str> = query.split('&').collect();
                pairs.sort_by_key(|pair| pair.len());
                pairs.join("&")
            })
        }),
    ),
    ForeignMistake::new(
        "method-always-post",
        "signs POST, whatever the method is",
        &[],
        Step::SignsText(|_, text| change_line(true, text, 0, |_| "POST".to_owned())),
    ),
    ForeignMistake::new(
        "content-type-always-json",
        "signs application/json, whatever the Content-Type is",
        &[],
        Step::SignsText(|input, text| {
            change_line(input.scheme == Scheme::Fc, text, 2, |_| {
                "application/json".to_owned()
            })
        }),
    ),
    ForeignMistake::new(
        "content-md5-lower-cased",
        "signs the Content-MD5 in lower case",
        &[],
        Step::SignsText(|input, text| {
            change_line(input.scheme == Scheme::Fc, text, 1, str::to_ascii_lowercase)
        }),
    ),
    ForeignMistake::new(
        "zone-written-in-digits",
        "signs the date with +0000 instead of GMT",
        &[],
        Step::SignsText(|_, text| text.replacen(" GMT\n", " +0000\n", 1)),
    ),
    ForeignMistake::new(
        "headers-parted-by-equals-signs",
        "signs header lines with an equals sign",
        &[],
        Step::SignsText(|input, text| match input.scheme {
            Scheme::Fc => text.replace(':', "="),
            Scheme::Acs3 => text,
        }),
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
