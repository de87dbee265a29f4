//! The markers, and the forms in which a text could show them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

pub(crate) const SECRET: &str = "Zq7vXk2wJm9pTf4yRb6nLd8sHg3c";
pub(crate) const TOKEN: &str = "Wc5rYh8uKe2xPa7mQz4tGj9vNb3fSd6kLw8yVp2qTg5h";

/// The characters of the marker that make a piece. Fewer could occur by chance.
const PIECE: usize = 7;

/// The pieces of one marker in each form.
pub(crate) struct Search {
    pieces: Vec<(&'static str, String)>,
    all: AhoCorasick,
}

impl Search {
    pub(crate) fn new(marker: &str) -> Self {
        let reversed: String = marker.chars().rev().collect();
        let hex = |before: &str| {
            marker.bytes().fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{before}{byte:02x}");
                hex
            })
        };
        let mut base64 = BTreeSet::new();
        for skipped in 0..3 {
            // The groups of base64 depend on the number of bytes before the marker.
            let whole = (marker.len() - skipped) / 3 * 3;
            let part = &marker.as_bytes()[skipped..skipped + whole];
            for text in [STANDARD.encode(part), URL_SAFE.encode(part)] {
                base64.extend(pieces(&text, 2 * PIECE));
            }
        }
        let forms = [
            ("plain", pieces(marker, PIECE)),
            ("reversed", pieces(&reversed, PIECE)),
            ("base64", base64),
            ("hex", pieces(&hex(""), 2 * PIECE)),
            ("percent", pieces(&hex("%"), 3 * PIECE)),
        ];
        let mut all = Vec::new();
        for (form, pieces) in forms {
            all.extend(pieces.into_iter().map(|piece| (form, piece)));
        }
        // The digits of hex may be in both cases; a marker in another case does not occur by chance.
        let search = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(all.iter().map(|(_, piece)| piece));
        Self {
            pieces: all,
            all: search.unwrap(),
        }
    }

    /// The first form in which a text shows a piece of the marker.
    pub(crate) fn find(&self, text: &str) -> Option<(&'static str, String)> {
        let found = self.all.find(text)?;
        Some(self.pieces[found.pattern().as_usize()].clone())
    }
}

/// Every run of this many characters.
fn pieces(text: &str, length: usize) -> BTreeSet<String> {
    let bytes = text.as_bytes().windows(length);
    bytes
        .map(|piece| String::from_utf8_lossy(piece).into_owned())
        .collect()
}

#[test]
fn every_form_and_every_half_of_a_marker_is_found() {
    let search = Search::new(SECRET);
    let hex = |before: &str| {
        let bytes = SECRET.bytes();
        let bytes: Vec<String> = bytes.map(|byte| format!("{before}{byte:02X}")).collect();
        bytes.concat()
    };
    let reversed: String = SECRET.chars().rev().collect();
    for (form, shown) in [
        ("plain", SECRET.to_owned()),
        ("plain", SECRET[..9].to_owned()),
        ("plain", SECRET[19..].to_owned()),
        ("reversed", reversed),
        ("base64", STANDARD.encode(SECRET)),
        ("base64", STANDARD.encode(format!("a{SECRET}"))),
        ("base64", URL_SAFE.encode(format!("ab{SECRET}"))),
        ("hex", hex("")),
        ("percent", hex("%")),
    ] {
        let found = search.find(&format!("in a text: {shown}, and more"));
        assert_eq!(found.map(|(form, _)| form), Some(form), "{shown}");
    }
    assert_eq!(search.find("a text without the marker"), None);
}
