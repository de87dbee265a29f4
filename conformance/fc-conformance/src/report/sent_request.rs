//! The request of a failed case, as lines for every format.

use fcgate_cases::judge::{CaseResult, Check, ShownRequest};

use super::escape::escape;

/// The request that a report shows for a case: the first with a wrong signature, else the first.
pub fn shown_request(result: &CaseResult) -> Option<&ShownRequest> {
    let mut requests = result.requests.iter();
    let wrong = requests.find(|request| request.signed_text.is_some());
    wrong.or(result.requests.first())
}

/// The head of the request, and the beginning of its body.
pub fn request_lines(request: &ShownRequest) -> Vec<String> {
    let head = request.head.iter().map(|line| escape(line).into_owned());
    let mut lines: Vec<String> = head.collect();
    let body = escape(&request.body);
    lines.push(match request.body_length {
        0 => "(no body)".to_owned(),
        1 => format!("(body, 1 byte) {body}"),
        length => format!("(body, {length} bytes) {body}"),
    });
    lines
}

/// How the text was found that gives the wrong signature of a request.
pub fn signed_with(request: &ShownRequest, check: &Check) -> String {
    match (request.mistakes.as_slice(), &check.actual) {
        (_, None) => "no known mistake gives the signature".to_owned(),
        ([], Some(_)) => "the signature is right for the signed names".to_owned(),
        (mistakes, Some(_)) => format!("signed as by {}", escape(&mistakes.join(" or "))),
    }
}

/// The lines of the text that had to be signed.
pub fn text_to_sign(check: &Check) -> Vec<String> {
    let text = check.expected_text().unwrap_or_default();
    let text = escape(&text);
    let lines = text.split_inclusive('␊');
    lines.map(str::to_owned).collect()
}
