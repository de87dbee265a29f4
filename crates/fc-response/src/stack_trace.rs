//! The stack trace of a failed function.

use std::fmt;

use fc_headers::Quoted;
use serde_json::{Map, Value};

/// How many lines `Debug` shows, and how many characters of each: a payload of 64 KiB has thousands of lines.
const LINES_SHOWN: usize = 8;
const LINE_LIMIT: usize = 128;

/// The stack trace of an error document, as lines of text and as JSON.
///
/// Runtimes use different formats: a list of strings (Node.js, C#, Java), a list of lists (Python; a
/// flat list for a syntax error), a list of objects with path, line and label (Go), or one object
/// with file, line and a text (PHP). A value in another format becomes one line of JSON.
#[derive(Clone, PartialEq, Eq)]
pub struct StackTrace {
    lines: Vec<String>,
    json: String,
}

impl StackTrace {
    pub(crate) fn new(value: &Value) -> Self {
        let lines = match value {
            Value::Array(frames) => frames.iter().map(frame).collect(),
            Value::Object(object) => object_lines(object),
            Value::String(text) => text.lines().map(str::to_owned).collect(),
            other => vec![other.to_string()],
        };
        Self {
            lines,
            json: value.to_string(),
        }
    }

    /// The lines, usually one per frame, in the order of the runtime.
    ///
    /// Untrusted text; use [`Quoted`] to display it.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The stack trace as compact JSON. The order of keys may differ from the document, and numbers that do not fit in 64
    /// bits are rounded.
    pub fn as_json(&self) -> &str {
        &self.json
    }
}

impl fmt::Debug for StackTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.lines.iter().take(LINES_SHOWN);
        let lines: Vec<Quoted<'_>> = lines
            .map(|line| Quoted::new(line).limit(LINE_LIMIT))
            .collect();
        let mut shown = f.debug_struct("StackTrace");
        shown.field("lines", &lines);
        match self.lines.len() - lines.len() {
            0 => {}
            more => {
                shown.field("more_lines", &more);
            }
        }
        shown.finish_non_exhaustive()
    }
}

fn frame(value: &Value) -> String {
    match value {
        Value::Array(parts) => parts.iter().map(scalar).collect::<Vec<_>>().join(", "),
        Value::Object(object) => object_lines(object)
            .into_iter()
            .next()
            .unwrap_or_else(|| value.to_string()),
        other => scalar(other),
    }
}

/// The lines of an object with `path` or `file`: `path:line label`, then the lines of `traceString`.
fn object_lines(object: &Map<String, Value>) -> Vec<String> {
    let path = ["path", "file"].into_iter().find_map(|key| object.get(key));
    let Some(path) = path else {
        return vec![Value::Object(object.clone()).to_string()];
    };
    let mut line = scalar(path);
    if let Some(number) = object.get("line") {
        line = format!("{line}:{}", scalar(number));
    }
    if let Some(label) = object.get("label") {
        line = format!("{line} {}", scalar(label));
    }
    let text = object
        .get("traceString")
        .and_then(Value::as_str)
        .unwrap_or_default();
    std::iter::once(line)
        .chain(text.lines().map(str::to_owned))
        .collect()
}

/// A string without its quotation marks; any other value as JSON.
fn scalar(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(json: &str) -> Vec<String> {
        StackTrace::new(&serde_json::from_str(json).unwrap()).lines
    }

    #[test]
    fn each_string_of_a_list_is_a_line() {
        let node = r#"["Error: oops", "at handler (/code/index.js:3:9)"]"#;
        assert_eq!(
            lines(node),
            ["Error: oops", "at handler (/code/index.js:3:9)"]
        );
        assert_eq!(lines("[]"), [""; 0]);
    }

    #[test]
    fn each_inner_list_of_a_list_is_a_line() {
        let python = r#"[["File \"/code/index.py\"", "line 2", "in my_handler", "raise E()"], []]"#;
        assert_eq!(
            lines(python),
            [
                r#"File "/code/index.py", line 2, in my_handler, raise E()"#,
                ""
            ]
        );
    }

    #[test]
    fn each_object_of_a_list_is_a_line_of_path_line_and_label() {
        let go = r#"[{"path":"main.go","line":7,"label":"handler"},{"unknown":1}]"#;
        assert_eq!(lines(go), ["main.go:7 handler", r#"{"unknown":1}"#]);
    }

    #[test]
    fn an_object_is_a_line_and_the_lines_of_its_text() {
        let php = r##"{"file":"/code/index.php","line":3,"traceString":"#0 a\n#1 {main}"}"##;
        assert_eq!(lines(php), ["/code/index.php:3", "#0 a", "#1 {main}"]);
    }

    #[test]
    fn any_other_value_is_text_or_json() {
        assert_eq!(lines(r#""a\nb""#), ["a", "b"]);
        assert_eq!(lines("5"), ["5"]);
        assert_eq!(lines("[1,null,[[2]]]"), ["1", "null", "[2]"]);
        assert_eq!(StackTrace::new(&Value::from(vec![1, 2])).as_json(), "[1,2]");
    }

    #[test]
    fn debug_shows_the_start_of_the_first_lines() {
        let lines: Vec<String> = (0..2000).map(|line| format!("{line}\u{202e}")).collect();
        insta::assert_snapshot!(format!("{:?}", StackTrace::new(&Value::from(lines))), @r#"StackTrace { lines: ["0\u{202e}", "1\u{202e}", "2\u{202e}", "3\u{202e}", "4\u{202e}", "5\u{202e}", "6\u{202e}", "7\u{202e}"], more_lines: 1992, .. }"#);
        let long = StackTrace::new(&Value::from(vec!["\u{202e}".repeat(1000)]));
        assert!(format!("{long:?}").contains("(2616 more bytes)"));
    }
}
