//! Checks that no value of the input adds a header, a line or a request. The client may refuse the input instead.

use fcgate_protocol::{BuildOutput, HeaderList, Reply};
use fcgate_text::visible;

use super::{Arrival, Arrivals, Check, Comparer, reply};

const ID: &str = "no-injection";
const SAFE: &str = "a refusal, or no header, line or request that the input adds";

/// Judges a reply to `build` as the text that it becomes on the wire.
pub(super) fn of_build(by: &Comparer, names: &[String], answer: &Reply<BuildOutput>) -> Vec<Check> {
    let fault = match answer {
        Reply::Ok(output) => in_request(names, &output.url, &output.headers),
        Reply::Err(_) => None,
        Reply::Unsupported(capability) => return vec![reply::unsupported(by, capability)],
    };
    vec![check(by, fault.as_deref())]
}

/// Judges what arrived, whatever the client reports.
pub(super) fn of_invoke<T>(
    by: &Comparer,
    names: &[String],
    answer: &Reply<T>,
    arrivals: &Arrivals,
) -> Vec<Check> {
    if let Reply::Unsupported(capability) = answer {
        return vec![reply::unsupported(by, capability)];
    }
    let of_arrival = |arrival: &Arrival| match arrival {
        Arrival::Request(request) => in_request(names, &request.target, &request.headers),
        Arrival::Unreadable(reason) => Some(format!("bytes that are not a request: {reason}")),
        Arrival::Redirected(_) => Some("a request to another origin".to_owned()),
    };
    let fault = arrivals.requests.iter().find_map(of_arrival);
    let several = arrivals.requests.len() > 1;
    let second = several.then_some("a second request");
    vec![check(by, fault.as_deref().or(second))]
}

fn check(by: &Comparer, fault: Option<&str>) -> Check {
    by.check_property(ID, fault.is_none(), SAFE, fault.unwrap_or(SAFE))
}

/// Describes what the input added to a request.
fn in_request(names: &[String], target: &str, headers: &HeaderList) -> Option<String> {
    let is_added = |name: &str| names.iter().any(|added| added.eq_ignore_ascii_case(name));
    let breaks = |text: &str| text.contains(['\r', '\n', '\0']);
    if breaks(target) {
        return Some("a line break or NUL in the request target".to_owned());
    }
    headers.iter().find_map(|(name, value)| {
        if is_added(name) {
            return Some(format!("a header {name} that the caller did not set"));
        }
        (breaks(name) || breaks(value)).then(|| {
            let name = visible::line(name, 40);
            format!("a line break or NUL in the header {name}")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{HeaderList, in_request};

    fn fault(target: &str, name: &str, value: &str) -> Option<String> {
        let headers = HeaderList::from([("Host", "a"), (name, value)]);
        in_request(&["X-Injected".to_owned()], target, &headers)
    }

    #[test]
    fn a_line_break_and_an_added_header_are_found() {
        for (target, name, value) in [
            ("/", "x-injected", "1"),
            ("/", "X-A", "1\r\nX-Injected: 1"),
            ("/", "X-A", "1\n"),
            ("/", "X-A", "1\0"),
            ("/", "X-A\r\nX-B", "1"),
            ("/a HTTP/1.1\r\nX-Injected: 1", "X-A", "1"),
        ] {
            assert!(fault(target, name, value).is_some(), "{name} {value:?}");
        }
    }

    #[test]
    fn an_escaped_line_break_is_harmless() {
        assert_eq!(fault("/a%0D%0AX-Injected:%201", "X-A", "1%0D%0A"), None);
    }
}
