//! Truncates texts from an adapter, which may be very long.

use std::fmt::{self, Write as _};

/// The maximum length of an error text, in characters.
const LONGEST_ERROR: usize = 300;

/// Returns the text of an error, truncated, because serde quotes whole strings.
pub(super) fn error_text(error: &serde_json::Error) -> String {
    let mut text = Truncated(String::new());
    // Writing fails if the text is full.
    let _ = write!(text, "{error}");
    text.0
}

struct Truncated(String);

impl fmt::Write for Truncated {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = LONGEST_ERROR.saturating_sub(self.0.len());
        self.0.extend(text.chars().take(room));
        if text.len() > room {
            Err(fmt::Error)
        } else {
            Ok(())
        }
    }
}

/// Returns the first characters of a text.
pub(super) fn truncate(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}
