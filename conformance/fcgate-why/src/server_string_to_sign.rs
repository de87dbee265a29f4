//! Finds the string to sign that a service shows when it refuses a signature.

use serde_json::Value;

use super::captured::CapturedResponse;

/// The text before it, in lower case.
const MARKS: [&str; 3] = ["stringtosign is", "string to sign is", "stringtosign:"];

/// The texts that may follow it.
const ENDS: [&str; 3] = [
    " server CanonicalRequest",
    " server canonical request",
    "</Message>",
];

/// The string to sign in the body of the response, if it has one.
pub(super) fn server_string_to_sign(response: &CapturedResponse) -> Option<String> {
    let body = String::from_utf8_lossy(&response.body);
    match serde_json::from_str::<Value>(&body) {
        Ok(json) => ["Message", "ErrorMessage", "message", "errorMessage"]
            .into_iter()
            .filter_map(|name| json.get(name)?.as_str())
            .find_map(find_in_text),
        Err(_) => find_in_text(&body),
    }
}

fn find_in_text(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let rest = MARKS.iter().find_map(|mark| {
        let at = lower.find(mark)?;
        text.get(at + mark.len()..)
    })?;
    let rest = rest.trim_start_matches([' ', ':']);
    let shown = if let Some(rest) = rest.strip_prefix('[') {
        let end = rest.find("] server").or_else(|| rest.rfind(']'));
        rest.get(..end.unwrap_or(rest.len()))?
    } else {
        let end = ENDS.iter().filter_map(|end| rest.find(end)).min();
        rest.get(..end.unwrap_or(rest.len()))?
    };
    // Some services write the line ends as two characters each.
    let shown = if shown.contains('\n') {
        shown.to_owned()
    } else {
        shown.replace("\\n", "\n")
    };
    (!shown.is_empty()).then_some(shown)
}

#[cfg(test)]
mod tests {
    use super::{CapturedResponse, server_string_to_sign};

    fn of(body: &str) -> Option<String> {
        server_string_to_sign(&CapturedResponse {
            body: body.as_bytes().to_vec(),
            ..CapturedResponse::new(400)
        })
    }

    #[test]
    fn the_string_to_sign_is_found_in_every_known_form() {
        let expected = Some("POST\n\n/a[0]".to_owned());
        for body in [
            r#"{"Code":"SignatureDoesNotMatch","Message":"Specified signature does not match our calculation. server StringToSign is [POST\n\n/a[0]]"}"#,
            r#"{"ErrorMessage":"signature does not match. server string to sign is:POST\n\n/a[0]"}"#,
            r#"{"Message":"server StringToSign is [POST\\n\\n/a[0]] server CanonicalRequest is [x]"}"#,
            "server string to sign is: POST\n\n/a[0]",
        ] {
            assert_eq!(of(body), expected, "{body}");
        }
    }

    #[test]
    fn a_response_without_a_string_to_sign_gives_none() {
        assert_eq!(of(r#"{"ErrorMessage":"no"}"#), None);
        assert_eq!(of(""), None);
    }
}
