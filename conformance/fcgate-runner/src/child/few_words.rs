//! Long texts of others in few words.

use std::fmt::{self, Write as _};

/// How much is said of what is wrong.
const LONGEST_TEXT: usize = 300;

/// What is wrong, in few words: serde quotes whole texts.
pub(super) fn told(error: &serde_json::Error) -> String {
    let mut few = FewWords(String::new());
    // It stops where it is full.
    let _ = write!(few, "{error}");
    few.0
}

struct FewWords(String);

impl fmt::Write for FewWords {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = LONGEST_TEXT.saturating_sub(self.0.len());
        self.0.extend(text.chars().take(room));
        if text.len() > room {
            Err(fmt::Error)
        } else {
            Ok(())
        }
    }
}

/// The first characters of a text.
pub(super) fn cut(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}
