//! Which headers a signature covers.

use http::HeaderName;
use http::header::{CONTENT_TYPE, HOST};

/// Which of a request's headers ACS3 signs; the service follows the list in `Authorization`.
///
/// Official SDKs differ: the Python ones sign every header that they set, the Node, Go and Java ones
/// only `host`, `content-type` and `x-acs-*`, so that nothing protects their `X-Fc-` headers.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Coverage {
    /// Every header but those that HTTP stacks and intermediaries may set or rewrite: framing,
    /// connection management and `Accept-Encoding`.
    #[default]
    Everything,
    /// `host`, `content-type` and `x-acs-*`: what the scheme requires.
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
    fn no_coverage_holds_what_a_connection_rewrites() {
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
