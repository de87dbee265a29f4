//! Inputs that are too long for the file, or are not text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// Returns the bytes of a text or of a recipe: `hex`, `utf8`, `b64_of`, `zeros`, `json_object_keys`, or `repeat` and
/// `count` with an optional `prefix`.
///
/// # Panics
///
/// If the value is neither a text nor one of these recipes.
pub fn bytes(value: &Value) -> Vec<u8> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let number = |name: &str| {
        let number = value.get(name).and_then(Value::as_u64)?;
        usize::try_from(number).ok()
    };
    if let Some(text) = value.as_str() {
        text.as_bytes().to_vec()
    } else if let (Some(piece), Some(count)) = (text("repeat"), number("count")) {
        let prefix = text("prefix").unwrap_or_default();
        [prefix, &piece.repeat(count)].concat().into_bytes()
    } else if let Some(digits) = text("hex") {
        hex(digits)
    } else if let Some(text) = text("utf8") {
        text.as_bytes().to_vec()
    } else if let Some(inner) = value.get("b64_of") {
        STANDARD.encode(bytes(inner)).into_bytes()
    } else if let Some(count) = number("zeros") {
        vec![0; count]
    } else if let Some(count) = number("json_object_keys") {
        let keys: Vec<String> = (0..count).map(|key| format!("\"k{key}\":1")).collect();
        format!("{{{},\"ErrorCode\":\"X\"}}", keys.join(",")).into_bytes()
    } else {
        panic!("{value} is not a recipe")
    }
}

fn hex(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits.bytes().filter(|byte| *byte != b' ').collect();
    let pairs = digits.chunks(2).map(|pair| {
        let pair = str::from_utf8(pair).unwrap_or_default();
        u8::from_str_radix(pair, 16).unwrap_or_else(|error| panic!("{pair}: {error}"))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::bytes;

    #[test]
    fn recipes_become_bytes() {
        assert_eq!(bytes(&json!("a\n")), b"a\n");
        assert_eq!(bytes(&json!({"repeat": "ab", "count": 2})), b"abab");
        assert_eq!(
            bytes(&json!({"prefix": "https://", "repeat": "a", "count": 2})),
            b"https://aa"
        );
        assert_eq!(bytes(&json!({"hex": "00ff 7f"})), b"\x00\xff\x7f");
        assert_eq!(bytes(&json!({"b64_of": {"hex": "fffe80"}})), b"//6A");
        assert_eq!(bytes(&json!({"zeros": 3})), [0; 3]);
        assert_eq!(
            bytes(&json!({"json_object_keys": 2})),
            br#"{"k0":1,"k1":1,"ErrorCode":"X"}"#
        );
    }
}
