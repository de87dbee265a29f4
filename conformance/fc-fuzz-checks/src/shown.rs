//! Assertions about texts that people read: messages of errors, in logs and on terminals.

use std::error::Error;
use std::fmt::{Debug, Display};

/// The most bytes of a message about untrusted input.
const LONGEST: usize = 4096;

/// Asserts that a message cannot control a terminal and has a limit, whatever the input was.
pub(crate) fn assert_harmless(message: &dyn Display) {
    let text = message.to_string();
    assert_harmless_text(&text, LONGEST);
}

/// The same for the `Debug` of a value with a few texts.
pub(crate) fn assert_harmless_debug(value: &dyn Debug) {
    assert_harmless_text(&format!("{value:?}"), 4 * LONGEST);
}

/// The same for a message of several lines.
#[cfg(feature = "gate")]
pub(crate) fn assert_harmless_lines(message: &dyn Display) {
    message
        .to_string()
        .lines()
        .for_each(|line| assert_harmless(&line));
}

/// The same for an error, with its sources and its `Debug`.
pub(crate) fn assert_harmless_error<E: Error + Debug>(error: &E) {
    assert_harmless(error);
    assert_harmless_debug(error);
    let mut source = error.source();
    while let Some(cause) = source {
        assert_harmless(&cause);
        source = cause.source();
    }
}

fn assert_harmless_text(text: &str, longest: usize) {
    assert!(text.len() <= longest, "a text of {} bytes", text.len());
    let hidden = text.chars().find(|one| is_hidden(*one));
    assert_eq!(hidden, None, "a hidden character in {text:?}");
}

/// Control characters, and those that change how other characters are displayed.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
