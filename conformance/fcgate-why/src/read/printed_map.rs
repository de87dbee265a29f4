//! Maps that are printed without quotes: Go's `map[Host:[h]]`, Java's `{Host=[h]}`, PHP's `Array ( [Host] => h )`.

use super::latin1;
use super::lines::lines;
use super::printed_value::Value;

/// The entries of the first map of the text, if it is printed without quotes.
pub(super) fn read(text: &[u8]) -> Option<Value> {
    let entries = go(text).or_else(|| java(text)).or_else(|| php(text))?;
    let entries = entries.into_iter().map(|(name, value)| {
        (
            name,
            Value::Text(
                value
                    .chars()
                    .filter_map(|one| u8::try_from(one).ok())
                    .collect(),
            ),
        )
    });
    Some(Value::Object(entries.collect()))
}

type Entries = Vec<(String, String)>;

/// `map[Accept:[*/*] Date:[Sat, 28 Nov 2026 21:21:32 GMT]]`.
fn go(text: &[u8]) -> Option<Entries> {
    let start = position(text, b"map[")? + 4;
    let mut rest = text.get(start..)?;
    let mut entries = Vec::new();
    while let Some((name, after)) = named(rest.trim_ascii_start(), b":[") {
        // A value may contain brackets; it ends before the next name or the end of the map.
        let mut from = 0;
        let end = loop {
            let end = from + position(after.get(from..)?, b"]")?;
            let next = after.get(end + 1..).unwrap_or_default();
            let is_end = next.starts_with(b"]")
                || next
                    .strip_prefix(b" ")
                    .is_some_and(|next| named(next, b":[").is_some());
            if is_end || next.is_empty() {
                break end;
            }
            from = end + 1;
        };
        entries.push((name, latin1(after.get(..end)?)));
        rest = after.get(end + 1..)?;
    }
    (!entries.is_empty()).then_some(entries)
}

/// `{Host=[h], Date=[Sat, 28 Nov 2026 21:21:32 GMT]}`, also without the inner brackets.
fn java(text: &[u8]) -> Option<Entries> {
    let mut from = 0;
    let mut rest = loop {
        let start = from + position(text.get(from..)?, b"{")? + 1;
        let rest = text.get(start..)?;
        if named(rest, b"=").is_some_and(|(_, value)| !value.starts_with(b">")) {
            break rest;
        }
        from = start;
    };
    let mut entries = Vec::new();
    while let Some((name, after)) = named(rest, b"=") {
        let mut from = 0;
        let (end, length) = loop {
            let byte = after
                .get(from..)?
                .iter()
                .position(|byte| matches!(byte, b',' | b'}'));
            let Some(at) = byte.map(|at| from + at) else {
                break (after.len(), 0);
            };
            let next = after.get(at..).unwrap_or_default();
            if next.starts_with(b"}") {
                break (at, 0);
            }
            let next = next.strip_prefix(b", ");
            let name = next.and_then(|next| named(next, b"="));
            // The parts of an ACS3 authorization are no headers.
            let is_part = |name: &str| matches!(name, "Credential" | "SignedHeaders" | "Signature");
            if name.is_some_and(|(name, _)| !is_part(&name)) {
                break (at, 2);
            }
            from = at + 1;
        };
        let value = latin1(after.get(..end)?);
        let inner = value
            .strip_prefix('[')
            .and_then(|value| value.strip_suffix(']'));
        entries.push((name, inner.unwrap_or(&value).to_owned()));
        rest = after.get(end + length..)?;
        if length == 0 {
            break;
        }
    }
    (!entries.is_empty()).then_some(entries)
}

/// `[Host] => h` on a line each; an inner array has its values on lines of their own.
fn php(text: &[u8]) -> Option<Entries> {
    let mut entries: Entries = Vec::new();
    let mut outer = None;
    for line in lines(text).map(<[u8]>::trim_ascii) {
        let line = latin1(line);
        let Some((name, value)) = line
            .strip_prefix('[')
            .and_then(|line| line.split_once("] => "))
        else {
            continue;
        };
        let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
        if value == "Array" {
            outer = Some(name.to_owned());
        } else if is_number {
            let name = outer.clone().unwrap_or_else(|| name.to_owned());
            entries.push((name, value.to_owned()));
        } else {
            entries.push((name.to_owned(), value.to_owned()));
        }
    }
    (!entries.is_empty()).then_some(entries)
}

/// A name of a header before a separator, and what follows it.
fn named<'a>(text: &'a [u8], separator: &[u8]) -> Option<(String, &'a [u8])> {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
    let length = text
        .iter()
        .take(128)
        .take_while(|byte| is_of_name(byte))
        .count();
    let (name, rest) = text.split_at_checked(length).filter(|_| length > 0)?;
    Some((latin1(name), rest.strip_prefix(separator)?))
}

fn position(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|bytes| bytes == wanted)
}

#[cfg(test)]
mod tests {
    use super::{Value, read};

    #[test]
    fn values_with_commas_colons_and_brackets_are_read() {
        let wanted = [
            ("Date", "Sat, 28 Nov 2026 21:21:32 GMT"),
            ("X-A", "[1] a=b, c"),
        ];
        for text in [
            "map[Date:[Sat, 28 Nov 2026 21:21:32 GMT] X-A:[[1] a=b, c]]",
            "headers = {Date=[Sat, 28 Nov 2026 21:21:32 GMT], X-A=[[1] a=b, c]}",
            "Array\n(\n    [Date] => Sat, 28 Nov 2026 21:21:32 GMT\n    [X-A] => [1] a=b, c\n)",
            "Array\n(\n  [Date] => Array\n  (\n   [0] => Sat, 28 Nov 2026 21:21:32 GMT\n  )\n [X-A] => Array\n  (\n [0] => [1] a=b, c\n )\n)",
        ] {
            let Some(Value::Object(entries)) = read(text.as_bytes()) else {
                panic!("{text}");
            };
            let wanted = wanted
                .map(|(name, value)| (name.to_owned(), Value::Text(value.as_bytes().to_vec())));
            assert_eq!(entries, wanted, "{text}");
        }
    }
}
