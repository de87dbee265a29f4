//! The payload is changed before the request is built.

use super::mistake::ForeignMistake;
use super::step::Step;

/// A mistake in the payload that the caller gave.
pub(super) const MISTAKES: &[ForeignMistake] = &[
    ForeignMistake::new(
        "payload-trimmed",
        "strips the white space around the payload",
        &[],
        Step::Input(|given| replace(given, |payload| payload.trim_ascii().to_vec())),
    ),
    ForeignMistake::new(
        "payload-with-line-feed",
        "ends the payload with a line feed",
        &[],
        Step::Input(|given| {
            replace(given, |payload| match payload.last() {
                Some(b'\n') | None => payload.to_vec(),
                Some(_) => [payload, b"\n"].concat(),
            });
        }),
    ),
    ForeignMistake::new(
        "payload-without-its-last-line-feed",
        "removes one line feed at the end of the payload",
        &[],
        Step::Input(|given| {
            replace(given, |payload| {
                payload.strip_suffix(b"\n").unwrap_or(payload).to_vec()
            });
        }),
    ),
    ForeignMistake::new(
        "payload-with-dos-line-ends",
        "sends CR LF for each line feed of the payload",
        &[],
        Step::Input(|given| {
            replace(given, |payload| {
                let lines: Vec<&[u8]> = payload.split(|byte| *byte == b'\n').collect();
                lines.join(b"\r\n".as_slice())
            });
        }),
    ),
    ForeignMistake::new(
        "payload-in-latin-1",
        "sends the payload in Latin-1, with question marks for other characters",
        &[],
        Step::Input(|given| {
            replace(given, |payload| match std::str::from_utf8(payload) {
                Ok(text) => {
                    let characters = text.chars();
                    let bytes = characters.map(|one| u8::try_from(one).unwrap_or(b'?'));
                    bytes.collect()
                }
                Err(_) => payload.to_vec(),
            });
        }),
    ),
    ForeignMistake::new(
        "payload-in-ascii",
        "replaces each byte of the payload above 127 by a question mark",
        &[],
        Step::Input(|given| {
            replace(given, |payload| {
                let bytes = payload.iter();
                let ascii = bytes.map(|byte| if byte.is_ascii() { *byte } else { b'?' });
                ascii.collect()
            });
        }),
    ),
    ForeignMistake::new(
        "payload-with-a-zero-byte",
        "sends the zero byte that ends the payload in memory",
        &[],
        Step::Input(|given| replace(given, |payload| [payload, b"\0"].concat())),
    ),
    ForeignMistake::new(
        "payload-cut-to-a-buffer",
        "sends the first 4 KiB of the payload",
        &["FCG0331"],
        Step::Input(|given| {
            replace(given, |payload| {
                payload.get(..4096).unwrap_or(payload).to_vec()
            });
        }),
    ),
    ForeignMistake::new(
        "payload-without-spaces",
        "removes the spaces of a JSON payload",
        &["FCG0324"],
        Step::Input(|given| {
            replace(given, |payload| match payload.first() {
                Some(b'{' | b'[') => payload
                    .iter()
                    .filter(|one| **one != b' ')
                    .copied()
                    .collect(),
                _ => payload.to_vec(),
            });
        }),
    ),
    ForeignMistake::new(
        "payload-in-hex",
        "sends the payload in hex",
        &[],
        Step::Input(|given| {
            replace(given, |payload| {
                crate::signing::encoding::hex(payload).into_bytes()
            });
        }),
    ),
    ForeignMistake::new(
        "payload-never-sent",
        "does not send the payload",
        &["FCG0330"],
        Step::Input(|given| given.input.payload = None),
    ),
    ForeignMistake::new(
        "payload-null-for-empty",
        "sends null for an empty payload",
        &[],
        Step::Input(|given| {
            if given.input.payload.as_ref().is_none_or(Vec::is_empty) {
                given.input.payload = Some(b"null".to_vec());
            }
        }),
    ),
    ForeignMistake::new(
        "payload-in-an-object",
        "sends the payload as the field of an object",
        &[],
        Step::Input(|given| {
            replace(given, |payload| [b"{\"payload\":", payload, b"}"].concat());
        }),
    ),
];

fn replace(given: &mut fcgate_protocol::BuildInput, change: impl Fn(&[u8]) -> Vec<u8>) {
    if let Some(payload) = &mut given.input.payload {
        *payload = change(payload);
    }
}
