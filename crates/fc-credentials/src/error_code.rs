//! The error code in the answer of a service that refuses credentials.

use serde_json::Value;

/// A longer text is not a code.
const MAX_LEN: usize = 64;

/// The error code of a JSON or XML body, such as `NoPermission`.
///
/// A code is made of names that begin with a capital letter and have only letters, with dots between them. Any other text
/// is ignored, because a body may contain a secret in any place, and secrets and tokens have digits.
pub(crate) fn error_code(body: &[u8]) -> Option<Box<str>> {
    let text = std::str::from_utf8(body).ok()?;
    let code = if let Ok(object) = serde_json::from_str::<Value>(text) {
        let value = object.get("Code").or_else(|| object.get("code"))?;
        value.as_str().map(str::to_owned)
    } else {
        let (_, rest) = text.split_once("<Code>")?;
        rest.split_once("</Code>").map(|(code, _)| code.to_owned())
    };
    let code = code.filter(|code| code.len() <= MAX_LEN && code.split('.').all(is_name))?;
    Some(code.into())
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_from_json_and_xml_and_nothing_else_is() {
        let code = |body: &str| error_code(body.as_bytes()).map(String::from);
        let expected = Some("AuthenticationFail.NoPermission".to_owned());
        let json = r#"{"RequestId":"A","Code":"AuthenticationFail.NoPermission","Message":"m"}"#;
        let xml =
            "<?xml version='1.0'?><Error><Code>AuthenticationFail.NoPermission</Code></Error>";
        assert_eq!(code(json), expected);
        assert_eq!(code(xml), expected);
        let long = format!(r#"{{"Code":"{}"}}"#, "C".repeat(65));
        for body in [
            "",
            "no",
            "[]",
            r#"{"Code":5}"#,
            r#"{"Code":""}"#,
            r#"{"Code":"a secret"}"#,
            r#"{"Code":"CAIS+token/with=="}"#,
            r#"{"Code":"dummy.oidc.token"}"#,
            r#"{"Code":"Secret0123456789"}"#,
            r#"{"Code":"Name..Name"}"#,
            "<Code>a secret</Code>",
            "<Code>cut",
            &long,
        ] {
            assert_eq!(code(body), None, "{body}");
        }
    }
}
