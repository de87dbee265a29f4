//! Changes of a text that looks untidy to a client.

/// Rounds whole numbers of 17 digits and more to a double.
pub(super) fn round_large_numbers(text: &[u8]) -> Vec<u8> {
    let mut rounded = Vec::new();
    let mut rest = text;
    while let Some(byte) = rest.first() {
        let is_digit = byte.is_ascii_digit();
        let same = |other: &&u8| other.is_ascii_digit() == is_digit;
        let (run, after) = rest.split_at(rest.iter().take_while(same).count());
        let number: Option<f64> = std::str::from_utf8(run)
            .ok()
            .and_then(|run| run.parse().ok());
        match number.filter(|_| is_digit && run.len() >= 16) {
            Some(number) => rounded.extend(format!("{number:.0}").into_bytes()),
            None => rounded.extend(run),
        }
        rest = after;
    }
    rounded
}

/// Replaces HTML escapes by their characters.
pub(super) fn unescape(text: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(text) else {
        return text.to_vec();
    };
    let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&amp;", "&")];
    let unescaped = escapes
        .into_iter()
        .fold(text.to_owned(), |text, (escape, character)| {
            text.replace(escape, character)
        });
    unescaped.into_bytes()
}
