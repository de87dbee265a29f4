//! Compares the expected and the actual value of a check line by line, with every byte visible.

use std::ops::Range;

use similar::utils::diff_chars;
use similar::{Algorithm, ChangeTag, TextDiff};

use fcgate_cases::judge::{Check, Value};
use fcgate_text::visible::{END, visible};

use super::escape::escape;
use super::left_out;

/// The maximum number of lines shown of each text.
const LINES: usize = 24;
/// The maximum number of equal lines shown before the first difference.
const BEFORE: usize = 3;

/// The maximum length of a line. Of a longer line, only the part around the difference is shown.
const CHARACTERS: usize = 600;
/// The number of characters shown before the difference in a long line.
const CHARACTERS_BEFORE: usize = 60;

/// The side that a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "read by the writers of reports")]
pub enum Side {
    /// The line is in both texts.
    Both,
    /// The line is only in the expected text.
    Expected,
    /// The line is only in the actual text.
    Actual,
}

/// One line of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "read by the writers of reports")]
pub struct Line {
    /// The side that contains the line.
    pub side: Side,
    /// The text of the line.
    pub text: String,
    /// The range of bytes that differ from the line on the other side.
    pub changed: Range<usize>,
}

/// The comparison of the expected and the actual text of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "read by the writers of reports")]
pub struct Comparison {
    /// The number of equal lines before `lines` that are not shown.
    pub equal: usize,
    /// The lines to show.
    pub lines: Vec<Line>,
    /// The number of lines after `lines` that are not shown.
    pub left_out: usize,
    /// The remark if there is only one text, or if the adapter should leave the field out.
    pub remark: Option<String>,
}

impl Comparison {
    /// Compares the values of a failed check.
    pub fn of(check: &Check) -> Self {
        let (expected, actual) = (check.expected.as_ref(), check.actual.as_ref());
        let one_sided = match (expected, actual) {
            (Some(_), None) => Some("is missing"),
            (None, Some(_)) => Some("must be absent"),
            _ => None,
        };
        let remark = left_out::remark(check).or_else(|| one_sided.map(str::to_owned));
        let (expected, actual) = (lines(expected), lines(actual));
        let same = expected.iter().zip(&actual);
        let same = same.take_while(|(one, other)| one == other).count();
        // Show a few more equal lines, because they are shorter than the sentence that replaces them.
        let equal = match same.saturating_sub(BEFORE) {
            few if few <= BEFORE => 0,
            many => many,
        };
        let compared_of = |lines: &'_ [String]| {
            let rest = lines.get(equal..).unwrap_or_default();
            let (head, tail) = rest.split_at(rest.len().min(LINES));
            (head.to_vec(), tail.len())
        };
        let ((expected, more), (actual, still_more)) =
            (compared_of(&expected), compared_of(&actual));
        let mut lines = compared(&expected, &actual);
        let left_out = more.max(still_more);
        mark_changes(&mut lines);
        lines.iter_mut().for_each(clip);
        Self {
            equal,
            lines,
            left_out,
            remark,
        }
    }
}

fn compared(expected: &[String], actual: &[String]) -> Vec<Line> {
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    let actual: Vec<&str> = actual.iter().map(String::as_str).collect();
    let diff = TextDiff::from_slices(&expected, &actual);
    let line = |change: similar::Change<&str>| Line {
        side: match change.tag() {
            ChangeTag::Equal => Side::Both,
            ChangeTag::Delete => Side::Expected,
            ChangeTag::Insert => Side::Actual,
        },
        text: change.value().to_owned(),
        changed: 0..0,
    };
    diff.iter_all_changes().map(line).collect()
}

/// Marks the changed bytes. Expected and actual lines are compared in pairs if their numbers are equal.
fn mark_changes(lines: &mut [Line]) {
    for run in
        lines.chunk_by_mut(|one, other| (one.side == Side::Both) == (other.side == Side::Both))
    {
        let middle = run
            .iter()
            .filter(|line| line.side == Side::Expected)
            .count();
        let Some((expected, actual)) = run.split_at_mut_checked(middle) else {
            continue;
        };
        if expected.len() != actual.len() {
            continue;
        }
        for (expected, actual) in expected.iter_mut().zip(actual) {
            let (start, end) = common(&expected.text, &actual.text);
            expected.changed = start..expected.text.len() - end;
            actual.changed = start..actual.text.len() - end;
        }
    }
}

