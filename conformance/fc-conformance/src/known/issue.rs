//! The issue of an entry: the address of a page, or a reference such as `#42`.

use crate::report::RunUrl;

/// The most characters of a reference.
const MAX_REFERENCE: usize = 200;

/// Checks the text of `issue`: an address that starts with `https://` or `http://`, or a reference, such as `#42`,
/// `SDK-42` or `owner/project#42`. Other schemes are refused, because a reader of the file may open the text as a link.
///
/// # Errors
///
/// The reason, as a message.
pub fn check_issue(text: &str) -> Result<(), String> {
    let is_reference = |character: char| {
        character.is_alphanumeric() || matches!(character, '#' | '/' | '_' | '-' | '.' | '!' | ' ')
    };
    if text.chars().all(is_reference) {
        let length = text.chars().count();
        return match length {
            0..=MAX_REFERENCE => Ok(()),
            _ => Err(format!(
                "`issue` has {length} characters; expected at most {MAX_REFERENCE}"
            )),
        };
    }
    match text.parse::<RunUrl>() {
        Ok(_) => Ok(()),
        Err(error) => Err(format!(
            "`issue` is not a reference like '#42' and not a URL: {error}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::check_issue;

    #[test]
    fn an_issue_is_a_web_address_or_a_reference() {
        for text in [
            "unfiled",
            "#42",
            "SDK-42",
            "owner/project#42",
            "group/project!7",
            "https://example.invalid/42",
            "HTTP://example.invalid/issues?id=42#note",
            "工单 42",
        ] {
            assert_eq!(check_issue(text), Ok(()), "{text}");
        }
        for text in [
            "javascript:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///outside/secret.txt",
            "ftp://example.invalid/42",
            "//example.invalid/42?",
            "https://user:password@example.invalid/42",
            "https://example.invalid/\u{202e}24",
            "https:example.invalid",
            "#42\u{1b}[2J",
            "#42\n::error::fake",
            "<b>42</b>",
            "%6aavascript:x",
            "javascript&colon;alert(1)",
        ] {
            assert!(check_issue(text).is_err(), "{text:?}");
        }
        assert!(check_issue(&"x".repeat(201)).is_err());
    }
}
