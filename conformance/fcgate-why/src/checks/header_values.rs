//! Header values that the service refuses, or that hold other headers.

use crate::authorization::Authorization;
use crate::captured::Exchange;
use crate::findings::Findings;

/// The beginnings of names that a value should not contain.
const PREFIXES: [&str; 2] = ["x-fc-", "x-acs-"];

/// So many characters of a value are searched for other headers.
const MOST_SEARCHED: usize = 4_096;

pub(super) fn check(exchange: &Exchange, _: &Authorization<'_>, findings: &mut Findings) {
    let request = &exchange.request;
    for (name, value) in &request.headers {
        let lower = name.to_ascii_lowercase();
        let may_list_names = matches!(
            lower.as_str(),
            "authorization"
                | "access-control-request-headers"
                | "access-control-expose-headers"
                | "vary"
                | "cookie"
                | "referer"
        );
        if may_list_names || fcgate_text::redaction::is_token_name(&lower) {
            continue;
        }
        if let Some(glued) = glued_header(value) {
            let name = fcgate_text::visible::line(name, 60);
            let glued = fcgate_text::visible::line(glued, 60);
            findings.problem(
                "headers-in-one-value",
                format!("the value of {name} holds another header, {glued}: the service does not read it there; send each header by itself"),
            );
        }
    }
    if request.headers.get_all("authorization").count() > 1 {
        findings.problem(
            "two-authorizations",
            "the request has more than one Authorization header: send one",
        );
    }
    let is_async = request
        .value("x-fc-invocation-type")
        .is_some_and(|value| value.eq_ignore_ascii_case("async"));
    for (name, allowed) in [
        ("x-fc-invocation-type", ["Sync", "Async"]),
        ("x-fc-log-type", ["None", "Tail"]),
    ] {
        let Some(value) = request.value(name) else {
            continue;
        };
        if allowed.iter().all(|one| !one.eq_ignore_ascii_case(value)) {
            let value = fcgate_text::visible::line(value, 40);
            let [one, other] = allowed;
            findings.problem(
                "invalid-header-value",
                format!("{name} is `{value}`: it can be {one} or {other}"),
            );
        }
    }
    if is_async
        && request
            .value("x-fc-log-type")
            .is_some_and(|value| value.eq_ignore_ascii_case("tail"))
    {
        findings.problem(
            "log-tail-of-an-asynchronous-invocation",
            "x-fc-log-type is Tail, which an asynchronous invocation cannot have (the service answers InvalidArgument)",
        );
    }
}

/// The name of a header that is written inside a value.
fn glued_header(value: &str) -> Option<&str> {
    // Only the beginning is searched, so that a long value costs little.
    let end = value
        .char_indices()
        .nth(MOST_SEARCHED)
        .map_or(value.len(), |(at, _)| at);
    let value = value.get(..end)?;
    let mut rest = value;
    let mut offset = 0;
    loop {
        let lower = rest.to_ascii_lowercase();
        let at = PREFIXES
            .iter()
            .filter_map(|prefix| lower.find(prefix))
            .min()?;
        let found = value.get(offset + at..)?;
        let end = found
            .find(|one: char| !one.is_ascii_alphanumeric() && one != '-')
            .unwrap_or(found.len());
        let (name, after) = found.split_at_checked(end)?;
        if after.trim_start().starts_with(['=', ':']) {
            return Some(name);
        }
        offset += at + end;
        rest = value.get(offset..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::glued_header;

    #[test]
    fn a_header_in_the_value_of_another_one_is_found() {
        let glued = "application/json;X-Fc-Invocation-Type=Async;X-Fc-Log-Type=None;";
        assert_eq!(glued_header(glued), Some("X-Fc-Invocation-Type"));
        assert_eq!(
            glued_header("a, x-fc-log-type: Tail"),
            Some("x-fc-log-type")
        );
        assert_eq!(glued_header("x-fc-request-id and others"), None);
        assert_eq!(glued_header("application/json"), None);
    }
}
