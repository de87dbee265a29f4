//! Printing to standard output and standard error.
//!
//! A closed pipe is not an error: the exit code still reports the result.

use std::fmt::Display;
use std::io::Write as _;

use fc_conformance::report::{styled_error, styled_note};

/// Prints the result of a command to standard output.
pub(super) fn print(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// Prints an error to standard error.
pub(super) fn error(message: &impl Display) {
    let _ = writeln!(anstream::stderr(), "{}: {message}", styled_error());
}

/// Prints a note, which is not an error, to standard error.
pub(super) fn note(message: &impl Display) {
    let _ = writeln!(anstream::stderr(), "{}: {message}", styled_note());
}
