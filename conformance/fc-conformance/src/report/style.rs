//! The few styles of the human report; the stream drops them where nobody can see them.

use anstyle::{AnsiColor, Style};

/// Headings.
pub const BOLD: Style = Style::new().bold();
/// Names of fields.
pub const DIM: Style = Style::new().dimmed();
/// What is as expected.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// Errors.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// Warnings and notes.
pub const WARN: Style = AnsiColor::Yellow.on_default().bold();

/// A text in a style.
pub fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
