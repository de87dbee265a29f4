//! Code blocks of the documents that are copies of files: the block below the comment `<!-- file: PATH -->`.

use std::fs;

use crate::programs;

/// The documents that have such blocks.
const PAGES: [&str; 1] = ["docs/local-endpoint.md"];

/// Compares each block with its file; with `write`, writes the text of the file into the block.
pub(super) fn compare(write: bool) -> Result<(), String> {
    PAGES.into_iter().try_for_each(|page| {
        let path = programs::root().join(page);
        let text = fs::read_to_string(&path).map_err(|error| format!("{page}: {error}"))?;
        let expected = with_files(&text, |name| {
            fs::read_to_string(programs::root().join(name))
                .map_err(|error| format!("{name}: {error}"))
        })?;
        if text == expected {
            return Ok(());
        }
        if write {
            return fs::write(&path, expected).map_err(|error| format!("{page}: {error}"));
        }
        Err(format!(
            "{page}: a code block differs from its file; run `cargo xtask site --write`"
        ))
    })
}

/// Returns the text with the content of each file in its block.
fn with_files(page: &str, read: impl Fn(&str) -> Result<String, String>) -> Result<String, String> {
    const START: &str = "<!-- file: ";
    const FENCE: &str = "\n```";
    let mut out = String::new();
    let mut rest = page;
    while let Some(start) = rest.find(START) {
        let after = rest.get(start + START.len()..).unwrap_or_default();
        let (name, block) = after
            .split_once(" -->\n\n```")
            .ok_or_else(|| format!("expected `{START}PATH -->`, an empty line and a code block"))?;
        let (language, block) = block.split_once('\n').unwrap_or_default();
        let end = block
            .find(FENCE)
            .ok_or_else(|| format!("{name}: the code block has no end"))?;
        let text = read(name)?;
        out.push_str(rest.get(..start).unwrap_or_default());
        let text = text.trim_end();
        out.extend([START, name, " -->\n\n```", language, "\n", text]);
        rest = block.get(end..).unwrap_or_default();
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::with_files;

    #[test]
    fn a_block_has_the_text_of_its_file() {
        let page = "a\n\n<!-- file: x.py -->\n\n```python\nold\n```\n\nb\n<!-- file: y.go -->\n\n```go\nx\n```\nc\n";
        let read = |name: &str| Ok(format!("text of {name}\n\nmore\n"));
        let expected = "a\n\n<!-- file: x.py -->\n\n```python\ntext of x.py\n\nmore\n```\n\nb\n<!-- file: y.go -->\n\n```go\ntext of y.go\n\nmore\n```\nc\n";
        assert_eq!(with_files(page, read).unwrap(), expected);
        assert_eq!(with_files(expected, read).unwrap(), expected);
        assert!(with_files("<!-- file: x -->\ntext", read).is_err());
    }
}
