//! Printing to standard output and standard error.

use std::fmt::Display;
use std::io::Write as _;

use fc_conformance::report::{styled_error, styled_note};

use super::failure::Failure;

/// Prints the result of a command to standard output.
///
/// A full disk and a closed pipe are failures of the command: its result did not arrive.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut output = anstream::stdout();
    let written = output.write_all(text.as_bytes());
    written
        .and_then(|()| output.flush())
        .map_err(|error| Failure::harness(&format!("standard output cannot be written: {error}")))
}

/// Prints the result of a command to standard error, for a command whose standard output a program reads.
pub(super) fn print_to_stderr(text: &str) -> Result<(), Failure> {
    let written = anstream::stderr().write_all(text.as_bytes());
    written.map_err(|error| Failure::harness(&format!("standard error cannot be written: {error}")))
}

/// Prints an error to standard error.
pub(super) fn error(message: &impl Display) {
    let _ = writeln!(anstream::stderr(), "{}: {message}", styled_error());
}

/// Prints a note, which is not an error, to standard error.
pub(super) fn note(message: &impl Display) {
    let _ = writeln!(anstream::stderr(), "{}: {message}", styled_note());
}
