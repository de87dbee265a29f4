//! The request to the server of a function.

use http::{HeaderName, HeaderValue, Method, Request};

use crate::functions::call::{Call, CallKind};
use crate::route::Route;
use crate::url_encoding::decoded;

use super::common_headers::{self, INVOKE};
use super::hop_by_hop;
use super::server_url::ServerUrl;

/// The query parameters of a pre-signed URL: they are credentials of the caller.
const OF_SIGNATURE: [&str; 4] = [
    "x-fc-access-key-id",
    "x-fc-expires",
    "x-fc-security-token",
    "x-fc-signature",
];

/// The request for a call.
///
/// # Errors
///
/// When the request of the caller cannot be forwarded.
pub(super) fn of_call<'a>(call: &'a Call, server: &ServerUrl) -> Result<Request<&'a [u8]>, String> {
    let is_trigger = call.kind == CallKind::HttpTrigger;
    let mut request = Request::new(call.payload.as_slice());
    let target = if is_trigger {
        of_trigger(call)
    } else {
        *request.method_mut() = Method::POST;
        INVOKE.to_owned()
    };
    let url = server.of_target(&target);
    *request.uri_mut() = url
        .parse()
        .map_err(|error| format!("the target of the request is not a URL path: {error}"))?;
    let headers = request.headers_mut();
    if is_trigger {
        let passed = call.headers.iter().filter(|(name, _)| is_passed_on(name));
        for (name, value) in passed {
            headers.append(header_name(name)?, header_value(name, value)?);
        }
        hop_by_hop::remove(headers);
    } else {
        headers.insert(
            "content-type",
            HeaderValue::from_static("application/octet-stream"),
        );
    }
    for (name, value) in common_headers::of_call(call) {
        headers.insert(HeaderName::from_static(name), header_value(name, &value)?);
    }
    if is_trigger {
        *request.method_mut() = Method::from_bytes(call.method.as_bytes())
            .map_err(|error| format!("the method of the request: {error}"))?;
    }
    Ok(request)
}

/// The headers of Function Compute that an HTTP trigger passes on. The manual: other `x-fc-` names are not.
const PASSED_ON: [&str; 3] = [
    "x-fc-invocation-type",
    "x-fc-log-type",
    "x-fc-async-task-id",
];

fn is_passed_on(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    !name.starts_with("x-fc-") || PASSED_ON.contains(&name.as_str())
}

/// Path and query as an HTTP trigger forwards them.
fn of_trigger(call: &Call) -> String {
    let host = call.header("host").unwrap_or_default();
    let route = Route::of_request(&call.method, &call.target, host);
    let (path, query) = match call.target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (call.target.as_str(), None),
    };
    let path = match route {
        // "/2016-08-15/proxy/SERVICE/FUNCTION" is not a part of the path.
        Route::Trigger(_) => path.splitn(6, '/').nth(5).unwrap_or_default(),
        _ => path.strip_prefix('/').unwrap_or(path),
    };
    let query = query.map(|query| {
        let is_kept = |pair: &&str| {
            let name = decoded(pair.split('=').next().unwrap_or_default());
            !OF_SIGNATURE.contains(&name.to_ascii_lowercase().as_str())
        };
        query
            .split('&')
            .filter(is_kept)
            .collect::<Vec<_>>()
            .join("&")
    });
    match query.filter(|query| !query.is_empty()) {
        Some(query) => format!("/{path}?{query}"),
        None => format!("/{path}"),
    }
}

fn header_name(name: &str) -> Result<HeaderName, String> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|error| format!("a header name: {error}"))
}

/// The value of a header; each character is one byte (Latin-1).
fn header_value(name: &str, value: &str) -> Result<HeaderValue, String> {
    let bytes: Option<Vec<u8>> = value.chars().map(|one| u8::try_from(one).ok()).collect();
    let value = bytes.and_then(|bytes| HeaderValue::from_bytes(&bytes).ok());
    value.ok_or_else(|| format!("the value of {name} is not a header value"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Call, CallKind, of_trigger};
    use crate::stop_signal::StopSignal;

    #[test]
    fn the_path_after_the_function_and_the_query_without_a_signature_are_forwarded() {
        let signed =
            "x-fc-access-key-id=a&b=%20&x-fc-expires=1&c&X-Fc-Signature=x&x%2Dfc-security-token=t";
        for (target, host, expected) in [
            ("/2016-08-15/proxy/s/f/a/b?c=d", "127.0.0.1", "/a/b?c=d"),
            ("/2016-08-15/proxy/s/f/", "127.0.0.1", "/"),
            ("/2016-08-15/proxy/s/f", "127.0.0.1", "/"),
            ("/2016-08-15/proxy/s/f?a", "127.0.0.1", "/?a"),
            ("/2016-08-15/proxy/s.1/f//a%2Fb", "127.0.0.1", "//a%2Fb"),
            (
                "/2016-08-15/proxy/s/f/a",
                "f-anonymous.cn-hangzhou.fcapp.run",
                "/2016-08-15/proxy/s/f/a",
            ),
            ("/a?", "f-anonymous.cn-hangzhou.fcapp.run", "/a"),
            (
                &format!("/a?{signed}"),
                "f-anonymous.cn-hangzhou.fcapp.run",
                "/a?b=%20&c",
            ),
        ] {
            let call = Call {
                request_id: "r".to_owned(),
                kind: CallKind::HttpTrigger,
                service: None,
                function: "f".to_owned(),
                qualifier: None,
                method: "GET".to_owned(),
                target: target.to_owned(),
                headers: vec![("Host".to_owned(), host.to_owned())],
                payload: Vec::new(),
                time_limit: Duration::from_secs(60),
                memory: 512,
                stop: StopSignal::default(),
            };
            assert_eq!(of_trigger(&call), expected);
        }
    }
}
