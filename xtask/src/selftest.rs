//! Every check can fail: the self-test of the gate, compared with its tables in the documents.

use std::fs;

use crate::{gate, programs};

const DOCUMENT: &str = "docs/checks-and-mutants.md";
/// The start of the first table. The figures before it may differ from run to run.
const TABLES: &str = "\n## ";

/// Runs the self-test and compares its tables with the document, or writes the document.
pub(crate) fn run(write: bool) -> Result<(), String> {
    let words = [gate::program()?, "selftest"];
    let path = programs::root().join(DOCUMENT);
    if write {
        return fs::write(&path, programs::output(&words)?)
            .map_err(|error| format!("{DOCUMENT}: {error}"));
    }
    let written = fs::read_to_string(&path).map_err(|error| format!("{DOCUMENT}: {error}"))?;
    // On a busy machine an HTTP case may exceed its time limit, so a failure is tried once more.
    if compare(&programs::output(&words)?, &written).is_ok() {
        return Ok(());
    }
    compare(&programs::output(&words)?, &written)
}

#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
fn compare(now: &str, written: &str) -> Result<(), String> {
    let (figures, tables) = split(now);
    print!("{figures}");
    let (_, in_document) = split(written);
    let mut lines = tables.lines().zip(in_document.lines());
    match lines.find(|(now, written)| now != written) {
        None if tables.len() == in_document.len() => Ok(()),
        differing => {
            let line = differing.map_or("its end", |(now, _)| now);
            Err(format!(
                "{DOCUMENT} differs from the self-test at `{line}`; run `cargo xtask selftest --write`"
            ))
        }
    }
}

fn split(document: &str) -> (&str, &str) {
    document.split_at(document.find(TABLES).unwrap_or(document.len()))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn the_tables_begin_at_the_first_second_level_heading() {
        assert_eq!(
            split("# a\n\n- b\n\n## c\n|d|\n## e\n"),
            ("# a\n\n- b\n", "\n## c\n|d|\n## e\n")
        );
        assert_eq!(split("none"), ("none", ""));
    }
}
