//! The last lines that an adapter wrote to standard error, ready for display.

use fcgate_text::visible::visible;

/// The maximum number of lines that are shown.
const LINES: usize = 10;

/// The maximum length of a line, in characters.
const LINE: usize = 200;

/// The last lines, escaped and truncated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StderrTail {
    lines: Vec<String>,
    /// The number of bytes that were dropped before these lines.
    dropped: u64,
}

impl StderrTail {
    /// Takes the last lines of a text that contains no secret.
    pub(super) fn of(text: &[u8], dropped: u64) -> Self {
        let mut lines: Vec<String> = text
            .rsplit(|byte| *byte == b'\n')
            .map(<[u8]>::trim_ascii_end)
            .filter(|line| !line.is_empty())
            .take(LINES)
            .map(truncated)
            .collect();
        lines.reverse();
        Self { lines, dropped }
    }

    /// All lines.
    pub(super) fn lines(&self) -> String {
        let lines = self.lines.join("\n");
        match self.dropped {
            0 => lines,
            dropped => format!("({dropped} bytes before)\n{lines}"),
        }
    }

    /// Formats an event and the last two lines as one sentence.
    pub(super) fn append_to(&self, event: &str) -> String {
        match self.lines.as_slice() {
            [] => format!("{event}; stderr is empty"),
            [last] => format!("{event}; stderr: {last}"),
            [.., before, last] => format!("{event}; stderr: … {before} ␊ {last}"),
        }
    }
}

fn truncated(line: &[u8]) -> String {
    // A line without LF may be as long as the buffer.
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
    use super::StderrTail;

    #[test]
    fn the_last_lines_are_shown_without_empty_ones() {
        let tail = StderrTail::of(b"one\n\ntwo\r\nthree \x1b[2J\n\n", 0);
        assert_eq!(tail.lines(), "one\ntwo\nthree \\u{1b}[2J");
        assert_eq!(
            tail.append_to("exited with status 1"),
            "exited with status 1; stderr: … two ␊ three \\u{1b}[2J"
        );
        assert_eq!(
            StderrTail::of(b"\n \n", 0).append_to("x"),
            "x; stderr is empty"
        );
    }

    #[test]
    fn many_lines_and_long_lines_are_truncated() {
        let tail = StderrTail::of("y\n".repeat(100).as_bytes(), 0);
        assert_eq!(tail.lines().lines().count(), 10);
        let tail = StderrTail::of("a".repeat(60_000).as_bytes(), 0);
        assert_eq!(tail.lines().chars().count(), 201);
    }
}
