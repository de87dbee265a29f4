//! The path and the method of an invocation.

use crate::api_path::ApiPath;
use crate::authorization::Authorization;
use crate::captured::Exchange;
use crate::findings::Findings;

const NOT_AN_INVOCATION: &str = "path-is-not-an-invocation";

pub(super) fn check(exchange: &Exchange, _: &Authorization<'_>, findings: &mut Findings) {
    let request = &exchange.request;
    let Some(path) = ApiPath::of(request) else {
        let host = request.value("host").unwrap_or_default();
        if host.ends_with(".fc.aliyuncs.com")
            || host.starts_with("fcv3.")
            || host.starts_with("fc.")
        {
            findings.problem(
                "path-without-revision",
                "the host is one of the API, but the path does not begin with a revision such as `/2021-04-06/` or `/2023-03-30/`",
            );
        }
        return;
    };
    let text = request.path();
    if text.contains("//") {
        findings.problem(
            "path-with-empty-segment",
            "the path has two slashes in a row: a name is empty, or a base URL that ends with a slash was joined to the path",
        );
    }
    if let Some((_, after)) = text
        .split_once("/invocations")
        .filter(|(_, after)| !after.is_empty())
    {
        let end = fcgate_text::visible::line(after, 60);
        findings.problem(
            NOT_AN_INVOCATION,
            format!("the path goes on after `/invocations`: `{end}`"),
        );
        return;
    }
    let function = function_segments(&path);
    if request.method == "POST" && path.segments.len() == function && function > 0 {
        findings.problem(
            NOT_AN_INVOCATION,
            "the path is not that of an invocation: it ends with the name of the function, and `/invocations` is missing (the service answers PathNotSupported)",
        );
    } else if path.segments.len() == function + 1 && function > 0 {
        let last = path.segments.last().copied().unwrap_or_default();
        let lower = last.to_ascii_lowercase();
        let is_near = matches!(
            lower.as_str(),
            "invocations" | "invocation" | "invoke" | "invokes" | "invoke-function"
        );
        if is_near && last != "invocations" {
            let last = fcgate_text::visible::line(last, 60);
            findings.problem(
                NOT_AN_INVOCATION,
                format!("the path is not that of an invocation: it ends with `{last}` instead of `invocations`"),
            );
        }
    }
    if path.is_invocation() && request.method != "POST" {
        let method = fcgate_text::visible::line(&request.method, 20);
        findings.problem(
            "method-is-not-post",
            format!("an invocation is a POST, but the method is {method} (the service answers PathNotSupported); a redirect turns POST into GET"),
        );
    }
}

/// The number of segments up to the name of the function; 0 if the path names none.
fn function_segments(path: &ApiPath<'_>) -> usize {
    let names = |at: usize, word: &str| path.segments.get(at) == Some(&word);
    if names(0, "services") && names(2, "functions") {
        4
    } else if names(0, "functions") {
        2
    } else {
        0
    }
}
