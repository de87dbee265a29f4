//! Unwraps logs in which each line is an object of JSON with one line of the capture, as Docker and loggers write them.

use serde_json::Value;

use super::lines::lines;

/// Names of the field that holds the line.
const FIELDS: [&str; 5] = ["log", "message", "msg", "textPayload", "line"];

/// The lines of the capture, if the text has at least two objects with such a field.
pub(super) fn unwrapped(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut count = 0;
    for line in lines(text)
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty())
    {
        let Ok(Value::Object(object)) = serde_json::from_slice(line) else {
            return None;
        };
        let mut fields = FIELDS.iter().filter_map(|name| object.get(*name));
        let inner = fields.find_map(Value::as_str)?;
        out.extend_from_slice(inner.trim_end_matches(['\r', '\n']).as_bytes());
        out.push(b'\n');
        count += 1;
    }
    (count > 1).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::unwrapped;

    #[test]
    fn the_lines_of_a_log_are_joined() {
        let text = b"{\"log\":\"> GET / HTTP/1.1\\r\\n\",\"stream\":\"stderr\"}\n{\"log\":\"> Host: h\\r\\n\"}\n";
        assert_eq!(unwrapped(text).unwrap(), b"> GET / HTTP/1.1\n> Host: h\n");
        assert!(unwrapped(b"{\"log\":{\"entries\":[]}}").is_none());
    }
}
