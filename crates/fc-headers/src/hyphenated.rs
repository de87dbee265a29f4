//! The stable name of a kind of error as it follows from the name of its variant, for the tests of these names.

use std::fmt::Debug;

/// The name of a variant in lower case, with hyphens between its words.
pub(crate) fn hyphenated(kind: &impl Debug) -> String {
    let mut text = String::new();
    for letter in format!("{kind:?}").chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}
