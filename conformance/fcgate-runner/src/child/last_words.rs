//! The end of what an adapter wrote to standard error, fit to be shown.

use fcgate_text::visible::visible;

/// So many lines are shown where there is room.
const LINES: usize = 10;

/// The longest line that is shown, in characters.
const LINE: usize = 200;

/// The last lines, visible and cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LastWords {
    lines: Vec<String>,
    /// How much came before that was not kept.
    dropped: u64,
}

impl LastWords {
    /// The last words of a text in which no secret stands.
    pub(super) fn of(text: &[u8], dropped: u64) -> Self {
        let mut lines: Vec<String> = text
            .rsplit(|byte| *byte == b'\n')
            .map(<[u8]>::trim_ascii_end)
            .filter(|line| !line.is_empty())
            .take(LINES)
            .map(shown)
            .collect();
        lines.reverse();
        Self { lines, dropped }
    }

    /// All of them, one a line.
    pub(super) fn lines(&self) -> String {
        let lines = self.lines.join("\n");
        match self.dropped {
            0 => lines,
            dropped => format!("({dropped} bytes before)\n{lines}"),
        }
    }

    /// The very last ones, after what happened, as one sentence.
    pub(super) fn after(&self, what: &str) -> String {
        match self.lines.as_slice() {
            [] => format!("{what}; it wrote nothing to stderr"),
            [last] => format!("{what}; stderr: {last}"),
            [.., before, last] => format!("{what}; stderr: … {before} ␊ {last}"),
        }
    }
}

fn shown(line: &[u8]) -> String {
    // A line without an end may be as long as the ring.
    let head = line.get(..4 * LINE).unwrap_or(line);
    let shown = visible(head);
    match shown.char_indices().nth(LINE) {
        Some((cut, _)) => format!("{}…", shown.get(..cut).unwrap_or_default()),
        None if head.len() < line.len() => shown + "…",
        None => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::LastWords;

    #[test]
    fn the_last_lines_are_shown_and_empty_ones_are_not() {
        let words = LastWords::of(b"one\n\ntwo\r\nthree \x1b[2J\n\n", 0);
        assert_eq!(words.lines(), "one\ntwo\nthree \\u{1b}[2J");
        assert_eq!(
            words.after("exited with status 1"),
            "exited with status 1; stderr: … two ␊ three \\u{1b}[2J"
        );
        assert_eq!(
            LastWords::of(b"\n \n", 0).after("x"),
            "x; it wrote nothing to stderr"
        );
    }

    #[test]
    fn many_and_long_lines_are_cut() {
        let words = LastWords::of("y\n".repeat(100).as_bytes(), 0);
        assert_eq!(words.lines().lines().count(), 10);
        let words = LastWords::of("a".repeat(60_000).as_bytes(), 0);
        assert_eq!(words.lines().chars().count(), 201);
    }
}
