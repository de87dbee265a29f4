//! Every check can fail: the self-test, and its table in the documents.

use std::fs;

use crate::programs;

const SELFTEST: &str =
    "cargo run --quiet --release --locked -p fc-conformance --bin fcgate -- selftest";
const DOCUMENT: &str = "docs/checks-and-mutants.md";
/// What stands before may differ from run to run.
const TABLES: &str = "\n## ";

/// Runs the self-test and compares its tables with the document, or writes the document.
pub(crate) fn run(write: bool) -> Result<(), String> {
    let words: Vec<&str> = SELFTEST.split_whitespace().collect();
    let path = programs::root().join(DOCUMENT);
    if write {
        return fs::write(&path, programs::output(&words)?)
            .map_err(|error| format!("{DOCUMENT}: {error}"));
    }
    let written = fs::read_to_string(&path).map_err(|error| format!("{DOCUMENT}: {error}"))?;
    // On a busy machine a case over HTTP may miss its time limit.
    let again = compare(&programs::output(&words)?, &written).is_err();
    if again {
        return compare(&programs::output(&words)?, &written);
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "progress is for the reader of the log")]
fn compare(now: &str, written: &str) -> Result<(), String> {
    let (numbers, tables) = split(now);
    print!("{numbers}");
    let (_, in_document) = split(written);
    let mut lines = tables.lines().zip(in_document.lines());
    match lines.find(|(now, written)| now != written) {
        None if tables.len() == in_document.len() => Ok(()),
        differing => {
            let line = differing.map_or("its end", |(now, _)| now);
            Err(format!(
                "{DOCUMENT} is old from `{line}` on; cargo xtask selftest --write writes it anew"
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
    fn the_tables_begin_with_the_first_heading_of_the_second_rank() {
        assert_eq!(
            split("# a\n\n- b\n\n## c\n|d|\n## e\n"),
            ("# a\n\n- b\n", "\n## c\n|d|\n## e\n")
        );
        assert_eq!(split("none"), ("none", ""));
    }
}
