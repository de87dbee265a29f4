//! Prints an error of the command line. It repeats words of the caller, which may hold a token.

use std::io::Write as _;
use std::process::ExitCode;

use fcgate_text::redaction::redact_tokens;

use super::console;
use super::environment;
use super::key_redaction::redact_key;

/// Prints what the parser of the command line reports: help and version to standard output, errors without tokens to
/// standard error.
pub(super) fn report(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let text = error.render().ansi().to_string();
        return match console::print(&text) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                console::error(&failure.message);
                ExitCode::from(failure.verdict.code())
            }
        };
    }
    let key = environment::access_key().ok().flatten();
    let text = redact_tokens(&error.render().ansi().to_string());
    let _ = anstream::stderr().write_all(redact_key(&text, key.as_ref()).as_bytes());
    ExitCode::from(2)
}