/// Truncates a long line to the part around the difference.
fn clip(line: &mut Line) {
    let count = line.text.chars().count();
    if count <= CHARACTERS {
        return;
    }
    let changed_at = line.text.get(..line.changed.start).unwrap_or_default();
    let from = changed_at.chars().count().saturating_sub(CHARACTERS_BEFORE);
    let from = from.min(count - CHARACTERS);
    let shown: String = line.text.chars().skip(from).take(CHARACTERS).collect();
    let skipped: usize = line.text.chars().take(from).map(char::len_utf8).sum();
    let before = match from {
        0 => String::new(),
        _ => format!("({from} characters before) …"),
    };
    let after = match count - from - CHARACTERS {
        0 => String::new(),
        after => format!("… ({after} characters more)"),
    };
    let place = |at: usize| before.len() + at.saturating_sub(skipped).min(shown.len());
    line.changed = place(line.changed.start)..place(line.changed.end);
    line.text = format!("{before}{shown}{after}");
}

/// Returns the number of bytes that two lines share at the start, and at the end after that.
fn common(one: &str, other: &str) -> (usize, usize) {
    let changes = diff_chars(Algorithm::Myers, one, other);
    let equal = |change: Option<&(ChangeTag, &str)>| match change {
        Some((ChangeTag::Equal, text)) => text.len(),
        _ => 0,
    };
    let start = equal(changes.first());
    let end = equal(changes.get(1..).and_then(|changes| changes.last()));
    (start, end)
}

/// Returns the visible lines of a value, with the end marked; an empty list if there is no value.
fn lines(value: Option<&Value>) -> Vec<String> {
    let mut lines: Vec<String> = match value {
        None => return Vec::new(),
        Some(Value::Bytes(bytes)) => bytes
            .split_inclusive(|byte| *byte == b'\n')
            .map(visible)
            .collect(),
        Some(Value::Text(text)) => escape(text)
            .split_inclusive('␊')
            .map(str::to_owned)
            .collect(),
    };
    match lines.last_mut() {
        Some(last) if !last.ends_with('␊') => last.push(END),
        _ => lines.push(END.to_string()),
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Comparison, Side};
    use fcgate_cases::judge::Check;

    fn changed(expected: &str, actual: &str) -> Vec<(Side, String)> {
        Comparison::of(&Check::equal_text("x", expected, Some(actual)))
            .lines
            .into_iter()
            .map(|line| (line.side, line.text[line.changed].to_owned()))
            .collect()
    }

    #[test]
    fn the_part_of_a_line_that_differs_is_marked() {
        assert_eq!(
            changed("POST\na: b\nc", "POST\na: b \r\nc"),
            [
                (Side::Both, String::new()),
                (Side::Expected, String::new()),
                (Side::Actual, "·␍".to_owned()),
                (Side::Both, String::new()),
            ]
        );
        let aa = [
            (Side::Expected, String::new()),
            (Side::Actual, "a".to_owned()),
        ];
        assert_eq!(changed("aa", "aaa"), aa);
    }

    #[test]
    fn a_missing_or_forbidden_value_has_one_side_and_a_remark() {
        let missing = Comparison::of(&Check::equal_text("x", "a", None));
        assert_eq!(missing.remark.as_deref(), Some("is missing"));
        assert_eq!(
            (missing.lines.len(), missing.lines[0].side),
            (1, Side::Expected)
        );
        let forbidden = Comparison::of(&Check::absent("x", Some(b"a")));
        assert_eq!(forbidden.lines[0].side, Side::Actual);
    }

    #[test]
    fn many_lines_are_cut_with_their_count() {
        let check = Check::equal_text("x", &"a\n".repeat(100), Some(""));
        let comparison = Comparison::of(&check);
        assert_eq!((comparison.lines.len(), comparison.left_out), (25, 77));
    }

    #[test]
    fn a_long_line_is_shown_around_its_difference() {
        let url = |middle: &str| format!("{}{middle}{}", "é".repeat(1_000), "b".repeat(1_000));
        let [expected, actual] = changed(&url("X"), &url("YZ")).try_into().unwrap();
        assert_eq!(expected, (Side::Expected, "X".to_owned()));
        assert_eq!(actual, (Side::Actual, "YZ".to_owned()));
        let check = Check::equal_text("x", &url("X"), Some(&url("YZ")));
        let text = &Comparison::of(&check).lines[1].text;
        assert!(text.starts_with("(940 characters before) …éé"), "{text}");
        assert!(text.ends_with("bb… (463 characters more)"), "{text}");
    }

    #[test]
    fn only_the_last_equal_lines_before_a_difference_are_shown() {
        let check = Check::equal_text("x", &"a\n".repeat(100), Some(&("a\n".repeat(99) + "b\n")));
        let comparison = Comparison::of(&check);
        assert_eq!((comparison.equal, comparison.lines.len()), (96, 6));
    }
}
