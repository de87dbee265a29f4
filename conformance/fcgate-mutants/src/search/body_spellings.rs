//! Other spellings of a body: line ends, white space of JSON, encodings.

use std::fmt::Write as _;

use crate::signing::encoding::base64;

/// Larger bodies are not spelled differently, which would be expensive.
const LARGEST: usize = 256 << 10;

/// Bodies that may have been meant instead of this one, with words for the difference.
pub fn spellings(body: &[u8]) -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    let body = if body.len() > LARGEST { &[] } else { body };
    let text = String::from_utf8_lossy(body).into_owned();
    let compact = json_with(&text, ",", ":");
    let mut spellings = vec![
        ("the body was empty", String::new()),
        ("the body ended with a line end", format!("{text}\n")),
        (
            "the body ended with a line end (CR LF)",
            format!("{text}\r\n"),
        ),
        (
            "the body had no line end or space at its end",
            text.trim_end().to_owned(),
        ),
        (
            "the body had no white space around it",
            text.trim().to_owned(),
        ),
        ("the lines ended with LF", text.replace("\r\n", "\n")),
        (
            "the lines ended with CR LF",
            text.replace("\r\n", "\n").replace('\n', "\r\n"),
        ),
        ("the JSON had no white space", compact),
        (
            "the JSON had a space after each comma and colon",
            json_with(&text, ", ", ": "),
        ),
        (
            "the JSON had a space after each colon",
            json_with(&text, ",", ": "),
        ),
        (
            "the body was a JSON string",
            serde_json::Value::from(text.as_str()).to_string(),
        ),
        ("the body was in base64", base64(body)),
        (
            "the body was a byte order mark and the text",
            format!("\u{feff}{text}"),
        ),
        ("the body was empty JSON", "{}".to_owned()),
        ("the body was the word null", "null".to_owned()),
        ("the body was the word undefined", "undefined".to_owned()),
        ("the characters beyond ASCII were escaped", escaped(&text)),
    ];
    if let Ok(json) = serde_json::from_str::<serde_json::Value>(&text) {
        if let Ok(pretty) = serde_json::to_string_pretty(&json) {
            spellings.push(("the JSON was indented by two spaces", pretty));
        }
        spellings.push(("the keys of the JSON were sorted", json.to_string()));
    }
    spellings
        .into_iter()
        .map(|(words, text)| (words, text.into_bytes()))
}

/// JSON with other separators and no other white space.
fn json_with(text: &str, comma: &str, colon: &str) -> String {
    let (mut out, mut in_string, mut is_escaped) = (String::new(), false, false);
    for character in text.chars() {
        match character {
            _ if in_string => {
                out.push(character);
                in_string = is_escaped || character != '"';
                is_escaped = !is_escaped && character == '\\';
            }
            '"' => {
                in_string = true;
                out.push(character);
            }
            ',' => out.push_str(comma),
            ':' => out.push_str(colon),
            character if character.is_ascii_whitespace() => {}
            character => out.push(character),
        }
    }
    out
}

/// JSON escapes for all characters beyond ASCII.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if character.is_ascii() {
            out.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::spellings;

    #[test]
    fn json_is_spelled_with_and_without_white_space() {
        let all: Vec<_> = spellings(br#"{"a": "b, c:\" ", "d":1}"#)
            .map(|(_, body)| String::from_utf8(body).unwrap())
            .collect();
        for text in [
            r#"{"a":"b, c:\" ","d":1}"#,
            r#"{"a": "b, c:\" ", "d": 1}"#,
            "",
        ] {
            assert!(all.iter().any(|one| one == text), "{text}: {all:?}");
        }
    }
}
