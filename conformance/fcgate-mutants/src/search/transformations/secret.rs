//! The secret was used in another spelling. No text shows it.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use percent_encoding::percent_decode_str;

use fcgate_cases::oracle::sha256_hex;

use crate::search::original::{Candidates, Original};
use crate::signing::encoding::{encode, hex, md5};

const WHITE_SPACE: &str = "secret-with-white-space";
const SPELLED: &str = "secret-in-another-spelling";

pub(in crate::search) fn transformations<'a>(original: &'a Original<'a>) -> Candidates<'a> {
    let key = &original.input.credentials;
    let secret = key.access_key_secret.as_str();
    let spellings = spellings(secret).into_iter().chain(other_texts(
        &key.access_key_id,
        key.security_token.as_deref(),
    ));
    Box::new(
        spellings
            .filter(move |(_, _, spelled)| spelled != secret)
            .map(move |(mistake, detail, spelled)| {
                original.with(mistake, detail, |input| {
                    input.credentials.access_key_secret = spelled;
                })
            }),
    )
}

/// What was around the secret: the words, the text before it and the text after it.
const WHITE_SPACES: [(&str, &str, &str); 12] = [
    ("with a line end after it (LF)", "", "\n"),
    ("with a line end after it (CR LF)", "", "\r\n"),
    ("with a CR after it", "", "\r"),
    ("with a space after it", "", " "),
    ("with a space before it", " ", ""),
    ("with a space before and after it", " ", " "),
    ("with a TAB after it", "", "\t"),
    ("with a TAB before it", "\t", ""),
    ("with a no-break space after it", "", "\u{a0}"),
    (
        "with an invisible character before it (U+FEFF)",
        "\u{feff}",
        "",
    ),
    (
        "with an invisible character before it (U+200B)",
        "\u{200b}",
        "",
    ),
    (
        "with an invisible character after it (U+200B)",
        "",
        "\u{200b}",
    ),
];

const AROUND: [(&str, &str, &str); 15] = [
    (
        "with an ampersand after it, as in the RPC signature of other products",
        "",
        "&",
    ),
    ("with double quotes around it", "\"", "\""),
    ("with single quotes around it", "'", "'"),
    ("with backquotes around it", "`", "`"),
    ("with a double quote before it", "\"", ""),
    ("with a double quote after it", "", "\""),
    ("with typographic quotes around it", "\u{201c}", "\u{201d}"),
    ("with angle brackets around it", "<", ">"),
    ("with a semicolon after it", "", ";"),
    ("with a comma after it", "", ","),
    ("with an equals sign after it", "", "="),
    ("with an equals sign before it", "=", ""),
    ("with a backslash and the letter n after it", "", "\\n"),
    ("with the prefix AWS4 of Signature Version 4", "AWS4", ""),
    (
        "with the prefix aliyun_v4 of Signature Version 4",
        "aliyun_v4",
        "",
    ),
];

/// The secret with something around it, without a part of it, or encoded.
fn spellings(secret: &str) -> Vec<(&'static str, &'static str, String)> {
    let trimmed = secret.trim().to_owned();
    let trimmed = (
        WHITE_SPACE,
        "without the white space of the given one",
        trimmed,
    );
    let with = |mistake: &'static str| {
        move |(words, before, after): (&'static str, &str, &str)| {
            (mistake, words, format!("{before}{secret}{after}"))
        }
    };
    let spaces = WHITE_SPACES.into_iter().map(with(WHITE_SPACE));
    let around = AROUND.into_iter().map(with(SPELLED));
    let encoded = encoded(secret).into_iter();
    std::iter::once(trimmed)
        .chain(spaces)
        .chain(around)
        .chain(encoded.map(|(words, text)| (SPELLED, words, text)))
        .collect()
}

/// The secret in an encoding, or without a part of it.
fn encoded(secret: &str) -> Vec<(&'static str, String)> {
    let unescaped = percent_decode_str(secret).decode_utf8_lossy().into_owned();
    let first = secret.chars().skip(1).collect();
    let mut encoded = vec![
        ("in base64", STANDARD.encode(secret)),
        (
            "in base64 with a line end",
            STANDARD.encode(format!("{secret}\n")),
        ),
        ("in hex", hex(secret.as_bytes())),
        ("in lower case", secret.to_ascii_lowercase()),
        ("in upper case", secret.to_ascii_uppercase()),
        ("percent-encoded", encode(secret.as_bytes())),
        ("percent-decoded", unescaped),
        (
            "form-decoded, so that a plus is a space",
            secret.replace('+', " "),
        ),
        ("as its MD5 in hex", hex(&md5(secret.as_bytes()))),
        ("as its SHA-256 in hex", sha256_hex(secret.as_bytes())),
        ("backwards", secret.chars().rev().collect()),
        ("twice in a row", secret.repeat(2)),
        ("without its first character", first),
        ("without its last character", without_last(secret)),
    ];
    for bytes in [STANDARD.decode(secret), URL_SAFE.decode(secret)] {
        let text = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok());
        encoded.extend(text.map(|text| ("base64-decoded", text)));
    }
    encoded
}

/// Texts that are used instead of the secret.
fn other_texts(
    id: &str,
    token: Option<&str>,
) -> impl Iterator<Item = (&'static str, &'static str, String)> {
    let own = [
        ("the access key id was used instead of it", id.to_owned()),
        (
            "nothing was used instead of it: the variable was empty",
            String::new(),
        ),
    ];
    let token = token.map(|token| {
        (
            "the security token was used instead of it",
            token.to_owned(),
        )
    });
    let words = [
        "undefined",
        "null",
        "None",
        "nil",
        "NULL",
        "<nil>",
        "[object Object]",
        "***",
        "******",
        "your-access-key-secret",
        "yourAccessKeySecret",
        "<your-access-key-secret>",
        "<yourAccessKeySecret>",
        "YOUR_ACCESS_KEY_SECRET",
        "accessKeySecret",
        "access_key_secret",
        "${ALIBABA_CLOUD_ACCESS_KEY_SECRET}",
        "$ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "%ALIBABA_CLOUD_ACCESS_KEY_SECRET%",
        "${FCGATE_ACCESS_KEY_SECRET}",
        "$FCGATE_ACCESS_KEY_SECRET",
    ];
    let words = words.map(|word| {
        (
            "a placeholder or an unset variable was used instead of it",
            word.to_owned(),
        )
    });
    own.into_iter()
        .chain(token)
        .chain(words)
        .map(|(detail, text)| (SPELLED, detail, text))
}

fn without_last(text: &str) -> String {
    let mut characters = text.chars();
    characters.next_back();
    characters.collect()
}
