//! Follows a redirect, as an HTTP library does that was not told to leave it alone.

use fcgate_protocol::{BuildOutput, TransportClass};

use super::exchange::Exchange;
use super::framing::Received;

/// A redirect: its status, the request that would follow, and whether it goes to another origin.
pub(crate) struct Redirect {
    pub(crate) status: u16,
    pub(crate) next: BuildOutput,
    pub(crate) to_another_origin: bool,
}

/// Sends a request and the one that `follow` makes of a redirect, if it makes one.
pub(crate) fn send(
    exchange: &Exchange,
    request: &BuildOutput,
    follow: fn(Redirect) -> Option<BuildOutput>,
) -> Result<Received, TransportClass> {
    let answer = exchange.send(request)?;
    match redirect(request, &answer).and_then(follow) {
        Some(next) => exchange.send(&next),
        None => Ok(answer),
    }
}

/// The redirect in a response. After 301, 302 and 303 the next request is a GET without a body.
fn redirect(request: &BuildOutput, answer: &Received) -> Option<Redirect> {
    let location = answer.headers.get("location")?;
    let keeps_method = match answer.status {
        301..=303 => false,
        307 | 308 => true,
        _ => return None,
    };
    let mut next = request.clone();
    next.url = resolve(&request.url, location);
    if !keeps_method {
        "GET".clone_into(&mut next.method);
        next.body.clear();
    }
    Some(Redirect {
        status: answer.status,
        to_another_origin: origin(&next.url) != origin(&request.url),
        next,
    })
}

/// Resolves a location against the URL of the request (RFC 3986, section 5.2, without dot segments).
fn resolve(base: &str, location: &str) -> String {
    let location = location.split('#').next().unwrap_or_default();
    let scheme = base.split_once("//").map_or("", |(scheme, _)| scheme);
    if location.contains("://") {
        location.to_owned()
    } else if location.starts_with("//") {
        format!("{scheme}{location}")
    } else if location.starts_with('/') {
        format!("{}{location}", origin(base))
    } else {
        let path = base.split('?').next().unwrap_or_default();
        let folder = path.rsplit_once('/').map_or(path, |(folder, _)| folder);
        format!("{folder}/{location}")
    }
}

/// Scheme and authority of a URL.
fn origin(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let rest = url.get(start..).unwrap_or_default();
    let end = rest.find(['/', '?']).map_or(url.len(), |end| start + end);
    url.get(..end).unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use super::{origin, resolve};

    #[test]
    fn every_form_of_a_location_is_resolved() {
        let base = "http://127.0.0.1:80/a/b?c";
        for (location, url) in [
            ("http://other/x#y", "http://other/x"),
            ("//other/x", "http://other/x"),
            ("/x", "http://127.0.0.1:80/x"),
            ("x", "http://127.0.0.1:80/a/x"),
        ] {
            assert_eq!(resolve(base, location), url);
        }
        assert_eq!(origin("http://other"), "http://other");
    }
}
