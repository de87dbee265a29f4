//! The choice of the headers that ACS3 signs.

use http::HeaderName;
use http::header::{CONTENT_TYPE, HOST};

/// The set of headers that ACS3 signs. `Authorization` lists their names for the service.
///
/// Official SDKs differ: the Python SDKs sign every header that they set; the Node, Go and Java SDKs
/// sign only `host`, `content-type` and `x-acs-*`, so their `X-Fc-` headers are not protected.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Coverage {
    /// All headers, except those that HTTP clients and proxies set or rewrite: framing, connection
    /// management and `Accept-Encoding`.
    #[default]
    Everything,
    /// The headers that the scheme requires: `host`, `content-type` and `x-acs-*`.
    Required,
}

fn is_end_to_end(name: &HeaderName) -> bool {
    !matches!(
        name.as_str(),
        "accept-encoding"
            | "connection"
            | "content-length"
            | "expect"
            | "proxy-authorization"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
    )
}

impl Coverage {
    pub(super) fn includes(self, name: &HeaderName) -> bool {
        match self {
            Self::Everything => is_end_to_end(name),
            Self::Required => {
                *name == HOST || *name == CONTENT_TYPE || name.as_str().starts_with("x-acs-")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_the_connection_are_never_covered() {
        for (name, everything, required) in [
            ("x-acs-date", true, true),
            ("host", true, true),
            ("content-type", true, true),
            ("x-fc-log-type", true, false),
            ("user-agent", true, false),
            ("accept-encoding", false, false),
            ("connection", false, false),
            ("content-length", false, false),
            ("transfer-encoding", false, false),
        ] {
            let name: HeaderName = name.parse().unwrap();
            assert_eq!(Coverage::Everything.includes(&name), everything, "{name}");
            assert_eq!(Coverage::Required.includes(&name), required, "{name}");
        }
    }
}
