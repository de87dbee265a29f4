//! Reads the words of a command line.

use fcgate_runner::Program;

/// Reads a command and finds its program. The words are those of a shell, without its variables and operators.
///
/// # Errors
///
/// When the text is not a list of words, and when the program is not found or not executable.
pub(super) fn read(text: &str) -> Result<Program, String> {
    let shown = fcgate_text::visible::line(text, 200);
    let words = shlex::split(text).ok_or_else(|| {
        format!("expected the words of a command, found an open quote in: {shown}")
    })?;
    let mut words = words.into_iter();
    let program = words
        .next()
        .ok_or("expected a command, e.g. python3 function.py, found an empty text")?;
    let arguments = words.map(Into::into).collect();
    Program::find(program.into(), arguments)
        .map_err(|problem| format!("{problem}; command: {shown}"))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_command_that_cannot_run_is_refused_with_its_words_and_the_place_of_the_search() {
        for (text, expected) in [
            ("", "expected a command"),
            ("  ", "expected a command"),
            ("python3 'a", "found an open quote in: python3 'a"),
            (
                "no-such-program --x",
                "'no-such-program' is not in PATH (searched in PATH: ",
            ),
            (
                "./no-such-program --x",
                "'./no-such-program' does not exist (searched from the folder /",
            ),
            ("/", "'/' is a directory"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        }
        let error = read("no-such-program --x").unwrap_err();
        assert!(error.ends_with("; command: no-such-program --x"), "{error}");
    }
}
