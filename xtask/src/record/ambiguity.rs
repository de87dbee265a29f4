//! Requests that an implementation may refuse instead of signing: they are observed, never judged.

use super::source::{Pair, value};

/// Why a request is not plain, or `None` when every implementation must sign it.
pub(super) fn reason(
    scheme: &str,
    kind: &str,
    target: &str,
    headers: &[Pair],
) -> Option<&'static str> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    in_path(path)
        .or_else(|| (!target.is_ascii()).then_some("the target has bytes that are not ASCII"))
        .or_else(|| in_query(scheme, kind, query))
        .or_else(|| in_headers(scheme, headers))
}

fn in_path(path: &str) -> Option<&'static str> {
    let lower = path.to_ascii_lowercase();
    if lower.contains("%2f") {
        return Some("the path has an escaped slash");
    }
    if lower.contains("%25") {
        return Some("the path has an escaped percent sign");
    }
    if has_escaped_control(&lower) {
        return Some("the path has an escaped control byte");
    }
    if path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Some("the path has dot segments, which some HTTP stacks fold");
    }
    let reserved = path.bytes().any(|byte| b"!'()*&=;,+#[]@$".contains(&byte));
    reserved.then_some("a name is outside its grammar and has reserved characters")
}

fn in_query(scheme: &str, kind: &str, query: &str) -> Option<&'static str> {
    let lower = query.to_ascii_lowercase();
    if has_escaped_control(&lower) {
        return Some("the query has an escaped control byte");
    }
    if kind == "api" && scheme == "acs3" && query.contains('+') {
        return Some("a plus in the query is a blank to some stacks and a plus to others");
    }
    let escapes = ["%2f", "%25", "%3f"]
        .iter()
        .any(|escape| lower.contains(escape));
    (kind == "api" && escapes).then_some("the qualifier is outside its grammar")
}

fn in_headers(scheme: &str, headers: &[Pair]) -> Option<&'static str> {
    let signed = |header: &&Pair| {
        let name = header.0.to_ascii_lowercase();
        name.starts_with("x-fc-") || name.starts_with("x-acs-")
    };
    let signed: Vec<&Pair> = headers.iter().filter(signed).collect();
    if signed.iter().any(|header| header.1.trim() != header.1) {
        return Some("a value is padded");
    }
    if signed.iter().any(|header| !header.1.is_ascii()) {
        return Some("a value is not ASCII");
    }
    let repeated = |header: &&Pair| headers.iter().filter(|other| other.is(&header.0)).count() > 1;
    if signed.iter().any(repeated) {
        return Some("a name is repeated");
    }
    let dates = (value(headers, "date"), value(headers, "x-fc-date"));
    let differ = matches!(dates, (Some(date), Some(fc_date)) if date != fc_date);
    (scheme == "fc" && differ).then_some("Date and x-fc-date are both there and differ")
}

/// Looks for `%00` to `%1f` and `%7f` in lower-case text.
fn has_escaped_control(lower: &str) -> bool {
    lower.split('%').skip(1).any(|after| {
        let digits = after
            .get(..2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        digits.is_some_and(|byte| byte.is_ascii_control())
    })
}

#[cfg(test)]
mod tests {
    use super::reason;
    use crate::record::source::Pair;

    const API: &str = "/2021-04-06/services/s/functions/f/invocations";

    #[test]
    fn a_legal_request_is_plain() {
        let headers = [Pair::new("Date", "d"), Pair::new("x-fc-empty", "")];
        assert_eq!(reason("fc", "api", API, &headers), None);
        let query = format!("{API}?qualifier=LATEST");
        assert_eq!(reason("acs3", "api", &query, &headers), None);
        let trigger = "/p/a%20b?sym=%26%3D%2B%25%2F&sp=x+y";
        assert_eq!(reason("fc", "http-trigger", trigger, &headers), None);
    }

    #[test]
    fn what_other_stacks_read_differently_is_named() {
        assert!(reason("fc", "api", "/a%2Fb", &[]).is_some());
        assert!(reason("fc", "api", "/a/../b", &[]).is_some());
        assert!(reason("fc", "http-trigger", "/a?x=%0A", &[]).is_some());
        assert!(reason("acs3", "api", "/a?qualifier=a+b", &[]).is_some());
        assert!(reason("fc", "api", API, &[Pair::new("X-Fc-A", "v ")]).is_some());
        let both = [Pair::new("Date", "a"), Pair::new("X-Fc-Date", "b")];
        assert!(reason("fc", "api", API, &both).is_some());
        assert!(reason("acs3", "api", API, &both).is_none());
    }
}
