//! Guesses at mistakes between signing and sending; the captured signature proves a correct guess.

pub(super) mod added_after_signing;
mod common_values;
pub(super) mod lost_values;
mod template;
mod url_parts;
