//! Refuses requests that a web page in a browser sends.
//!
//! A page of any origin can make a browser send requests to a loopback port. A cross-origin write carries `Origin`, and a body
//! of type `application/json` is sent only after a preflight, which is refused too. A page whose name resolves to a loopback
//! address (DNS rebinding) sends that name as `Host`.

use fcgate_http::request::Request;

use super::control_error::ControlError;

const JSON: &str = "application/json";

/// Refuses a request that may come from a web page.
pub(super) fn check(request: &Request) -> Result<(), ControlError> {
    let host = request.value("host").unwrap_or_default();
    if !is_loopback(host) {
        let error = ControlError::new(403, "WrongHost", "the Host of a loopback address");
        return Err(error
            .found(host)
            .next("use the address of the control interface that the server prints"));
    }
    for name in ["origin", "sec-fetch-site"] {
        let value = request.value(name);
        // A person who types the address into a browser sends this value.
        if let Some(value) = value.filter(|value| (name, *value) != ("sec-fetch-site", "none")) {
            let expected = format!("a request without the header {name}");
            return Err(ControlError::new(403, "FromWebPage", expected)
                .found(value)
                .next("send the request from a test and not from a web page"));
        }
    }
    let kind = request.value("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !request.body.is_empty() && !kind.eq_ignore_ascii_case(JSON) {
        let expected = format!("the content type {JSON}");
        return Err(ControlError::new(415, "WrongContentType", expected)
            .found(kind)
            .next(format!("send the header Content-Type: {JSON}")));
    }
    Ok(())
}

fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map(|(name, _)| name),
        None => host.split(':').next(),
    };
    let Some(name) = name else {
        return false;
    };
    let address = name.parse::<std::net::IpAddr>();
    name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_names_of_loopback_are_accepted_as_host() {
        for host in [
            "127.0.0.1:80",
            "127.0.0.1",
            "localhost:1",
            "LOCALHOST",
            "[::1]:80",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "evil.example:80",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "192.168.0.1:80",
            "[::1",
            "[::2]:80",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
