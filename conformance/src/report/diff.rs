//! Two texts beside each other, line by line, every byte visible.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use crate::visible::END;

use super::style::{BAD, GOOD, styled};

/// How many lines are shown.
const LINES: usize = 40;

/// The visible texts of a failed check as one block: `-` expected, `+` actual.
pub(super) fn block(expected: &str, actual: &str) -> String {
    let (expected, actual) = (lines(expected), lines(actual));
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    let actual: Vec<&str> = actual.iter().map(String::as_str).collect();
    let diff = TextDiff::from_slices(&expected, &actual);
    let mut shown = String::new();
    for (number, change) in diff.iter_all_changes().enumerate() {
        if number == LINES {
            let _ = writeln!(shown, "      … more lines follow");
            break;
        }
        let line = match change.tag() {
            ChangeTag::Equal => format!("  │ {}", change.value()),
            ChangeTag::Delete => styled(GOOD, &format!("- │ {}", change.value())),
            ChangeTag::Insert => styled(BAD, &format!("+ │ {}", change.value())),
        };
        let _ = writeln!(shown, "    {line}");
    }
    shown
}

/// A visible text in lines, the end marked.
fn lines(visible: &str) -> Vec<String> {
    let mut lines: Vec<String> = visible.split_inclusive('␊').map(str::to_owned).collect();
    match lines.last_mut() {
        Some(last) if !last.ends_with('␊') => last.push(END),
        _ => lines.push(END.to_string()),
    }
    lines
}
