//! The styles of the human report. The output stream removes them if the output is not a terminal.

use anstyle::{AnsiColor, Style};

/// Headings.
pub const BOLD: Style = Style::new().bold();
/// Names of fields.
pub const DIM: Style = Style::new().dimmed();
/// Results that are as expected.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// Errors.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// Warnings and notes.
pub const WARN: Style = AnsiColor::Yellow.on_default().bold();

/// Formats a text in a style.
pub fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// The first word of an error message.
pub fn styled_error() -> String {
    styled(BAD, "error")
}

/// The first word of a message that is not an error.
pub fn styled_note() -> String {
    styled(WARN, "note")
}

/// Formats a heading for a part of the output of a command.
pub fn styled_heading(words: &str) -> String {
    format!("\n{}\n\n", styled(BOLD, words))
}
